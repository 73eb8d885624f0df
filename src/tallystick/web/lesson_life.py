"""What becomes of a lesson: a step on, a reader, a line in a template, a word on its use."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.add_template_item import add_template_item
from tallystick.actions.move_lesson import move_lesson
from tallystick.actions.rate_lesson import rate_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.engine.lessons.checklists import TITLES, Checklist
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson, LessonState
from tallystick.web.forms.lesson_words import LessonForm, initial_of
from tallystick.web.forms.lessons import ShareForm, StepForm, TemplateForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lesson_page import Readers, lesson_page
from tallystick.web.lookup import ViewerRequest, find

RATINGS = {"useful": True, "not-useful": False}


def find_lesson(request: ViewerRequest, lesson_id: str) -> Lesson:
    """Return the client's lesson that an address names."""
    return find(Lesson, request.viewer, lesson_id, "client", "published_by", "owner")


def move(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Take a lesson a step on."""
    lesson = find_lesson(request, lesson_id)
    form = StepForm(lesson, request.POST)
    if form.is_valid():
        with refused_on(form, "to"):
            to = LessonState(form.cleaned_data["to"])
            move_lesson(
                lesson=lesson,
                to=to,
                note=form.cleaned_data["note"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"The lesson is {to.value}.")
            return redirect("lesson", lesson_id)
    shown = lesson_page(request.viewer, lesson) | {"step": form}
    return render(request, "lessons/show.html", shown, status=422)


def put_into_template(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Put a line into a template because of a lesson."""
    lesson = find_lesson(request, lesson_id)
    form = TemplateForm(lesson, request.POST)
    if form.is_valid():
        with refused_on(form):
            checklist = Checklist(form.cleaned_data["checklist"])
            add_template_item(
                lesson=lesson,
                checklist=checklist,
                text=form.cleaned_data["text"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"{TITLES[checklist]} have a new line.")
            return redirect("lesson", lesson_id)
    shown = lesson_page(request.viewer, lesson) | {"template": form}
    return render(request, "lessons/show.html", shown, status=422)


def share(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Word a lesson for a provider, without what it need not know, and let it read that."""
    lesson = find_lesson(request, lesson_id)
    data = request.POST if request.method == "POST" else None
    form = ShareForm(request.viewer, lesson, data)
    words = LessonForm(data, initial=initial_of(lesson))
    if form.is_valid() and words.is_valid():
        with refused_on(words):
            share_lesson(
                lesson=lesson,
                provider=form.chosen,
                wording=words.wording(),
                with_author=form.cleaned_data.get("with_author", False),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"{form.chosen.name} may read this lesson now.")
            return redirect("lesson", lesson_id)
    shown = {
        "lesson": lesson,
        "share": form,
        "form": words,
        "readers": Readers.of(request.viewer),
        "breadcrumb": [
            ("Lessons", reverse("lessons")),
            (lesson.title, reverse("lesson", args=[lesson.public_id])),
        ],
        "cancel": reverse("lesson", args=[lesson.public_id]),
    }
    status = 422 if data is not None else 200
    return render(request, "lessons/share.html", shown, status=status)


def rate(request: ViewerRequest, engagement_id: str, lesson_id: str) -> HttpResponse:
    """Keep one person's word on a suggested lesson; anything else than a word is left out."""
    engagement = find(Engagement, request.viewer, engagement_id)
    lesson = find(Lesson, request.viewer, lesson_id)
    useful = RATINGS.get(request.POST.get("useful", ""))
    if useful is not None:
        rate_lesson(
            lesson=lesson,
            engagement=engagement,
            useful=useful,
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, "Thank you. Suggestions are ranked by it.")
    return redirect(f"{reverse('gate', args=[engagement_id])}#lesson-{lesson_id}")
