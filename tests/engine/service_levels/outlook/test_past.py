"""What outcomes of earlier windows teach, against the cases worked by hand and their laws."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.jeffreys import Experience
from tallystick.engine.service_levels.outlook.past import (
    Past,
    further_items,
    past_of,
    so_far,
    used_by_pending,
    worth_of,
)
from tallystick.engine.service_levels.windows import Window, windows_of
from tests.engine.service_levels.builders import (
    a_level_document,
    an_agreement,
    at,
    histories,
    some_outcomes,
)
from tests.engine.service_levels.outlook.cases import each_case_of, spelled
from tests.engine.service_levels.outlook.strategies import experiences

AGREEMENT = an_agreement(
    in_force={"from": "2012-01-01", "until": "2012-04-01"},
    service_levels=[a_level_document(targets=[{"limit": "4h"}])],
)
WINDOWS: tuple[Window, ...] = windows_of(AGREEMENT)
MID_MARCH = at("2012-03-16T12:00+01:00")


def opened(day: str, hours: int, state: str = "resolved") -> list[tuple[int, str]]:
    """Return an item opened at nine in winter, and what became of it hours later."""
    nine = at(f"{day}T09:00+01:00")
    return [(nine, "new"), (nine + 3600 * hours, state)]


def measured() -> Outcomes:
    """Return three months of items, as they stand at noon of 16 March."""
    items = {
        "january-early": opened("2012-01-10", 1),
        "january-late": opened("2012-01-24", 2),
        "february-missed": opened("2012-02-06", 6),
        "february-late": opened("2012-02-27", 3),
        "february-end": opened("2012-02-28", 4),
        "cancelled": opened("2012-02-28", 1, "cancelled"),
        "march": opened("2012-03-05", 1),
        "open": opened("2012-03-16", 0, "in-progress"),
    }
    return measure(histories(items), AGREEMENT.service_levels[0], AGREEMENT, MID_MARCH)


def past_in(case: dict[str, Any]) -> Past:
    """Return the past that a case tells."""
    if "kept_used" in case:
        used = np.asarray(case["kept_used"])
        return Past(Experience(len(used), case.get("missed", 0)), used)
    return Past(Experience(case.get("kept", 0), case.get("missed", 0)))


@each_case_of("chances")
def test_the_chance_of_an_open_item_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    got = past_in(case).chances(case["used"])

    assert [f"{chance:.3f}" for chance in got] == case["gives"]


@each_case_of("worth")
def test_the_worth_of_earlier_windows_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    got = worth_of([Experience(kept, missed) for kept, missed in case["windows"]])

    assert spelled(got, case["gives"]) == case["gives"]


def test_a_past_that_is_worth_less_keeps_its_proportion() -> None:
    past = Past(Experience(14, 6), worth=Fraction(10))

    got = past.with_more(Experience(2, 1))

    assert got == Experience(9, 4)


def test_the_past_is_what_was_decided_in_earlier_windows() -> None:
    got = past_of(measured(), window=2)

    assert got.experience == Experience(kept=4, missed=1)
    assert got.used is not None
    assert got.used.tolist() == [0.25, 0.5, 0.75, 1.0]


def test_the_past_goes_back_no_further_than_asked() -> None:
    assert past_of(measured(), window=2, last=1).experience == Experience(kept=2, missed=1)


def test_this_window_is_told_apart_from_the_past() -> None:
    assert so_far(measured(), window=2) == Experience(kept=1, missed=0)


def test_open_items_tell_how_much_of_their_limit_is_gone() -> None:
    assert used_by_pending(measured(), window=2).tolist() == [0.75]


def test_what_counts_without_a_clock_tells_no_used_shares() -> None:
    verdicts = [ItemVerdict.MET, ItemVerdict.MISSED, ItemVerdict.PENDING]
    outcomes = some_outcomes(
        ["good", "not-good", "open"],
        rule=np.full(3, -1),
        verdict=np.asarray([ITEM_VERDICTS.index(verdict) for verdict in verdicts]),
        window=np.asarray([0, 0, 1]),
        last_window=np.asarray([0, 0, 1]),
    )

    got = past_of(outcomes, window=1)

    assert (got.experience, got.used) == (Experience(1, 1), None)
    assert got.chances(used_by_pending(outcomes, window=1)).tolist() == [0.5]


def test_what_is_carried_forward_counts_in_each_of_its_windows() -> None:
    carried = some_outcomes(
        ["late"],
        verdict=np.asarray([ITEM_VERDICTS.index(ItemVerdict.MISSED)]),
        window=np.asarray([0]),
        last_window=np.asarray([2]),
    )

    assert so_far(carried, window=1) == Experience(0, 1)
    assert past_of(carried, window=2).experience == Experience(0, 2)


def test_items_to_come_are_those_opened_later_in_earlier_windows() -> None:
    got = further_items(measured(), WINDOWS, 2, MID_MARCH)

    assert got == (1, 2)


def test_the_first_window_has_no_items_to_expect() -> None:
    assert further_items(measured(), WINDOWS, 0, WINDOWS[0].start) == ()


@pytest.mark.parametrize(
    ("used", "problem"), [([0.5], "one used share for each"), ([0.6, 0.5], "ascending")]
)
def test_a_past_that_contradicts_itself_cannot_be_built(used: list[float], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Past(Experience(2, 0), np.asarray(used))


@pytest.mark.parametrize("used", [-0.1, 1.1, float("nan")])
def test_an_item_beyond_its_limit_is_not_open(used: float) -> None:
    with pytest.raises(ValueError, match="0 to 1 of its limit"):
        Past().chances([used])


@settings(deadline=None)
@given(st.lists(experiences(), max_size=12))
def test_windows_are_worth_nothing_to_everything(windows: list[Experience]) -> None:
    got = worth_of(windows)

    assert got is None or got >= 0


@settings(deadline=None)
@given(experiences(), st.integers(2, 12))
def test_windows_that_are_alike_are_worth_all_they_have(window: Experience, times: int) -> None:
    assert worth_of([window] * times) is None


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=30), st.integers(0, 20), st.floats(0, 1), st.floats(0, 1))
def test_an_item_that_has_used_more_is_never_likelier_kept(
    kept_used: list[float], missed: int, one: float, other: float
) -> None:
    less, more = sorted([one, other])
    curve = Past(Experience(len(kept_used), missed), np.sort(kept_used))
    counts_alone = Past(Experience(len(kept_used), missed))

    for past in (curve, counts_alone):
        fresher, older = past.chances([less, more])
        assert 0 <= older <= fresher <= 1
