"""What the page of a lesson shows: its text, the way back, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tallystick.actions.move_lesson import STEPS
from tallystick.engine.lessons.causes import Cause, LessonKind, WasARisk
from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.engine.values import decimal_text
from tallystick.records.beside import related_to
from tallystick.records.lesson_evidence import LessonEvidence, Source
from tallystick.records.lessons import Lesson, LessonState, Readable, SharedLesson
from tallystick.records.people import Person
from tallystick.records.reviews import Review, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.records.way_back import way_back
from tallystick.web.components.words import day, month, sentence, words
from tallystick.web.counts import listed
from tallystick.web.forms.lessons import StepForm, TemplateForm

SHOWN_IMPORTS = 3
_RISK = {WasARisk.YES: "Yes", WasARisk.NO: "No", WasARisk.UNKNOWN: "Nobody looked"}


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads the library's pages, as the audience label says it."""

    audience: str
    party: str

    @classmethod
    def of(cls, viewer: Viewer) -> "Readers":
        """Return the label: open at the client's; a provider sees what is shared with it."""
        return cls("open" if viewer.is_client else "shared", viewer.organisation.name)


def library_tabs(current: str) -> list[tuple[str, str, bool]]:
    """Return the client's pages of the library, as tabs."""
    named = [("All lessons", "lessons"), ("Did it work?", "lessons_effect"),
             ("Templates", "templates")]  # fmt: skip
    return [(label, reverse(name), name == current) for label, name in named]


def lesson_page(viewer: Viewer, lesson: Lesson) -> dict[str, Any]:
    """Return everything that the page shows to the client."""
    observed = lesson.state == LessonState.OBSERVATION
    retired = lesson.state == LessonState.RETIRED
    may_change = viewer.may(Duty.RAISE_GUARDRAIL) and not observed and not retired
    moves = viewer.may(Duty.VALIDATE_LESSON) and STEPS[LessonState(lesson.state)]
    return (
        _told_to(viewer, lesson, lesson.author)
        | {
            "observed": observed,
            "retired": retired,
            "facts": _facts(lesson),
            "may_raise": may_change,
            "may_share": viewer.may(Duty.SHARE_LESSON),
            "may_revise": viewer.may(Duty.PUBLISH_LESSON) and not retired,
            "step": StepForm(lesson) if moves else None,
            "template": TemplateForm(lesson) if may_change else None,
            "steps": lesson.steps.select_related("taken_by").order_by("id"),
            "hidden_author": lesson.published_by_id if lesson.author_withheld else None,
            "evidence": _evidence(lesson),
            "shares": lesson.shares.select_related("organisation").order_by("organisation__name"),
            "guardrails": lesson.guardrails.select_related("raised_by").order_by("code"),
            "template_items": lesson.template_items.filter(removed_at=None).order_by("id"),
            "dispositions": lesson.dispositions.select_related(
                "engagement", "answered_by", "owner"
            ).order_by("-answered_at", "-id"),
        }
        | _back(lesson, viewer)
    )


def shared_page(viewer: Viewer, shared: SharedLesson) -> dict[str, Any]:
    """Return everything that the page shows to a provider with which the lesson was shared."""
    return _told_to(viewer, shared, shared.author) | _back(shared.lesson, viewer)


def _told_to(viewer: Viewer, lesson: Readable, author: Person | None) -> dict[str, Any]:
    """Return what every reader sees: the text, and where it applies."""
    return {
        "lesson": lesson,
        "readers": Readers.of(viewer),
        "breadcrumb": [("Lessons", reverse("lessons"))],
        "parts": _parts(lesson),
        "applies": _applies(lesson, author),
        "shown_imports": SHOWN_IMPORTS,
        "beside": related_to(viewer, lesson),
    }


def _evidence(lesson: Lesson) -> list[tuple[LessonEvidence, str]]:
    """Return what the lesson rests on, each with the page that tells of it."""
    # The finding of a review has a card of its own, with the whole way back.
    rests = lesson.evidence.exclude(source=Source.REVIEW_FINDING).order_by("id")
    return [(each, evidence_link(Source(each.source), each.target)) for each in rests]


