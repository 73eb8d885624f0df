"""Did the lessons do any good? What became of each, and a person's word on a close match."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from django.http import Http404
from ninja import Query
from pydantic import Field

from tallystick.actions.judge_recurrence import judge_recurrence
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Listed, OptionalWords, Out, SafePage, cut, listed
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.lessons.recurrence import Fate, Quarter, Repeat, Track
from tallystick.records.effect import Effect, effect_of
from tallystick.records.effect_groups import Group, by_cause, by_provider, totals_of
from tallystick.records.lessons import Lesson
from tallystick.records.recurrences import Recurrence
from tallystick.records.reviews import ReviewFinding

operations = Operations(tags=["Lessons"])

MOST_WAITING = 200


class RepeatCost(Out):
    """What repeats cost in one currency, as far as lessons tell it."""

    amount: Decimal
    currency: str


class MistakesOfQuarter(Out):
    """The mistakes of a quarter, and how many of them repeat what a lesson had told."""

    quarter: str = Field(description="Such as 2026-Q3.")
    mistakes: int
    repeats: int
    rate: float | None = Field(description="Repeats by mistakes; null without mistakes.")


class MistakesOfCause(Out):
    """The mistakes of one cause; null where it is not decided."""

    cause: Cause | None
    mistakes: int
    repeats: int
    repeats_cost: list[RepeatCost]


class MistakesOfProvider(Out):
    """The mistakes in the engagements of one provider."""

    provider: str
    mistakes: int
    repeats: int


class LessonFate(Out):
    """What became of a lesson."""

    lesson: str
    title: str
    cause: Cause | None
    fate: Fate
    days_to_use: int | None = Field(description="From its telling to its first use.")
    adopted_in: list[str] = Field(description="Names of engagements.")
    repeats_before: int
    repeats_since: int


class CloseMatch(Out):
    """A later mistake that may repeat a lesson; a person says whether it does."""

    lesson: str
    mistake: str = Field(description="The id of a finding, or of a later lesson.")
    on: date
    guardrail: str = Field(description="The code of the guardrail that caught both.")
    provider: str
    told: str


class LessonsEffect(Out):
    """What the lessons did; `mistakes`, `repeats` and `rate` are of the last four quarters."""

    mistakes: int
    repeats: int
    rate: float | None
    lessons: int
    applied: int
    prevented: int = Field(description="Findings of guardrails that lessons raised, mended.")
    median_days_to_use: float | None
    repeats_cost: list[RepeatCost]
    quarters: list[MistakesOfQuarter]
    causes: list[MistakesOfCause]
    providers: list[MistakesOfProvider]
    fates: Listed[LessonFate]
    waiting: list[CloseMatch] = Field(description=f"The newest {MOST_WAITING} of them.")
    waiting_count: int


class Judge(In):
    """Which later mistake, a finding or a lesson, and whether it repeats what was told."""

    mistake: Id
    repeats: bool
    note: OptionalWords = ""


class RecurrenceWord(Out):
    """A person's word on a later mistake."""

    lesson: str
    mistake: str
    repeats: bool
    note: str
    judged_at: datetime
    judged_by: str


@operations.reads("/lessons/effect", "lessons_effect", LessonsEffect)
def effect(request: ViewerRequest, asked: Query[SafePage]) -> LessonsEffect:
    """Return what the lessons did: repeats by quarter and cause, and a page of their fates."""
    found = effect_of(request.viewer, datetime.now(UTC).date())
    totals, waiting = totals_of(found), found.waiting
    return LessonsEffect(
        mistakes=totals.mistakes,
        repeats=totals.repeats,
        rate=None if totals.rate is None else cut(totals.rate),
        lessons=totals.lessons,
        applied=totals.applied,
        prevented=totals.prevented,
        median_days_to_use=totals.median_days,
        repeats_cost=_cost(totals.cost),
        quarters=[_quarter(each) for each in found.quarters] if found.mistakes else [],
        causes=[_cause(each) for each in by_cause(found)],
        providers=[
            MistakesOfProvider(provider=each.name, mistakes=each.mistakes, repeats=each.repeats)
            for each in by_provider(found)
        ],
        fates=listed(found.tracks, asked, lambda track: _fate(found, track)),
        waiting=[_match(found, each) for each in waiting[:MOST_WAITING]],
        waiting_count=len(waiting),
    )


def _cost(cost: Mapping[str, Decimal]) -> list[RepeatCost]:
    return [RepeatCost(amount=amount, currency=currency) for currency, amount in cost.items()]


def _quarter(quarter: Quarter) -> MistakesOfQuarter:
    return MistakesOfQuarter(
        quarter=quarter.name,
        mistakes=quarter.mistakes,
        repeats=quarter.repeats,
        rate=None if quarter.rate is None else cut(quarter.rate),
    )


def _cause(group: Group) -> MistakesOfCause:
    return MistakesOfCause(
        cause=Cause(group.name) if group.name else None,
        mistakes=group.mistakes,
        repeats=group.repeats,
        repeats_cost=_cost(group.cost),
    )


def _fate(found: Effect, track: Track) -> LessonFate:
    key = track.lesson.id
    return LessonFate(
        lesson=key,
        title=found.lessons[key].title,
        cause=Cause(track.lesson.cause) if track.lesson.cause else None,
        fate=track.fate,
        days_to_use=track.days_to_use,
        adopted_in=found.applied_in[key],
        repeats_before=track.before_use,
        repeats_since=track.after_use,
    )


def _match(found: Effect, repeat: Repeat) -> CloseMatch:
    mistake = repeat.mistake
    finding = found.findings.get(mistake.id)
    return CloseMatch(
        lesson=repeat.lesson,
        mistake=mistake.id,
        on=mistake.on,
        guardrail=mistake.guardrail,
        provider=mistake.provider,
        told=finding.sentence if finding else found.lessons[mistake.id].title,
    )


@operations.acts("/lessons/{lesson_id}/judge", "judge_recurrence", RecurrenceWord)
def judge(request: ViewerRequest, lesson_id: str, given: Judge) -> RecurrenceWord:
    """Say whether a later mistake repeats a lesson; a later word replaces an earlier one."""
    lesson = find(Lesson, request.viewer, lesson_id)
    word = judge_recurrence(
        lesson=lesson,
        mistake=_mistake(request, given.mistake),
        repeats=given.repeats,
        note=given.note,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _word(word, lesson, given.mistake)


def _mistake(request: ViewerRequest, key: str) -> Lesson | ReviewFinding:
    try:
        return find(ReviewFinding, request.viewer, key, "review")
    except Http404:
        return named(Lesson, request.viewer, key, place="mistake")


def _word(word: Recurrence, lesson: Lesson, mistake: str) -> RecurrenceWord:
    return RecurrenceWord(
        lesson=lesson.public_id,
        mistake=mistake,
        repeats=word.repeats,
        note=word.note,
        judged_at=word.judged_at,
        judged_by=word.judged_by.name,
    )
