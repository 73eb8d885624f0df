"""The lesson library: search it, read a lesson, write one, share one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.publish_lesson import publish_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Lesson
from tallystick.records.library import Found, library
from tallystick.records.reviews import ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import month
from tallystick.web.forms.lessons import LessonForm, SearchForm, ShareForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lesson_page import Readers, lesson_page, told
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.table_files import FILE_LABELS, FileKind
from tallystick.web.tables import Column, Empty, Table

LESSONS_A_PAGE = 20
TEXTS = ("context", "what_happened", "root_cause", "effect", "preventive_action")
FILE_COLUMNS = (
    Column("lesson__title", "Lesson"),
    Column("lesson__state", "State"),
    *(Column(f"lesson__{name}", name.replace("_", " ").capitalize()) for name in TEXTS),
    Column("lesson__stages", "Stages", plain=", ".join),
    Column("lesson__service_types", "Services", plain=", ".join),
    Column("lesson__published_at", "Published"),
    Column("words", "Matched", plain=", ".join),
)


def index(request: ViewerRequest) -> HttpResponse:
    """Show the lessons that the viewer may read, best first for a search."""
    form = SearchForm(request.GET)
    found = library(request.viewer, form.wanted())
    if (kind := request.GET.get("format", "")) in FILE_LABELS:
        return _file(found, FileKind(kind))
    page = Paginator(found, LESSONS_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "cards": _cards(list(page.object_list), request.viewer),
        "narrowed": any(form.cleaned_data.values()),
        "files": _files(request.GET.copy()),
        "may_write": request.viewer.may(Duty.PUBLISH_LESSON),
        "readers": Readers.of(request.viewer),
    }
    return render(request, "lessons/index.html", shown)


def _files(asked: QueryDict) -> list[tuple[str, str]]:
    """Return (name, address) of this search as each kind of file."""
    found = []
    for kind, label in FILE_LABELS.items():
        asked["format"] = kind
        found.append((label, f"?{asked.urlencode()}"))
    return found


def _file(found: Sequence[Found], kind: FileKind) -> HttpResponse:
    nothing = Empty("No lesson", "No lesson fits.")
    asked = QueryDict(f"format={kind}")
    return Table(FILE_COLUMNS, found, asked, caption="Lessons", empty=nothing).file("lessons")


def _cards(found: Sequence[Found], viewer: Viewer) -> list[dict[str, Any]]:
    """Return each lesson with the guardrails that it raised, as far as the viewer sees them."""
    rails = Guardrail.objects.visible_to(viewer).filter(lesson__in=[it.lesson.pk for it in found])
    codes: defaultdict[int, list[str]] = defaultdict(list)
    for lesson_id, code in rails.order_by("code").values_list("lesson_id", "code"):
        codes[lesson_id].append(code)
    return [
        {"lesson": each.lesson, "told": each.told, "codes": codes[each.lesson.pk]} for each in found
    ]


def show(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Show one lesson, where it came from, and what came of it."""
    lesson = _lesson(request, lesson_id)
    return render(request, "lessons/show.html", lesson_page(request.viewer, lesson))


def _lesson(request: ViewerRequest, lesson_id: str) -> Lesson:
    return find(Lesson, request.viewer, lesson_id, "client", "published_by")


def new(request: ViewerRequest) -> HttpResponse:
    """Write a lesson, from a finding that a review confirmed or from experience."""
    finding = _finding(request)
    if request.method == "POST":
        form = LessonForm(request.POST)
        if form.is_valid():
            with refused_on(form):
                return _published(request, form, finding)
    else:
        form = LessonForm(initial=_told_by(finding) if finding else {})
    back = reverse("review", args=[finding.review.public_id]) if finding else ""
    shown = {
        "form": form,
        "finding": finding,
        "told": told(finding) if finding else "",
        "readers": Readers.of(request.viewer),
        "breadcrumb": [("Lessons", reverse("lessons"))],
        "back": back,
        "cancel": back or reverse("lessons"),
    }
    return render(request, "lessons/new.html", shown, status=422 if form.is_bound else 200)


def _published(
    request: ViewerRequest, form: LessonForm, finding: ReviewFinding | None
) -> HttpResponse:
    lesson = publish_lesson(
        wording=form.wording(), finding=finding, by=request.viewer, as_of=datetime.now(UTC)
    )
    messages.success(request, "The lesson is published.")
    return redirect("lesson", lesson.public_id)


def _finding(request: ViewerRequest) -> ReviewFinding | None:
    """Return the finding that the address names; a form keeps the address it was opened at."""
    key = request.GET.get("finding", "")
    if not key:
        return None
    return find(
        ReviewFinding, request.viewer, key,
        "review__statement__engagement", "review__statement__agreement",
    )  # fmt: skip


def _told_by(finding: ReviewFinding) -> dict[str, Any]:
    """Return what a finding says already of the lesson that comes of it."""
    engagement = finding.review.statement.engagement
    kind = engagement.service_type.replace("-", " ")
    return {
        "context": f"{engagement.name} ({kind}), {month(finding.review.statement.window)}.",
        "what_happened": told(finding),
        "stages": [engagement.stage],
        "service_types": [engagement.service_type],
    }


def share(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Let a provider read a lesson."""
    lesson = _lesson(request, lesson_id)
    form = ShareForm(request.viewer, lesson, request.POST)
    if form.is_valid():
        with refused_on(form):
            share_lesson(
                lesson=lesson, provider=form.chosen, by=request.viewer, as_of=datetime.now(UTC)
            )
            messages.success(request, f"{form.chosen.name} may read this lesson now.")
            return redirect("lesson", lesson_id)
    shown = lesson_page(request.viewer, lesson) | {"share": form}
    return render(request, "lessons/show.html", shown, status=422)
