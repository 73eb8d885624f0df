"""Events, good and bad -> how fast an error budget burns, and which alerts that sets off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tallystick.engine.service_levels.outlook.budget import error_share
from tallystick.engine.service_levels.terms.goals import Goal
from tallystick.engine.values import Instants

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """
    What happened, in order of time: at the instant `at[i]`, `bad[i]` of `total[i]` were bad.

    One event has a total of 1; a bucket, such as an hour, stands at the instant it was complete.
    Shapes: one entry per event in every column.
    """

    at: Instants
    bad: NDArray[np.int64]
    total: NDArray[np.int64]

    def __post_init__(self) -> None:
        if not len(self.at) == len(self.bad) == len(self.total):
            raise ValueError("the columns of events are equally long")
        if np.any(np.diff(self.at) < 0):
            raise ValueError("events stand in order of time")
        if np.any(self.bad < 0) or np.any(self.bad > self.total):
            raise ValueError("of all events, none to all are bad")

    def within(self, since: int, until: int) -> tuple[int, int]:
        """Return (bad, total) after `since`, up to and including `until`."""
        first, last = np.searchsorted(self.at, [since, until], side="right")
        return int(self.bad[first:last].sum()), int(self.total[first:last].sum())


def events(at: ArrayLike, bad: ArrayLike, total: ArrayLike = 1) -> Events:
    """Return events in order of time; without `total`, one event per instant, bad or not."""
    instants = np.atleast_1d(np.asarray(at, dtype=np.int64))
    order = np.argsort(instants, kind="stable")
    bads, totals = (
        np.broadcast_to(np.asarray(column, dtype=np.int64), instants.shape)
        for column in (bad, total)
    )
    return Events(instants[order], bads[order], totals[order])


class AlertKind(StrEnum):
    """How an alert is answered: somebody is called at once, or it joins the day's work."""

    PAGE = "page"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One pair of look-back windows, `long` and `short` seconds.

    It sounds if, at the rate of the long window, `spends` of a period's budget would go within
    that window, and the short one shows that it is still going on.
    """

    kind: AlertKind
    spends: Fraction
    long: int
    short: int

    def factor(self, period: int) -> Fraction:
        """Return the burn rate that must be exceeded: spends x period / long."""
        return self.spends * period / self.long


SLOTH = (
    Rule(AlertKind.PAGE, Fraction(2, 100), HOUR, 5 * 60),
    Rule(AlertKind.PAGE, Fraction(5, 100), 6 * HOUR, 30 * 60),
    Rule(AlertKind.TICKET, Fraction(10, 100), DAY, 2 * HOUR),
    Rule(AlertKind.TICKET, Fraction(10, 100), 3 * DAY, 6 * HOUR),
)
"""Google's Site Reliability Workbook, chapter 5, as sloth has it: 14.4, 6, 3 and 1 for 30 days."""

PYRRA = (
    Rule(AlertKind.PAGE, Fraction(14, 28 * 24), HOUR, 5 * 60),
    Rule(AlertKind.PAGE, Fraction(7 * 6, 28 * 24), 6 * HOUR, 30 * 60),
    Rule(AlertKind.TICKET, Fraction(2, 28), DAY, 2 * HOUR),
    Rule(AlertKind.TICKET, Fraction(4, 28), 4 * DAY, 6 * HOUR),
)
"""Pyrra's: 14, 7, 2 and 1 for 28 days; for another period its windows are `scaled`."""


@dataclass(frozen=True, slots=True)
class Alert:
    """
    One rule at one instant: the burn rates it saw, None where there was nothing to see.

    `can_fire` is False if even a total outage burns no faster than the factor: a target of 90 %
    burns at 10 at most and never exceeds 14.4.
    """

    rule: Rule
    factor: Fraction
    long: Fraction | None
    short: Fraction | None
    fires: bool
    can_fire: bool


def burn_rate(bad: int, total: int, goal: Goal) -> Fraction | None:
    """
    Return how fast the budget burns, exact: 1 spends precisely all of it by the period's end.

    The error rate over the share that may go wrong; None if there was no event, or if the goal
    leaves no budget.

    Raises:
        ValueError: if the goal is no share.
    """
    budget = error_share(goal) * total
    return bad / budget if budget else None


def alerts(
    happened: Events, goal: Goal, *, period: int, as_of: int, rules: Iterable[Rule] = SLOTH
) -> tuple[Alert, ...]:
    """
    Return what each rule says at an instant; `period` is the goal's window in seconds.

    A rule fires if the long *and* the short window burn faster than its factor; exactly at it
    is not faster. A goal without a budget fires at any bad event. What is after `as_of` is not
    known.

    Raises:
        ValueError: if the goal is no share.
    """
    return tuple(_alert(happened, goal, rule, rule.factor(period), as_of) for rule in rules)


def firing(told: Iterable[Alert]) -> Alert | None:
    """Return the first alert that fires, the most urgent of them; None if none does."""
    return next((alert for alert in told if alert.fires), None)


def _alert(happened: Events, goal: Goal, rule: Rule, factor: Fraction, as_of: int) -> Alert:
    long, short = (happened.within(as_of - span, as_of) for span in (rule.long, rule.short))
    # Multiplied out, so that a goal without a budget divides by nothing.
    threshold = factor * error_share(goal)
    return Alert(
        rule=rule,
        factor=factor,
        long=burn_rate(*long, goal),
        short=burn_rate(*short, goal),
        fires=all(bad > threshold * total for bad, total in (long, short)),
        can_fire=threshold < 1,
    )


def scaled(rules: Sequence[Rule], period: int, to: int) -> tuple[Rule, ...]:
    """Return rules made for one period with windows that fit another; the factors stay."""
    return tuple(
        replace(rule, long=rule.long * to // period, short=rule.short * to // period)
        for rule in rules
    )


def exhausted_after(left: Fraction, rate: Fraction, period: int) -> Fraction | None:
    """
    Return in how many seconds the budget is gone at a burn rate; None if it never is.

    `left` is the part of the period's budget that is not spent: 1 at its start, 0 or less once
    it is gone.
    """
    if left <= 0:
        return Fraction(0)
    return left * period / rate if rate else None
