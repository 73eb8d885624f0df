"""Outcomes -> the open items that are at risk or overdue now, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import REASONS, ItemVerdict, Outcomes, Reason
from tallystick.engine.service_levels.outlook import use
from tallystick.engine.values import FOREVER

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

QUARTER = Fraction(1, 4)
"""The part of its limit that an item at risk has left at most, unless told otherwise."""


class Urgency(StrEnum):
    """How an open item stands against its limit."""

    BREACHED = "breached"
    AT_RISK = "at-risk"
    IN_TIME = "in-time"


@dataclass(frozen=True, slots=True)
class Live:
    """
    One open item as it stands at the instant of measuring.

    `counted`, `limit` and `left` are working seconds; `left` is negative once the limit is
    exceeded. Where a due instant is stated, `limit` is 0 and `left` is wall-clock time. `due` is
    the instant at which nothing is, or was, left if the clock runs on; None if the calendar has
    no such instant. `used` is the exact part that is gone of what the item had.
    """

    id: str
    opened: int
    due: int | None
    limit: int
    counted: int
    left: int
    used: Fraction
    urgency: Urgency


def at_risk(
    outcomes: Outcomes, as_of: int, *, left: Fraction = QUARTER, within: int | None = None
) -> Rows:
    """
    Return the rows of open items in time that soon will not be, those due first at the top.

    At risk is what has at most the share `left` of its limit left or, with `within`, is due in
    at most that many seconds of wall-clock time from `as_of`, the instant of measuring.

    Raises:
        ValueError: if `left` is no share, or `within` is negative.
    """
    if not 0 <= left <= 1 or (within is not None and within < 0):
        raise ValueError(f"{left} and {within} are not a part of a limit and a time ahead")
    waits = np.flatnonzero(use.are(outcomes, ItemVerdict.PENDING) & use.are_timed(outcomes))
    rows = waits[_risky(outcomes.some(waits), as_of, left, within)]
    return _sorted(rows, outcomes.due[rows], use.left(outcomes)[rows])


def breached(outcomes: Outcomes) -> Rows:
    """Return the rows of open items beyond their limit, those furthest beyond at the top."""
    late = outcomes.reason == REASONS.index(Reason.OPEN_LATE)
    rows = np.flatnonzero(late & use.are(outcomes, ItemVerdict.MISSED))
    return _sorted(rows, use.left(outcomes)[rows], outcomes.due[rows])


def live(
    outcomes: Outcomes,
    rows: Iterable[int],
    as_of: int,
    *,
    left: Fraction = QUARTER,
    within: int | None = None,
) -> list[Live]:
    """
    Return the given rows, which are open items with a limit, one by one: a page of a queue.

    `as_of`, `left` and `within` mean what they do in `at_risk`.

    Raises:
        ValueError: if a row is no open item with a limit.
    """
    chosen = outcomes.some(np.asarray(list(rows), dtype=np.int64))
    columns = zip(use.allotted(chosen).tolist(), use.left(chosen).tolist(), strict=True)
    found = []
    for row, (whole, remains) in enumerate(columns):
        due = int(chosen.due[row])
        urgency = _urgency(chosen, row)
        if urgency is not Urgency.BREACHED:
            soon = within is not None and due <= as_of + within
            urgency = Urgency.AT_RISK if soon or remains <= whole * left else Urgency.IN_TIME
        found.append(
            Live(
                id=chosen.id_of(row),
                opened=int(chosen.opened[row]),
                due=None if due == FOREVER else due,
                limit=int(chosen.limit[row]),
                counted=int(chosen.counted[row]),
                left=remains,
                used=Fraction(whole - remains, whole),
                urgency=urgency,
            )
        )
    return found


def _urgency(outcomes: Outcomes, row: int) -> Urgency:
    verdict, reason = outcomes.verdict_of(row), outcomes.reason_of(row)
    if outcomes.rule[row] >= 0 and reason is Reason.OPEN_LATE:
        return Urgency.BREACHED
    if outcomes.rule[row] >= 0 and verdict is ItemVerdict.PENDING:
        return Urgency.IN_TIME
    raise ValueError(f"{outcomes.id_of(row)} is not open under a limit: {verdict}, {reason}")


def _risky(outcomes: Outcomes, as_of: int, left: Fraction, within: int | None) -> Mask:
    # Few limits, many items: each one's part is taken once, as an exact fraction.
    wholes, which = np.unique(use.allotted(outcomes), return_inverse=True)
    parts = np.asarray([int(whole * left) for whole in wholes.tolist()], dtype=np.int64)
    risky = use.left(outcomes) <= parts[which]
    if within is not None:
        risky |= outcomes.due <= as_of + within
    return np.asarray(risky)


def _sorted(rows: Rows, first: NDArray[np.int64], then: NDArray[np.int64]) -> Rows:
    """Return rows by the first column, then the second, then as they stand."""
    return rows[np.lexsort((then, first))]
