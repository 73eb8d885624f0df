"""What became of each unit, and why: the first reason that applies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.known import Mask
from tallystick.engine.service_levels.kernel.limits import NO_RULE, Rules
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    REASONS,
    ItemVerdict,
    Reason,
)

Judgement = tuple[NDArray[np.int8], NDArray[np.int8]]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is known of each unit before it is judged."""

    rule: Rules
    relieved: Mask
    cancelled: Mask
    has_clock: Mask
    unreadable: Mask
    reopened_fails: Mask
    late: Mask
    done: Mask


def timed(facts: Facts) -> Judgement:
    """Judge units by their limit or due instant."""
    return _first_that_applies(
        facts,
        [
            (facts.unreadable, ItemVerdict.EXCLUDED, Reason.NO_DUE_DATE),
            (facts.reopened_fails, ItemVerdict.MISSED, Reason.REOPENED),
            (facts.done & ~facts.late, ItemVerdict.MET, Reason.DONE_IN_TIME),
            (facts.done, ItemVerdict.MISSED, Reason.DONE_LATE),
            (facts.late, ItemVerdict.MISSED, Reason.OPEN_LATE),
        ],
        (ItemVerdict.PENDING, Reason.OPEN_IN_TIME),
    )


def counted(facts: Facts, without_value: Mask, waits: Mask) -> Judgement:
    """Count units that no limit judges; those that `waits` marks are pending."""
    return _first_that_applies(
        facts,
        [
            (waits, ItemVerdict.PENDING, Reason.STILL_OPEN),
            (without_value, ItemVerdict.EXCLUDED, Reason.NO_VALUE),
        ],
        (ItemVerdict.COUNTED, Reason.COUNTED),
    )


def good_or_not(facts: Facts, good: Mask, waits: Mask) -> Judgement:
    """Judge units by whether they are good; those that `waits` marks are pending."""
    return _first_that_applies(
        facts,
        [
            (waits, ItemVerdict.PENDING, Reason.STILL_OPEN),
            (good, ItemVerdict.MET, Reason.GOOD),
        ],
        (ItemVerdict.MISSED, Reason.NOT_GOOD),
    )


def _first_that_applies(
    facts: Facts,
    cases: list[tuple[Mask, ItemVerdict, Reason]],
    otherwise: tuple[ItemVerdict, Reason],
) -> Judgement:
    out = ItemVerdict.EXCLUDED
    every = [
        (facts.rule == NO_RULE, out, Reason.NO_LIMIT),
        (facts.relieved, out, Reason.RELIEVED),
        (facts.cancelled, out, Reason.CANCELLED),
        (~facts.has_clock, out, Reason.NEVER_STARTED),
        *cases,
    ]
    case = np.full(len(facts.rule), len(every), dtype=np.int8)
    for number in reversed(range(len(every))):
        # Most cases apply to nothing, which is seen sooner than nothing is copied.
        if (applies := every[number][0]).any():
            np.copyto(case, number, where=applies)
    judged = [(verdict, reason) for _, verdict, reason in every] + [otherwise]
    verdicts = np.asarray([ITEM_VERDICTS.index(verdict) for verdict, _ in judged], np.int8)
    reasons = np.asarray([REASONS.index(reason) for _, reason in judged], np.int8)
    return verdicts[case], reasons[case]
