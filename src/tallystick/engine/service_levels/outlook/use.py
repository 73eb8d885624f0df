"""Outcomes -> how much of its limit each item has used, and how much is left."""

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict, Outcomes

Mask = NDArray[np.bool_]
Seconds = NDArray[np.int64]


def are(outcomes: Outcomes, verdict: ItemVerdict) -> Mask:
    """Return which rows have a verdict."""
    return np.asarray(outcomes.verdict == ITEM_VERDICTS.index(verdict))


def are_timed(outcomes: Outcomes) -> Mask:
    """Return which rows have a limit, or a due instant that is stated."""
    return np.asarray(outcomes.rule >= 0)


def left(outcomes: Outcomes) -> Seconds:
    """Return the seconds that each timed row has left; negative beyond its limit."""
    return np.asarray(-outcomes.over, dtype=np.int64)


def allotted(outcomes: Outcomes) -> Seconds:
    """
    Return the seconds that each timed row has in all, at least one.

    Its limit in working time or, where a due instant is stated, the time from its opening to it.
    """
    until_due = np.maximum(outcomes.due - outcomes.opened, 1)
    return np.where(outcomes.limit > 0, outcomes.limit, until_due)


def used(outcomes: Outcomes) -> NDArray[np.float64]:
    """Return which share of what it is allotted each row has used; 0 where nothing is timed."""
    whole = allotted(outcomes)
    shares = np.maximum(whole + outcomes.over, 0) / whole
    return np.asarray(np.where(are_timed(outcomes), shares, 0.0), dtype=np.float64)
