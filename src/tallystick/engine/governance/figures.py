"""Meetings, decisions and action items -> how well two organisations talk and decide."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from tallystick.engine.governance.working_days import working_days

HALF_A_YEAR = 183
"""Days that figures look back."""


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that was due: whether it was held, and which side had its quorum."""

    due_on: date
    held: bool
    client_quorum: bool | None = None
    provider_quorum: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: when it was asked, and when it was decided."""

    asked_on: date
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Something that somebody is to do: since when, by when, and when it was done."""

    given_on: date
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many; None as a share if there were none."""

    count: int
    of: int

    @property
    def share(self) -> Fraction | None:
        """Return the share."""
        return Fraction(self.count, self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class GovernanceFigures:
    """
    The figures of half a year.

    `latency` is the median of working days from question to decision, `longest_wait` that of the
    question that waits longest; `open_age` the median of days for which open actions are open;
    `overdue` counts among the actions that fell due in half a year, or earlier and are open.
    """

    held: Rate
    client_quorum: Rate
    provider_quorum: Rate
    latency: Fraction | None
    waiting: int
    longest_wait: int
    open_actions: int
    open_age: Fraction | None
    overdue: Rate


def figures_of(
    meetings: Sequence[Met],
    questions: Sequence[Asked],
    actions: Sequence[Given],
    as_of: date,
    holidays: Set[date] = frozenset(),
) -> GovernanceFigures:
    """Return the figures as of a day; what is due that day may still be done."""
    due = [
        each
        for each in meetings
        if _lately(each.due_on, as_of) and (each.held or each.due_on < as_of)
    ]
    held = [each for each in due if each.held]
    decided = [each for each in questions if each.decided_on and _lately(each.decided_on, as_of)]
    waits = [
        working_days(each.asked_on, as_of, holidays) for each in questions if not each.decided_on
    ]
    opened = [each for each in actions if each.done_on is None]
    fell_due = [
        each
        for each in actions
        if each.due_on < as_of and (_lately(each.due_on, as_of) or each.done_on is None)
    ]
    return GovernanceFigures(
        held=Rate(len(held), len(due)),
        client_quorum=_quorum([each.client_quorum for each in held]),
        provider_quorum=_quorum([each.provider_quorum for each in held]),
        latency=_median([_latency(each, holidays) for each in decided]),
        waiting=len(waits),
        longest_wait=max(waits, default=0),
        open_actions=len(opened),
        open_age=open_age(actions, as_of),
        overdue=Rate(sum(each.done_on is None for each in fell_due), len(fell_due)),
    )


def open_age(actions: Sequence[Given], on: date) -> Fraction | None:
    """Return the median of days for which the actions open on a day were open; None without any."""
    return _median(
        [
            (on - each.given_on).days
            for each in actions
            if each.given_on <= on and (each.done_on is None or each.done_on > on)
        ]
    )


def ages_by_day(actions: Sequence[Given], since: date, until: date) -> dict[date, Fraction]:
    """Return the open age of each day, both ends included; 0 where nothing was open."""
    days = (since + timedelta(days=k) for k in range((until - since).days + 1))
    return {day: open_age(actions, day) or Fraction(0) for day in days}


def _lately(day: date, as_of: date) -> bool:
    return 0 <= (as_of - day).days < HALF_A_YEAR


def _quorum(known: Sequence[bool | None]) -> Rate:
    told = [each for each in known if each is not None]
    return Rate(sum(told), len(told))


def _latency(question: Asked, holidays: Set[date]) -> int:
    decided = question.decided_on or question.asked_on
    return working_days(question.asked_on, decided, holidays)


def _median(numbers: Sequence[int]) -> Fraction | None:
    return Fraction(median(map(Fraction, numbers))) if numbers else None
