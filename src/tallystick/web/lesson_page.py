"""What the page of a lesson shows: its text, the way back, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.reviews import ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.records.way_back import way_back
from tallystick.web.components.words import day, month, sentence, words
from tallystick.web.counts import listed
from tallystick.web.forms.lessons import ShareForm
from tallystick.web.standings import levels_of

SHOWN_IMPORTS = 3


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads the library's pages, as the audience label says it."""

    audience: str
    party: str

    @classmethod
    def of(cls, viewer: Viewer) -> "Readers":
        """Return the label: open at the client's; a provider sees what is shared with it."""
        return cls("open" if viewer.is_client else "shared", viewer.organisation.name)


def lesson_page(viewer: Viewer, lesson: Lesson) -> dict[str, Any]:
    """Return everything that the page shows to this viewer."""
    may_share = viewer.may(Duty.SHARE_LESSON)
    observed = lesson.state == LessonState.OBSERVATION
    return {
        "lesson": lesson,
        "readers": Readers.of(viewer),
        "breadcrumb": [("Lessons", reverse("lessons"))],
        "observed": observed,
        "parts": _parts(lesson),
        "applies": _applies(lesson),
        "may_raise": viewer.may(Duty.RAISE_GUARDRAIL) and not observed,
        "share": ShareForm(viewer, lesson) if may_share else None,
        # With whom else it was shared is the client's own business.
        "shared_with": lesson.shared_with.order_by("name") if viewer.is_client else [],
        "shown_imports": SHOWN_IMPORTS,
        "guardrails": Guardrail.objects.visible_to(viewer)
        .filter(lesson=lesson)
        .select_related("raised_by")
        .order_by("code"),
        "dispositions": Disposition.objects.visible_to(viewer)
        .filter(lesson=lesson)
        .select_related("engagement", "answered_by")
        .order_by("-answered_at", "-id"),
    } | _back(lesson, viewer)


def _back(lesson: Lesson, viewer: Viewer) -> dict[str, Any]:
    back = way_back(lesson, viewer)
    if back is None:
        return {"back": None}
    names = level_names(back.statement)
    return {
        "back": back,
        "told": told(back.finding),
        "measured": [
            (names.get(each.service_level, each.service_level), each) for each in back.measurements
        ],
    }


def level_names(statement: Statement) -> dict[str, str]:
    """Return the names of a statement's service levels by their ids."""
    return {level["id"]: level["name"] for level in levels_of(statement.agreement)}


def told(finding: ReviewFinding) -> str:
    """Return a finding's sentence with the names and months that people use."""
    statement = finding.review.statement
    text = finding.sentence.replace(f" {statement.window}", f" {month(statement.window)}")
    for level, name in level_names(statement).items():
        text = text.replace(f" {level} ", f" “{name}” ")
    return text


def _applies(lesson: Lesson) -> list[tuple[str, str]]:
    publisher = f"{lesson.published_by.name}, {lesson.client.name}"
    practices = [PRACTICE_NAMES[number] for number in lesson.practices]
    return [
        ("Stages", _listed(lesson.stages, "Every stage")),
        ("Services", _listed(lesson.service_types, "Every service")),
        ("Practices", _listed(practices, "All of them")),
        ("Published", f"{day(lesson.published_at)} by {publisher}"),
    ]


def _listed(slugs: Sequence[str], otherwise: str) -> str:
    return sentence(listed([words(slug) for slug in slugs])) or otherwise


def _parts(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the text under its headings, in the order in which people tell it."""
    told = (
        ("Where it happened", lesson.context),
        ("What happened", lesson.what_happened),
        ("Root cause", lesson.root_cause),
        ("What it cost", lesson.effect),
    )
    return [(heading, text) for heading, text in told if text]
