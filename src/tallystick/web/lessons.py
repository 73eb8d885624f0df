"""The lesson library: search it, and read a lesson."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Lesson, SharedLesson
from tallystick.records.library import Found, Shelf, library
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.counts import counted
from tallystick.web.forms.lessons import SearchForm
from tallystick.web.lesson_facets import facets_of, retired_url
from tallystick.web.lesson_page import Readers, lesson_page, library_tabs, shared_page
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.table_files import FILE_LABELS, FileKind
from tallystick.web.tables import Column, Empty, Table

LESSONS_A_PAGE = 20
TEXTS = (
    "context", "what_happened", "root_cause", "cause", "effect", "warning_signs",
    "preventive_action",
)  # fmt: skip
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
    form = SearchForm(request.GET, with_states=request.viewer.is_client)
    found = library(request.viewer, form.wanted())
    if (kind := request.GET.get("format", "")) in FILE_LABELS:
        return _file(found[:], FileKind(kind))
    page = Paginator(found, LESSONS_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "count_words": _count_words(found),
        "facets": facets_of(form, request.GET, found.facets),
        "retired_url": retired_url(form, request.GET),
        "tabs": library_tabs("lessons"),
        "cards": _cards(list(page.object_list), request.viewer),
        "narrowed": any(form.cleaned_data.values()),
        "files": _files(request.GET.copy()),
        "may_write": request.viewer.may(Duty.PUBLISH_LESSON),
        "readers": Readers.of(request.viewer),
    }
    return render(request, "lessons/index.html", shown)


def _count_words(found: Shelf) -> str:
    """Return how many lessons were found; of very many, a search shows the best."""
    if len(found) < found.total:
        return f"The best {len(found)} of {counted(found.total, 'lesson')}"
    return counted(found.total, "lesson")


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
    if request.viewer.is_client:
        lesson = find(Lesson, request.viewer, lesson_id, "client", "published_by", "owner")
        return render(request, "lessons/show.html", lesson_page(request.viewer, lesson))
    shared = find(SharedLesson, request.viewer, lesson_id, "client", "author", "lesson")
    return render(request, "lessons/shared.html", shared_page(request.viewer, shared))
