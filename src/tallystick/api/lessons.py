"""Lessons: the library, one lesson with its way back, and what people do with them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from tallystick.actions.add_template_item import add_template_item
from tallystick.actions.lesson_wording import LessonWording, wording_of
from tallystick.actions.move_lesson import move_lesson
from tallystick.actions.publish_lesson import publish_lesson
from tallystick.actions.rate_lesson import rate_lesson
from tallystick.actions.revise_lesson import revise_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.api.lesson_values import (
    LessonBeside,
    LessonLine,
    LessonsFound,
    LessonWhole,
    beside,
    line,
    spread,
    whole,
    whole_of_shared,
)
from tallystick.api.lookup import ViewerRequest, find, named, named_colleague, named_provider
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Line, OptionalWords, SafePage, Words, listed
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.causes import Cause, ContractModel, LessonKind, Size, WasARisk
from tallystick.engine.lessons.checklists import Checklist
from tallystick.records.beside import related_to
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson, LessonState, Readable, SharedLesson
from tallystick.records.library import Found, Wanted, library
from tallystick.records.reviews import ReviewFinding

operations = Operations(tags=["Lessons"])

Practice = Literal[1, 2, 3, 4, 5, 6, 7, 8]
Amount = Annotated[Decimal, Field(ge=0, lt=10**12, max_digits=15, decimal_places=2)]


class LessonsAsked(SafePage):
    """Which lessons: those that apply there, or that share a word with the text."""

    q: Annotated[str, Field(max_length=10_000)] = ""
    stage: Stage | None = None
    service_type: ServiceType | None = None
    practice: Annotated[int, Field(ge=1, le=8)] | None = None
    cause: Cause | None = None
    state: LessonState | None = None


class Told(In):
    """What a lesson says; without root cause or preventive action it stays an observation."""

    title: Line
    context: Words
    what_happened: Words
    root_cause: OptionalWords = ""
    effect: Words
    preventive_action: OptionalWords = ""
    kind: LessonKind = LessonKind.NEGATIVE
    cause: Cause | None = None
    warning_signs: OptionalWords = ""
    was_a_risk: WasARisk = WasARisk.UNKNOWN
    effect_amount: Amount | None = None
    effect_currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    effect_days: Amount | None = None
    stages: list[Stage] = Field([], max_length=6)
    service_types: list[ServiceType] = Field([], max_length=5)
    practices: list[Practice] = Field([], max_length=8)
    contract_models: list[ContractModel] = Field([], max_length=5)
    sizes: list[Size] = Field([], max_length=3)
    author_withheld: bool = False

    def wording(self) -> LessonWording:
        """Return it as the actions take it."""
        names = set(Told.model_fields)
        return LessonWording(**{name: getattr(self, name) for name in names})


class Publish(Told):
    """A lesson to publish, and what gave reason for it."""

    finding: Id | None = Field(None, description="The finding of a review that it comes from.")


class Revise(Told):
    """The whole new wording of a lesson, who looks after it, and when it is looked at again."""

    owner: Id | None = None
    review_on: date | None = None


class Share(In):
    """
    Which provider may read it from now on, in which words.

    Without `wording` it reads the lesson's own text; never the cost, the evidence or the risk.
    """

    provider: Id
    wording: Told | None = None
    with_author: bool = False


class Move(In):
    """The state that a lesson comes to, and why."""

    to: LessonState
    note: Words


class NewTemplateItem(In):
    """A line for a template."""

    checklist: Checklist
    text: Line


class Rate(In):
    """Whether a suggested lesson was of use."""

    useful: bool


@operations.reads("/lessons", "lessons", LessonsFound)
def lessons(request: ViewerRequest, asked: Query[LessonsAsked]) -> LessonsFound:
    """Return the lessons that you may read: best first for a search, else the newest first."""
    wanted = Wanted(
        text=asked.q,
        stage=asked.stage or "",
        service_type=asked.service_type or "",
        practice=asked.practice,
        cause=asked.cause or "",
        state=asked.state or "",
    )
    shelf = library(request.viewer, wanted)
    page = listed(shelf, asked, line)
    return LessonsFound(
        items=page.items, count=page.count, total=shelf.total, spread=spread(shelf, request.viewer)
    )


@operations.acts("/lessons/publish", "publish_lesson", LessonWhole, status=201)
def publish(request: ViewerRequest, given: Publish) -> LessonWhole:
    """Publish a lesson, from a finding or from experience, to the client's organisation."""
    finding = None
    if given.finding is not None:
        finding = named(ReviewFinding, request.viewer, given.finding, place="finding")
    lesson = publish_lesson(
        wording=given.wording(),
        finding=finding,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(lesson, request.viewer)


@operations.reads("/lessons/{lesson_id}", "lesson", LessonWhole)
def lesson(request: ViewerRequest, lesson_id: str) -> LessonWhole:
    """Return one lesson, and where it came from as far as you may see that."""
    if not request.viewer.is_client:
        shared = find(SharedLesson, request.viewer, lesson_id, "client", "author", "lesson")
        return whole_of_shared(shared, request.viewer)
    return whole(_lesson(request, lesson_id), request.viewer)


@operations.reads("/lessons/{lesson_id}/related", "related_lessons", list[LessonBeside])
def related(request: ViewerRequest, lesson_id: str) -> list[LessonBeside]:
    """Return the lessons that you may read and that are about the same, the nearest first."""
    found: Readable
    if request.viewer.is_client:
        found = find(Lesson, request.viewer, lesson_id)
    else:
        found = find(SharedLesson, request.viewer, lesson_id)
    return [beside(each) for each in related_to(request.viewer, found)]


def _lesson(request: ViewerRequest, lesson_id: str) -> Lesson:
    return find(Lesson, request.viewer, lesson_id, "client", "published_by", "owner")


@operations.acts("/lessons/{lesson_id}/revise", "revise_lesson", LessonWhole)
def revise(request: ViewerRequest, lesson_id: str, given: Revise) -> LessonWhole:
    """Give a lesson new words; an observation with cause and prevention is identified then."""
    owner = None
    if given.owner is not None:
        owner = named_colleague(request.viewer, given.owner, place="owner")
    revised = revise_lesson(
        lesson=_lesson(request, lesson_id),
        wording=given.wording(),
        owner=owner,
        review_on=given.review_on,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(revised, request.viewer)


@operations.acts("/lessons/{lesson_id}/move", "move_lesson", LessonWhole)
def move(request: ViewerRequest, lesson_id: str, given: Move) -> LessonWhole:
    """Take a lesson a step on: validated, verified, retired, or taken up again."""
    moved = move_lesson(
        lesson=_lesson(request, lesson_id),
        to=given.to,
        note=given.note,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(moved, request.viewer)


@operations.acts("/lessons/{lesson_id}/share", "share_lesson", LessonWhole)
def share(request: ViewerRequest, lesson_id: str, given: Share) -> LessonWhole:
    """Let a provider read a lesson, in words that may leave out what it need not know."""
    found = _lesson(request, lesson_id)
    share_lesson(
        lesson=found,
        provider=named_provider(request.viewer, given.provider),
        wording=given.wording.wording() if given.wording else wording_of(found),
        with_author=given.with_author,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(found, request.viewer)


@operations.acts("/lessons/{lesson_id}/template", "add_template_item", LessonWhole)
def put_into_template(
    request: ViewerRequest, lesson_id: str, given: NewTemplateItem
) -> LessonWhole:
    """Put a line into a template because of a lesson."""
    add_template_item(
        lesson=_lesson(request, lesson_id),
        checklist=given.checklist,
        text=given.text,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(_lesson(request, lesson_id), request.viewer)


@operations.acts("/engagements/{engagement_id}/lessons/{lesson_id}/rate", "rate_lesson", LessonLine)
def rate(request: ViewerRequest, engagement_id: str, lesson_id: str, given: Rate) -> LessonLine:
    """Say whether a suggested lesson was of use; suggestions are ranked by it."""
    found = _lesson(request, lesson_id)
    rate_lesson(
        lesson=found,
        engagement=find(Engagement, request.viewer, engagement_id),
        useful=given.useful,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return line(Found(found))
