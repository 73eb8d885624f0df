"""Lessons, later mistakes and what people said of them -> whether the lessons did any good."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median


class Fate(StrEnum):
    """What became of a lesson: nothing is learned until something changed (JALLC)."""

    UNUSED = "unused"
    FAILED = "failed"
    UNTESTED = "untested"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Known:
    """
    A lesson: its cause, the day it was told, and the days on which engagements applied it.

    `faced` are the days on which engagements to which it applies began after it was told.
    """

    id: str
    cause: str
    told_on: date
    applied_on: tuple[date, ...] = ()
    faced_on: tuple[date, ...] = ()
    guardrail: str = ""
    """The code of a guardrail that the lesson came from, or that was raised from it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that went wrong: a negative lesson, or the confirmed finding of a review."""

    id: str
    on: date
    cause: str = ""
    guardrail: str = ""
    provider: str = ""
    cost: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A mistake that a lesson had told of before; `sure` once its cause or a person says so."""

    lesson: str
    mistake: Mistake
    sure: bool
    reason: str


def repeats_of(
    lessons: Iterable[Known],
    mistakes: Sequence[Mistake],
    judged: Mapping[tuple[str, str], bool],
) -> list[Repeat]:
    """
    Return the mistakes that came after a lesson of the same cause, or of the same guardrail.

    A shared cause makes a repeat unless a person denied it; a shared guardrail is a close match,
    which counts once a person has confirmed it. `judged` holds a person's word by lesson and
    mistake.
    """
    places = _Places.of(mistakes, judged)
    found = []
    for lesson in lessons:
        for mistake in (mistakes[place] for place in places.that_may_repeat(lesson)):
            word = judged.get((lesson.id, mistake.id))
            if mistake.id == lesson.id or mistake.on <= lesson.told_on or word is False:
                continue
            reason = _shared(lesson, mistake)
            sure = word is True or reason == SAME_CAUSE
            found.append(Repeat(lesson.id, mistake, sure, reason or BY_WORD))
    return found


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the mistakes of a cause or a guardrail stand, and those that people spoke of."""

    by_cause: Mapping[str, list[int]]
    by_guardrail: Mapping[str, list[int]]
    spoken_of: Mapping[str, list[int]]

    @classmethod
    def of(cls, mistakes: Sequence[Mistake], judged: Mapping[tuple[str, str], bool]) -> "_Places":
        by_cause, by_guardrail, spoken_of = (defaultdict[str, list[int]](list) for _ in range(3))
        place_of = {mistake.id: place for place, mistake in enumerate(mistakes)}
        for place, mistake in enumerate(mistakes):
            by_cause[mistake.cause].append(place)
            by_guardrail[mistake.guardrail].append(place)
        for lesson, mistake_id in judged:
            if mistake_id in place_of:
                spoken_of[lesson].append(place_of[mistake_id])
        return cls(by_cause, by_guardrail, spoken_of)

    def that_may_repeat(self, lesson: Known) -> list[int]:
        """Return the places of the mistakes that a lesson may have told of, in order."""
        found = set(self.spoken_of.get(lesson.id, ()))
        found.update(self.by_cause.get(lesson.cause, ()) if lesson.cause else ())
        found.update(self.by_guardrail.get(lesson.guardrail, ()) if lesson.guardrail else ())
        return sorted(found)


SAME_CAUSE, SAME_GUARDRAIL, BY_WORD = "the same cause", "the same guardrail", "a person said so"


def _shared(lesson: Known, mistake: Mistake) -> str:
    if lesson.cause and lesson.cause == mistake.cause:
        return SAME_CAUSE
    if lesson.guardrail and lesson.guardrail == mistake.guardrail:
        return SAME_GUARDRAIL
    return ""


@dataclass(frozen=True, slots=True)
class Track:
    """How one lesson did."""

    lesson: Known
    days_to_use: int | None
    before_use: int
    after_use: int

    @property
    def fate(self) -> Fate:
        """Return what became of it; a repeat after it was applied means that it failed."""
        if self.days_to_use is None:
            return Fate.UNUSED
        if self.after_use:
            return Fate.FAILED
        return Fate.HOLDS if self._tested else Fate.UNTESTED

    @property
    def _tested(self) -> bool:
        first = min(self.lesson.applied_on)
        return any(day >= first for day in self.lesson.faced_on)


def track_of(lesson: Known, repeats: Iterable[Repeat]) -> Track:
    """Return how a lesson did; only repeats that are sure are counted."""
    days = [each.mistake.on for each in repeats if each.sure and each.lesson == lesson.id]
    first = min(lesson.applied_on, default=None)
    return Track(
        lesson=lesson,
        # What was practised before it was told was in use at once.
        days_to_use=max(0, (first - lesson.told_on).days) if first else None,
        before_use=sum(first is None or day <= first for day in days),
        after_use=sum(first is not None and day > first for day in days),
    )


@dataclass(frozen=True, slots=True)
class Quarter:
    """The mistakes of a quarter, and how many of them repeat what a lesson had told."""

    name: str
    mistakes: int
    repeats: int

    @property
    def rate(self) -> Fraction | None:
        """Return the repeat-mistake rate; None without mistakes, never 0 or 1."""
        return Fraction(self.repeats, self.mistakes) if self.mistakes else None


def quarters_of(
    mistakes: Iterable[Mistake], repeats: Iterable[Repeat], first: date, last: date
) -> list[Quarter]:
    """Return every quarter between two days, those without mistakes too."""
    again = {each.mistake.id for each in repeats if each.sure}
    told: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        told.setdefault(quarter_of(mistake.on), []).append(mistake)
    found = []
    year, number = first.year, _number(first)
    while (year, number) <= (last.year, _number(last)):
        name = f"{year}-Q{number}"
        here = told.get(name, [])
        found.append(Quarter(name, len(here), sum(each.id in again for each in here)))
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
    return found


def quarter_of(day: date) -> str:
    """Return the name of the quarter of a day, such as 2026-Q3."""
    return f"{day.year}-Q{_number(day)}"


def _number(day: date) -> int:
    return (day.month - 1) // 3 + 1


def cost_of(repeats: Iterable[Repeat]) -> dict[str, Decimal]:
    """Return what the sure repeats cost by currency, each mistake once."""
    mistakes = {each.mistake.id: each.mistake for each in repeats if each.sure}
    found: dict[str, Decimal] = {}
    for mistake in mistakes.values():
        if mistake.cost is not None:
            found[mistake.currency] = found.get(mistake.currency, Decimal(0)) + mistake.cost
    return dict(sorted(found.items()))


def median_days_to_use(tracks: Iterable[Track]) -> float | None:
    """Return the median days from a lesson to its first application; None if none was applied."""
    days = [track.days_to_use for track in tracks if track.days_to_use is not None]
    return float(median(days)) if days else None