def evidence_link(source: Source, target: str) -> str:
    """Return the page that tells of a piece of evidence; empty where it has none of its own."""
    match source:
        case Source.MEASUREMENT:
            return reverse("measurement", args=[target])
        case Source.RELIEF_CLAIM:
            return reverse("relief_claim", args=[target])
        case Source.GUARDRAIL_FINDING:
            return reverse("findings", args=[target])
        case Source.ISSUE:
            return reverse("issue", args=[target])
        case Source.RISK:
            return reverse("risk", args=[target])
        case Source.DECISION:
            return reverse("decision", args=[target])
        case Source.DOCUMENT:
            return target if target.startswith(("https://", "http://")) else ""
        case _:
            return ""


def _facts(lesson: Lesson) -> list[tuple[str, str]]:
    """Return what only the client reads of a lesson: cause, cost, owner."""
    known = [
        ("Cause", Cause(lesson.cause).words if lesson.cause else "Not decided"),
        ("Was it a risk before?", _RISK[WasARisk(lesson.was_a_risk)]),
        ("Cost in money", _money(lesson)),
        ("Cost in days", decimal_text(lesson.effect_days) if lesson.effect_days else ""),
        ("Looked after by", lesson.owner.name if lesson.owner else "Nobody yet"),
        ("Look at it again on", day(lesson.review_on) if lesson.review_on else ""),
    ]
    return [(label, value) for label, value in known if value]


def _money(lesson: Lesson) -> str:
    amount = lesson.effect_amount
    return "" if amount is None else f"{amount:,.2f} {lesson.effect_currency}"


def _back(lesson: Lesson, viewer: Viewer) -> dict[str, Any]:
    back = way_back(lesson, viewer)
    if back is None:
        return {"back": None}
    names = back.statement.agreement.level_names if back.statement else {}
    return {
        "back": back,
        "told": told(back.finding),
        "review_title": review_title(back.review),
        "measured": [
            (names.get(each.service_level, each.service_level), each) for each in back.measurements
        ],
    }


def review_title(review: Review) -> str:
    """Return what a review is called: by its month, or by its kind."""
    if review.statement:
        return f"Review of {month(review.statement.window)}"
    return f"{review.kind.capitalize()} review"


def told(finding: ReviewFinding) -> str:
    """Return a finding's sentence with the names and months that people use."""
    statement = finding.review.statement
    if statement is None:
        return finding.sentence
    text = finding.sentence.replace(f" {statement.window}", f" {month(statement.window)}")
    for level, name in statement.agreement.level_names.items():
        text = text.replace(f" {level} ", f" “{name}” ")
    return text


def _applies(lesson: Readable, author: Person | None) -> list[tuple[str, str]]:
    publisher = f"{author.name}, {lesson.client.name}" if author else lesson.client.name
    practices = [PRACTICE_NAMES[number] for number in lesson.practices]
    known = [
        ("Stages", _listed(lesson.stages, "Every stage")),
        ("Services", _listed(lesson.service_types, "Every service")),
        ("Practices", _listed(practices, "All of them")),
        ("Contracts", _listed(lesson.contract_models, "")),
        ("Sizes", _listed(lesson.sizes, "")),
        ("Published", f"{day(lesson.published_at)} by {publisher}"),
    ]
    return [(label, value) for label, value in known if value]


def _listed(slugs: Sequence[str], otherwise: str) -> str:
    return sentence(listed([words(slug) for slug in slugs])) or otherwise


def _parts(lesson: Readable) -> list[tuple[str, str]]:
    """Return the text under its headings, in the order in which people tell it."""
    positive = lesson.kind == LessonKind.POSITIVE
    told = (
        ("Where it happened", lesson.context),
        ("What happened", lesson.what_happened),
        ("Root cause", lesson.root_cause),
        ("What it brought" if positive else "What it cost", lesson.effect),
        ("How one could have seen it coming", lesson.warning_signs),
    )
    return [(heading, text) for heading, text in told if text]
