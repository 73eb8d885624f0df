"""A lesson as the API gives it: to the client all that hangs on it, to a provider its text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tallystick.api.values import Listed, Out, Party, party
from tallystick.engine.guardrails.snapshot import Answer, ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.causes import Cause, ContractModel, LessonKind, Size, WasARisk
from tallystick.engine.lessons.telling import Passage
from tallystick.records.beside import Beside
from tallystick.records.lesson_evidence import Source
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.library import Found, Shelf
from tallystick.records.viewer import Viewer
from tallystick.records.way_back import way_back


class Piece(Out):
    """A piece of a text; the pieces of a passage put together are how it reads."""

    text: str
    is_match: bool


class LessonPassage(Out):
    """Part of a lesson where it answers a search, and which part."""

    part: str
    pieces: list[Piece]


class LessonLine(Out):
    """A lesson; what is empty in `stages`, `service_types` or `practices` means everywhere."""

    id: str
    title: str
    context: str
    what_happened: str
    root_cause: str
    effect: str
    preventive_action: str
    kind: LessonKind
    cause: Cause | None
    warning_signs: str
    stages: list[Stage]
    service_types: list[ServiceType]
    practices: list[int]
    contract_models: list[ContractModel]
    sizes: list[Size]
    state: LessonState
    published_at: datetime
    published_by: str | None = Field(description="Null where the author is withheld.")
    matched: list[str] = Field(description="The words that it shares with the search.")
    why: str = Field(description="Why the search found it; empty without a search.")
    passages: list[LessonPassage] = Field(description="Where it answers the search.")


class LessonCount(Out):
    """How many of the lessons found have a value; an empty one is of those that hold everywhere."""

    kind: Literal["stage", "service", "practice", "state", "cause"]
    value: str
    count: int


class LessonsFound(Listed[LessonLine]):
    """A page of lessons; `total` is how many fit, of which a search gives the best `count`."""

    total: int
    spread: list[LessonCount]


class LessonBeside(Out):
    """A lesson about the same as another, and why it is held to be."""

    id: str
    title: str
    preventive_action: str
    reasons: list[str]


class CameFrom(Out):
    """The way back of a lesson, by id."""

    engagement: str
    finding: str
    sentence: str
    review: str
    statement: str | None = Field(description="Null for a mid-term or closing review.")
    measurements: list[str]
    imports: list[str]


class GivenAnswer(Out):
    """How an engagement answered a lesson."""

    engagement: str
    answer: Answer
    note: str
    embodied: str = Field(description="Its kind and id, such as `objective:…`; else empty.")


class LessonStepTaken(Out):
    """A state that a lesson came to; `taken_by` is null for the word of a withheld author."""

    state: LessonState
    note: str
    taken_at: datetime
    taken_by: str | None


class RestsOn(Out):
    """What a lesson rests on: `target` is a public id, or the address of a document."""

    source: Source
    target: str
    told: str


class LessonWhole(LessonLine):
    """
    A lesson with everything that hangs on it.

    A provider reads the text that was shared with it: all but that is empty or null for it, and
    `came_from` is null unless the lesson is from an engagement of its own.
    """

    came_from: CameFrom | None
    was_a_risk: WasARisk | None
    effect_amount: Decimal | None
    effect_currency: str
    effect_days: Decimal | None
    owner: str | None
    review_on: date | None
    steps: list[LessonStepTaken]
    evidence: list[RestsOn]
    shared_with: list[Party]
    guardrails: list[str]
    template_items: list[str]
    dispositions: list[GivenAnswer]


def _values(found: Found) -> dict[str, Any]:
    lesson = found.lesson
    same = (
        "title", "context", "what_happened", "root_cause", "effect", "preventive_action", "kind",
        "warning_signs", "stages", "service_types", "practices", "contract_models", "sizes",
        "state", "published_at",
    )  # fmt: skip
    return {
        "id": lesson.public_id,
        "cause": lesson.cause or None,
        "published_by": lesson.author.name if lesson.author else None,
        "matched": list(found.words),
        "why": found.told.why if found.told else "",
        "passages": [_passage(each) for each in found.told.passages] if found.told else [],
    } | {name: getattr(lesson, name) for name in same}


def _passage(passage: Passage) -> LessonPassage:
    pieces = [Piece(text=text, is_match=is_match) for text, is_match in passage.pieces]
    return LessonPassage(part=passage.part, pieces=pieces)


def line(found: Found) -> LessonLine:
    """Return a lesson as lists have it."""
    return LessonLine(**_values(found))


def beside(near: Beside) -> LessonBeside:
    """Return a lesson that stands beside another."""
    return LessonBeside(
        id=near.lesson.public_id,
        title=near.lesson.title,
        preventive_action=near.lesson.preventive_action,
        reasons=list(near.reasons),
    )


def spread(shelf: Shelf, viewer: Viewer) -> list[LessonCount]:
    """Return how the lessons found spread; a provider follows no states."""
    return [
        LessonCount.model_validate({"kind": kind, "value": value, "count": count})
        for kind, counts in shelf.facets.items()
        if viewer.is_client or kind != "state"
        for value, count in counts.items()
    ]


def whole(lesson: Lesson, viewer: Viewer) -> LessonWhole:
    """Return the client's own lesson with everything that hangs on it."""
    return LessonWhole(
        **_values(Found(lesson)), came_from=_came_from(lesson, viewer), **_private(lesson)
    )


