"""The gate at the end of a stage, its findings, and the snapshot they are made from."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify

from tallystick.actions.answer_lesson import answer_lesson
from tallystick.actions.appoint_provider import appoint_provider
from tallystick.actions.pass_gate import pass_gate
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson
from tallystick.records.snapshots import snapshot_document
from tallystick.web.downloads import attached
from tallystick.web.forms.gates import AnswerForm, AppointForm, Choices
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.gate_page import GatePage
from tallystick.web.lookup import ViewerRequest, find


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the gate: what it waits for, and where each of it is mended."""
    return GatePage.of(request, _engagement(request, engagement_id)).answer()


def _engagement(request: ViewerRequest, engagement_id: str) -> Engagement:
    return find(Engagement, request.viewer, engagement_id, "client", "provider")


def pass_(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Move the engagement to its next stage, or say why the gate stays shut."""
    engagement = _engagement(request, engagement_id)
    with refused_on_the_next_page(request):
        passage = pass_gate(
            engagement=engagement,
            read=request.POST.get("stage", ""),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, f"The {passage.stage} gate is passed.")
    return redirect("gate", engagement_id)


def answer(request: ViewerRequest, engagement_id: str, lesson_id: str) -> HttpResponse:
    """Give a lesson its disposition."""
    engagement = _engagement(request, engagement_id)
    lesson = find(Lesson, request.viewer, lesson_id)
    choices = Choices.of(engagement, request.viewer)
    form = AnswerForm.of(lesson_id, choices, request.POST, None)
    if form.is_valid():
        with refused_on(form):
            answer_lesson(
                engagement=engagement,
                lesson=lesson,
                answer=Answer(form.cleaned_data["answer"]),
                note=form.cleaned_data["note"],
                embodied=form.cleaned_data["embodied"],
                deferred_until=form.cleaned_data["deferred_until"],
                owner=form.chosen_owner,
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"The lesson “{lesson.title}” is answered.")
            return redirect(reverse("gate", args=[engagement_id]) + "#lessons")
    return GatePage.of(request, engagement).answer(answering=(lesson, form))


def appoint(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Name the provider at the end of the selection."""
    engagement = _engagement(request, engagement_id)
    form = AppointForm(request.viewer, request.POST)
    if form.is_valid():
        with refused_on(form):
            appoint_provider(
                engagement=engagement,
                provider=form.chosen,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(
                request,
                f"{form.chosen.name} is appointed. It sees the engagement once the select gate "
                "is passed.",
            )
            return redirect("gate", engagement_id)
    return GatePage.of(request, engagement).answer(appointing=form)


def snapshot(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Hand out the engagement as the document that `tallystick check` reads."""
    engagement = _engagement(request, engagement_id)
    document = snapshot_document(engagement, datetime.now(UTC).date())
    response = JsonResponse(document, json_dumps_params={"indent": 2, "ensure_ascii": False})
    name = f"{slugify(engagement.name) or engagement.public_id}.json"
    return attached(response, name)
