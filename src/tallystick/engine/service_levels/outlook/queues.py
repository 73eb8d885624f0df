"""Outcomes -> the open items that are at risk or overdue now, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    REASONS,
    ItemVerdict,
    Outcomes,
    Reason,
)
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
    exceeded. `due` is the instant at which nothing is, or was, left if the clock runs on; None
    if the calendar has no such instant. `used` is the exact part of the limit that is gone.
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
    rows = np.flatnonzero(
        _is(outcomes, ItemVerdict.PENDING) & _risky(outcomes, as_of, left, within)
    )
    return _sorted(rows, outcomes.due[rows], _left(outcomes)[rows])


def breached(outcomes: Outcomes) -> Rows:
    """Return the rows of open items beyond their limit, those furthest beyond at the top."""
    late = outcomes.reason == REASONS.index(Reason.OPEN_LATE)
    rows = np.flatnonzero(late & _is(outcomes, ItemVerdict.MISSED))
    return _sorted(rows, _left(outcomes)[rows], outcomes.due[rows])


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
    return [_live(outcomes, int(row), as_of, left, within) for row in rows]


def _live(outcomes: Outcomes, row: int, as_of: int, left: Fraction, within: int | None) -> Live:
    verdict, reason = outcomes.verdict_of(row), outcomes.reason_of(row)
    if verdict is not ItemVerdict.PENDING and reason is not Reason.OPEN_LATE:
        raise ValueError(f"{outcomes.id_of(row)} is not open: {verdict}, {reason}")
    limit, counted = int(outcomes.limit[row]), int(outcomes.counted[row])
    due = int(outcomes.due[row])
    soon = within is not None and due <= as_of + within
    late, risky = counted > limit, limit - counted <= limit * left or soon
    return Live(
        id=outcomes.id_of(row),
        opened=int(outcomes.opened[row]),
        due=None if due == FOREVER else due,
        limit=limit,
        counted=counted,
        left=limit - counted,
        used=Fraction(counted, limit),
        urgency=Urgency.BREACHED if late else Urgency.AT_RISK if risky else Urgency.IN_TIME,
    )


def _risky(outcomes: Outcomes, as_of: int, left: Fraction, within: int | None) -> Mask:
    # Few limits, many items: each limit's part is taken once, as an exact fraction.
    limits, which = np.unique(outcomes.limit, return_inverse=True)
    parts = np.asarray([int(limit * left) for limit in limits.tolist()], dtype=np.int64)
    risky = _left(outcomes) <= parts[which]
    if within is not None:
        risky |= outcomes.due <= as_of + within
    return np.asarray(risky)


def _left(outcomes: Outcomes) -> NDArray[np.int64]:
    return np.asarray(outcomes.limit - outcomes.counted, dtype=np.int64)


def _is(outcomes: Outcomes, verdict: ItemVerdict) -> Mask:
    return np.asarray(outcomes.verdict == ITEM_VERDICTS.index(verdict))


def _sorted(rows: Rows, first: NDArray[np.int64], then: NDArray[np.int64]) -> Rows:
    """Return rows by the first column, then the second, then as they stand."""
    return rows[np.lexsort((then, first))]
