"""How the figures of items are spread: bars that add up, and percentiles by nearest rank."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.spread import Measured, Spread, nearest, spread_of
from tallystick.engine.service_levels.terms import ServiceLevel
from tests.engine.service_levels.builders import a_level_document, an_agreement, some_outcomes

HOUR = 3600


def a_level(**changes: Any) -> ServiceLevel:
    """Return a resolution level of eight hours, but for what changes."""
    return an_agreement(service_levels=[a_level_document(**changes)]).service_levels[0]


def outcomes_of(counted: list[int], limit: int = 8 * HOUR, **columns: Any) -> Outcomes:
    """Return decided items by their working seconds."""
    seconds = np.asarray(counted, dtype=np.int64)
    late = seconds > limit
    codes = [ITEM_VERDICTS.index(v) for v in (ItemVerdict.MET, ItemVerdict.MISSED)]
    usual = {
        "counted": seconds,
        "limit": np.full(len(seconds), limit),
        "over": seconds - limit,
        "verdict": np.where(late, codes[1], codes[0]).astype(np.int8),
    }
    return some_outcomes([f"T{n}" for n in range(len(seconds))], **usual | columns)


def spread(counted: list[int], **level: Any) -> Spread:
    """Return the spread of items that are there."""
    found = spread_of(a_level(**level), outcomes_of(counted))
    assert found is not None
    return found


def test_the_percentiles_are_nearest_ranks() -> None:
    hours = spread([hour * HOUR for hour in range(1, 11)]).percentiles

    assert hours == (
        (Fraction(1, 2), Fraction(5 * HOUR)),
        (Fraction(9, 10), Fraction(9 * HOUR)),
        (Fraction(95, 100), Fraction(10 * HOUR)),
    )


def test_exactly_at_the_limit_is_not_beyond_it() -> None:
    found = spread([8 * HOUR, 8 * HOUR + 1])

    assert (found.mark, found.beyond) == (Fraction(8 * HOUR), 1)


def test_several_limits_are_shown_as_parts_of_each() -> None:
    outcomes = outcomes_of([HOUR, 5 * HOUR], limit=4 * HOUR)
    outcomes.limit[1] = 10 * HOUR
    outcomes.over[1] = -5 * HOUR

    found = spread_of(a_level(), outcomes)

    assert found is not None
    assert found.measured is Measured.LIMIT
    assert [value for _, value in found.percentiles] == [
        Fraction(1, 4), Fraction(1, 2), Fraction(1, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("measure", ["volume", "backlog"])
def test_what_only_counts_items_has_no_spread(measure: str) -> None:
    level = a_level(measure=measure, targets=[], target="<= 500")

    assert spread_of(level, outcomes_of([HOUR])) is None


def test_nothing_decided_has_no_spread() -> None:
    assert spread_of(a_level(), outcomes_of([])) is None


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=80))
def test_the_bars_touch_and_hold_every_item(counted: list[int]) -> None:
    found = spread(counted)

    assert sum(bar.count for bar in found.bars) == found.count == len(counted)
    assert all(a.until == b.since for a, b in zip(found.bars, found.bars[1:], strict=False))
    assert found.bars[0].since == 0
    assert len(found.bars) <= 25
    mark = found.mark
    assert found.bars[-1].until is None or found.bars[-1].until > mark
    assert found.beyond == sum(seconds > mark for seconds in counted)


@given(st.lists(st.integers(1, 1000), min_size=1), st.fractions(Fraction(1, 100), 1))
def test_a_share_of_the_figures_does_not_exceed_its_rank(
    figures: list[int], rank: Fraction
) -> None:
    ordered = np.sort(np.asarray(figures))

    found = nearest(ordered, rank)

    assert (ordered <= found).mean() >= float(rank) - 1e-12
    assert (ordered < found).mean() < float(rank) + 1e-12
