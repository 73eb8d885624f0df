"""Write a lesson, from what gave reason for it or from nothing; revise one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.publish_lesson import publish_lesson
from tallystick.actions.revise_lesson import revise_lesson
from tallystick.engine.lessons.lesson import PARTS, LessonText
from tallystick.records.beside import like as like_it
from tallystick.records.lessons import Lesson
from tallystick.web.forms.lesson_words import LONGEST
from tallystick.web.forms.lessons import LessonForm, ReviseForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lesson_page import Readers
from tallystick.web.lesson_sources import Reason, reason_of
from tallystick.web.lookup import ViewerRequest, find


def new(request: ViewerRequest) -> HttpResponse:
    """Write a lesson; a form keeps the address it was opened at, and with it its reason."""
    reason = reason_of(request.GET, request.viewer)
    form = LessonForm(request.POST) if request.method == "POST" else _filled(reason)
    if form.is_valid():
        with refused_on(form):
            return _published(request, form, reason)
    return _page(
        request,
        form,
        {"reason": reason, "cancel": reason.back or reverse("lessons"), "back": reason.back},
    )


def _filled(reason: Reason) -> LessonForm:
    return LessonForm(initial=dict(reason.initial))


def _published(request: ViewerRequest, form: LessonForm, reason: Reason) -> HttpResponse:
    lesson = publish_lesson(
        wording=form.wording(),
        finding=reason.finding,
        evidence=reason.evidence,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    messages.success(request, "The lesson is published.")
    return redirect("lesson", lesson.public_id)


def revise(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Revise a lesson: its words, where it holds, who looks after it."""
    lesson = find(Lesson, request.viewer, lesson_id, "owner")
    form = ReviseForm(request.viewer, lesson, request.POST if request.method == "POST" else None)
    seen = str(lesson.version)
    if form.is_bound and not form.is_valid():
        # Only who was told of a change has seen it.
        seen = request.POST.get("seen", seen)
    if form.is_valid():
        with refused_on(form):
            revise_lesson(
                lesson=lesson,
                wording=form.wording(),
                owner=form.chosen,
                review_on=form.cleaned_data["review_on"],
                seen=request.POST.get("seen", ""),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The lesson is revised.")
            return redirect("lesson", lesson.public_id)
    return _page(
        request,
        form,
        {"lesson": lesson, "seen": seen, "cancel": reverse("lesson", args=[lesson.public_id])},
        extra=[(lesson.title, reverse("lesson", args=[lesson.public_id]))],
    )


def like(request: ViewerRequest) -> HttpResponse:
    """Show which lessons probably say already what is being written; nothing is stored."""
    told: dict[str, Any] = {name: request.POST.get(name, "")[:LONGEST] for name in PARTS}
    draft = LessonText(id="", **told)
    found = like_it(request.viewer, draft) if draft.title.strip() else []
    return render(request, "lessons/like.html", {"beside": found})


def _page(
    request: ViewerRequest,
    form: LessonForm,
    shown: Mapping[str, Any],
    extra: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    told = {
        "form": form,
        "readers": Readers.of(request.viewer),
        "breadcrumb": [("Lessons", reverse("lessons")), *(extra or [])],
    }
    status = 422 if form.is_bound else 200
    return render(request, "lessons/write.html", told | dict(shown), status=status)
