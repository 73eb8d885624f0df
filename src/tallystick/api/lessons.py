"""Lessons: the library, one lesson with its way back, publishing and sharing."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from tallystick.actions.publish_lesson import LessonWording, publish_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.api.lookup import ViewerRequest, find, named, named_provider
from tallystick.api.routing import Operations
from tallystick.api.values import (
    Id,
    In,
    Line,
    Listed,
    OptionalWords,
    Out,
    Party,
    SafePage,
    Words,
    listed,
    party,
)
from tallystick.engine.guardrails.snapshot import Answer, ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.telling import Passage
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.library import Found, Wanted, library
from tallystick.records.reviews import ReviewFinding
from tallystick.records.viewer import Viewer
from tallystick.records.way_back import way_back

operations = Operations(tags=["Lessons"])

Practice = Literal[1, 2, 3, 4, 5, 6, 7, 8]


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
    stages: list[Stage]
    service_types: list[ServiceType]
    practices: list[int]
    state: LessonState
    published_at: datetime
    published_by: str
    matched: list[str] = Field(description="The words that it shares with the search.")
    why: str = Field(description="Why the search found it; empty without a search.")
    passages: list[LessonPassage] = Field(description="Where it answers the search.")


class CameFrom(Out):
    """The way back of a lesson, by id."""

    engagement: str
    finding: str
    sentence: str
    review: str
    statement: str
    measurements: list[str]
    imports: list[str]


class GivenAnswer(Out):
    """How an engagement answered a lesson."""

    engagement: str
    answer: Answer
    note: str


class LessonWhole(LessonLine):
    """
    A lesson with everything that hangs on it.

    For a provider `shared_with`, `guardrails` and `dispositions` are empty, and `came_from` is
    null unless the lesson is from an engagement of its own.
    """

    came_from: CameFrom | None
    shared_with: list[Party]
    guardrails: list[str]
    dispositions: list[GivenAnswer]


class LessonsAsked(SafePage):
    """Which lessons: those that apply there, or that share a word with the text."""

    q: Annotated[str, Field(max_length=10_000)] = ""
    stage: Stage | None = None
    service_type: ServiceType | None = None
    practice: Annotated[int, Field(ge=1, le=8)] | None = None


class Publish(In):
    """What a lesson says; without root cause or preventive action it stays an observation."""

    title: Line
    context: Words
    what_happened: Words
    root_cause: OptionalWords = ""
    effect: Words
    preventive_action: OptionalWords = ""
    stages: list[Stage] = Field([], max_length=6)
    service_types: list[ServiceType] = Field([], max_length=5)
    practices: list[Practice] = Field([], max_length=8)
    finding: Id | None = Field(None, description="The finding of a review that it comes from.")


class Share(In):
    """Which provider may read it from now on."""

    provider: Id


def _values(found: Found) -> dict[str, Any]:
    lesson = found.lesson
    same = (
        "title", "context", "what_happened", "root_cause", "effect", "preventive_action",
        "stages", "service_types", "practices", "state", "published_at",
    )  # fmt: skip
    return {
        "id": lesson.public_id,
        "published_by": lesson.published_by.name,
        "matched": list(found.words),
        "why": found.told.why if found.told else "",
        "passages": [_passage(each) for each in found.told.passages] if found.told else [],
    } | {name: getattr(lesson, name) for name in same}


def _passage(passage: Passage) -> LessonPassage:
    pieces = [Piece(text=text, is_match=is_match) for text, is_match in passage.pieces]
    return LessonPassage(part=passage.part, pieces=pieces)


def _line(found: Found) -> LessonLine:
    return LessonLine(**_values(found))


def _whole(lesson: Lesson, viewer: Viewer) -> LessonWhole:
    return LessonWhole(
        **_values(Found(lesson)), came_from=_came_from(lesson, viewer), **_private(lesson, viewer)
    )


def _came_from(lesson: Lesson, viewer: Viewer) -> CameFrom | None:
    back = way_back(lesson, viewer)
    if back is None:
        return None
    return CameFrom(
        engagement=back.statement.engagement.public_id,
        finding=back.finding.public_id,
        sentence=back.finding.sentence,
        review=back.review.public_id,
        statement=back.statement.public_id,
        measurements=[each.public_id for each in back.measurements],
        imports=[each.public_id for each in back.imports],
    )


def _private(lesson: Lesson, viewer: Viewer) -> dict[str, Any]:
    """Return what only the client sees of a lesson."""
    rails = Guardrail.objects.visible_to(viewer).filter(lesson=lesson).order_by("code")
    answers = Disposition.objects.visible_to(viewer).filter(lesson=lesson)
    # With whom else a lesson was shared is the client's own business.
    shared = lesson.shared_with.order_by("name") if viewer.is_client else []
    return {
        "shared_with": [party(each) for each in shared],
        "guardrails": [rail.code for rail in rails],
        "dispositions": [
            GivenAnswer(
                engagement=each.engagement.public_id, answer=Answer(each.answer), note=each.note
            )
            for each in answers.select_related("engagement").order_by("id")
        ],
    }


@operations.reads("/lessons", "lessons", Listed[LessonLine])
def lessons(request: ViewerRequest, asked: Query[LessonsAsked]) -> Listed[LessonLine]:
    """Return the lessons that you may read: best first for a search, else the newest first."""
    wanted = Wanted(
        text=asked.q,
        stage=asked.stage or "",
        service_type=asked.service_type or "",
        practice=asked.practice,
    )
    return listed(library(request.viewer, wanted), asked, _line)


@operations.acts("/lessons/publish", "publish_lesson", LessonWhole, status=201)
def publish(request: ViewerRequest, given: Publish) -> LessonWhole:
    """Publish a lesson, from a finding or from experience, to the client's organisation."""
    finding = None
    if given.finding is not None:
        finding = named(ReviewFinding, request.viewer, given.finding, place="finding")
    lesson = publish_lesson(
        wording=LessonWording(**given.model_dump(exclude={"finding"}, mode="json")),
        finding=finding,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(lesson, request.viewer)


@operations.reads("/lessons/{lesson_id}", "lesson", LessonWhole)
def lesson(request: ViewerRequest, lesson_id: str) -> LessonWhole:
    """Return one lesson, and where it came from as far as you may see that."""
    found = find(Lesson, request.viewer, lesson_id, "client", "published_by")
    return _whole(found, request.viewer)


@operations.acts("/lessons/{lesson_id}/share", "share_lesson", LessonWhole)
def share(request: ViewerRequest, lesson_id: str, given: Share) -> LessonWhole:
    """Let a provider read a lesson."""
    found = find(Lesson, request.viewer, lesson_id, "client", "published_by")
    shared = share_lesson(
        lesson=found,
        provider=named_provider(request.viewer, given.provider),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(shared, request.viewer)
