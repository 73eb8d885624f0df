"""What the page of a lesson shows: its text, the way back, and what came of it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.records.way_back import way_back
from tallystick.web.components.words import sentence
from tallystick.web.forms.lessons import ShareForm

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
        "practices": [sentence(PRACTICE_NAMES[number]) for number in lesson.practices],
        "may_raise": viewer.may(Duty.RAISE_GUARDRAIL) and not observed,
        "share": ShareForm(viewer, lesson) if may_share else None,
        # With whom else it was shared is the client's own business.
        "shared_with": lesson.shared_with.order_by("name") if viewer.is_client else [],
        "back": way_back(lesson, viewer),
        "shown_imports": SHOWN_IMPORTS,
        "guardrails": Guardrail.objects.visible_to(viewer)
        .filter(lesson=lesson)
        .select_related("raised_by")
        .order_by("code"),
        "dispositions": Disposition.objects.visible_to(viewer)
        .filter(lesson=lesson)
        .select_related("engagement", "answered_by")
        .order_by("-answered_at", "-id"),
    }


def _parts(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the text under its headings, in the order in which people tell it."""
    told = (
        ("Where it happened", lesson.context),
        ("What happened", lesson.what_happened),
        ("Root cause", lesson.root_cause),
        ("What it cost", lesson.effect),
    )
    return [(heading, text) for heading, text in told if text]