def whole_of_shared(shared: SharedLesson, viewer: Viewer) -> LessonWhole:
    """Return what a provider reads of a lesson."""
    nothing: dict[str, Any] = {
        "was_a_risk": None, "effect_amount": None, "effect_currency": "", "effect_days": None,
        "owner": None, "review_on": None, "steps": [], "evidence": [], "shared_with": [],
        "guardrails": [], "template_items": [], "dispositions": [],
    }  # fmt: skip
    return LessonWhole(
        **_values(Found(shared)), came_from=_came_from(shared.lesson, viewer), **nothing
    )


def _came_from(lesson: Lesson, viewer: Viewer) -> CameFrom | None:
    back = way_back(lesson, viewer)
    if back is None:
        return None
    return CameFrom(
        engagement=back.engagement.public_id,
        finding=back.finding.public_id,
        sentence=back.finding.sentence,
        review=back.review.public_id,
        statement=back.statement.public_id if back.statement else None,
        measurements=[each.public_id for each in back.measurements],
        imports=[each.public_id for each in back.imports],
    )


def _private(lesson: Lesson) -> dict[str, Any]:
    """Return what only the client sees of a lesson, which is its own."""
    answers = lesson.dispositions.select_related("engagement").order_by("id")
    same = ("was_a_risk", "effect_amount", "effect_currency", "effect_days", "review_on")
    return {name: getattr(lesson, name) for name in same} | {
        "owner": lesson.owner.name if lesson.owner else None,
        "steps": _steps(lesson),
        "evidence": [
            RestsOn(source=Source(each.source), target=each.target, told=each.told)
            for each in lesson.evidence.order_by("id")
        ],
        "shared_with": [
            party(each.organisation)
            for each in lesson.shares.select_related("organisation").order_by("organisation__name")
        ],
        "guardrails": list(lesson.guardrails.order_by("code").values_list("code", flat=True)),
        "template_items": [
            each.text for each in lesson.template_items.filter(removed_at=None).order_by("id")
        ],
        "dispositions": [
            GivenAnswer(
                engagement=each.engagement.public_id,
                answer=Answer(each.answer),
                note=each.note,
                embodied=f"{each.embodied_in}:{each.embodied_id}" if each.embodied_in else "",
            )
            for each in answers
        ],
    }


def _steps(lesson: Lesson) -> list[LessonStepTaken]:
    hidden = lesson.published_by_id if lesson.author_withheld else None
    return [
        LessonStepTaken(
            state=LessonState(each.state),
            note=each.note,
            taken_at=each.taken_at,
            taken_by=None if each.taken_by_id == hidden else each.taken_by.name,
        )
        for each in lesson.steps.select_related("taken_by").order_by("id")
    ]
