"""Contingency plans: tests that are due, the clock of a recovery, early-warning indicators."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import (
    Comparison,
    SignRead,
    SignState,
    Step,
    WarningSign,
    read_sign,
    recovery,
    rehearsal,
)

TODAY = date(2027, 6, 30)
NINE = datetime(2027, 6, 30, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """Return so many minutes after nine."""
    return NINE + timedelta(minutes=minutes)


def day(number: int) -> date:
    """Return a day of June."""
    return date(2027, 6, number)


@pytest.mark.parametrize(
    ("tested", "due", "late"),
    [
        (date(2026, 6, 30), False, 0),
        (date(2026, 6, 29), True, 1),
        (date(2025, 6, 29), True, 366),
        (TODAY, False, 0),
    ],
)
def test_a_test_holds_for_a_year(tested: date, due: bool, late: int) -> None:
    found = rehearsal(written_on=date(2020, 1, 1), tested_on=tested, as_of=TODAY)

    assert (found.tested, found.due, found.days_late) == (True, due, late)
    assert found.due_on == tested + timedelta(days=365)


def test_a_plan_that_was_never_tested_counts_from_its_writing() -> None:
    found = rehearsal(written_on=date(2027, 1, 1), tested_on=None, as_of=TODAY)

    assert (found.tested, found.due, found.due_on) == (False, False, date(2028, 1, 1))


def test_a_test_that_is_still_to_come_is_none() -> None:
    found = rehearsal(written_on=date(2026, 1, 1), tested_on=date(2027, 7, 1), as_of=TODAY)

    assert (found.tested, found.due) == (False, True)


def test_a_plan_without_any_day_is_due_at_once() -> None:
    found = rehearsal(written_on=None, tested_on=None, as_of=TODAY)

    assert (found.due, found.due_on, found.days_late) == (True, None, 0)


def test_a_plan_at_the_end_of_the_calendar_breaks_nothing() -> None:
    found = rehearsal(written_on=None, tested_on=date.max, as_of=date.max)

    assert (found.due, found.due_on) == (False, date.max)


def test_a_recovery_that_goes_as_planned_ends_when_planned() -> None:
    steps = [Step("call", 10, at(10)), Step("switch", 30), Step("check", 20)]

    found = recovery(steps, started_at=NINE, objective=90, as_of=at(25))

    assert (found.done, found.elapsed, found.remaining) == (1, 25, 35)
    assert (found.ends_at, found.margin, found.in_time) == (at(60), 30, True)
    assert (found.late, found.finished) == ((), False)
    assert [each.planned_end for each in found.steps] == [at(10), at(40), at(60)]


def test_what_takes_longer_puts_off_the_end() -> None:
    steps = [Step("call", 10, at(40)), Step("switch", 30), Step("check", 20)]

    found = recovery(steps, started_at=NINE, objective=60, as_of=at(45))

    assert (found.ends_at, found.margin, found.in_time) == (at(90), -30, False)
    assert [each.step.name for each in found.late] == ["call", "switch"]


def test_a_step_that_overruns_takes_at_least_until_now() -> None:
    steps = [Step("call", 10, at(10)), Step("switch", 30), Step("check", 20)]

    found = recovery(steps, started_at=NINE, objective=90, as_of=at(75))

    assert (found.remaining, found.ends_at, found.margin) == (20, at(95), -5)


def test_a_finished_recovery_stands_as_it_ended() -> None:
    steps = [Step("call", 10, at(5)), Step("switch", 30, at(50.5))]

    found = recovery(steps, started_at=NINE, objective=60, as_of=at(500))

    assert (found.finished, found.elapsed, found.remaining) == (True, 51, 0)
    assert (found.ends_at, found.margin) == (at(50.5), 9)
    assert [each.late for each in found.steps] == [False, True]


def test_a_step_done_before_its_turn_is_no_longer_waited_for() -> None:
    steps = [Step("call", 10), Step("tell", 30, at(2)), Step("check", 20)]

    found = recovery(steps, started_at=NINE, objective=60, as_of=at(4))

    assert (found.done, found.ends_at) == (1, at(32))


@given(
    minutes=st.lists(st.integers(0, 100), min_size=1, max_size=6),
    done=st.integers(1, 6),
    after=st.integers(0, 600),
)
def test_no_recovery_ends_before_now_or_before_what_is_left(
    minutes: list[int], done: int, after: int
) -> None:
    steps = [Step(f"s{n}", each, at(after) if n < done else None) for n, each in enumerate(minutes)]

    found = recovery(steps, started_at=NINE, objective=60, as_of=at(after))

    assert found.ends_at >= at(after)
    assert found.remaining == sum(minutes[done:])
    assert found.margin == 60 - after - found.remaining


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [Step("call", -1)]}, "steps[0].minutes"),
        ({"objective": -1}, "objective"),
        ({"objective": 10**9}, "objective"),
        ({"started_at": datetime(2027, 6, 30, 9)}, "started_at"),  # noqa: DTZ001
        ({"steps": [Step("call", 1, at(-1))]}, "steps[0].done_at"),
        ({"steps": [Step("call", 1, at(61))]}, "steps[0].done_at"),
        ({"as_of": at(-1)}, "as_of"),
    ],
)
def test_a_clock_that_runs_backwards_is_refused(wrong: dict[str, Any], place: str) -> None:
    given = {"steps": [Step("call", 1)], "started_at": NINE, "objective": 60, "as_of": at(60)}

    with pytest.raises(Refusal) as caught:
        recovery(**{**given, **wrong})

    assert (caught.value.code, caught.value.place) == ("risk.recovery-refused", place)


TURNOVER = WarningSign(Comparison.ABOVE, Decimal("0.25"), consecutive=2)


def turnover(*values: str) -> list[tuple[date, Decimal]]:
    """Return a value for each day from the first of June on."""
    return [(day(number), Decimal(value)) for number, value in enumerate(values, 1)]


def test_an_indicator_trips_with_the_value_that_makes_the_row_long_enough() -> None:
    found = read_sign(TURNOVER, turnover("0.1", "0.3", "0.26", "0.4"), as_of=TODAY)

    assert found == SignRead(SignState.TRIPPED, day(3), 3, day(4))


def test_one_good_value_arms_it_again() -> None:
    found = read_sign(TURNOVER, turnover("0.3", "0.3", "0.25", "0.3"), as_of=TODAY)

    assert found == SignRead(SignState.ARMED, None, 1, day(4))


def test_without_a_value_nothing_is_known() -> None:
    assert read_sign(TURNOVER, [], as_of=TODAY) == SignRead(SignState.NO_DATA)


def test_values_in_any_order_count_by_their_days_and_later_ones_not_yet() -> None:
    values = turnover("0.3", "0.3", "0.1")[::-1]

    assert read_sign(TURNOVER, values, as_of=day(2)).state is SignState.TRIPPED
    assert read_sign(TURNOVER, values, as_of=day(3)).state is SignState.ARMED
    assert read_sign(TURNOVER, values, as_of=date(2027, 5, 31)).state is SignState.NO_DATA


@pytest.mark.parametrize(
    ("comparison", "warning"),
    [
        (Comparison.ABOVE, [6]),
        (Comparison.AT_LEAST, [5, 6]),
        (Comparison.BELOW, [4]),
        (Comparison.AT_MOST, [4, 5]),
    ],
)
def test_each_comparison_says_on_which_side_a_value_warns(
    comparison: Comparison, warning: list[int]
) -> None:
    sign = WarningSign(comparison, 5)

    tripped = [
        value
        for value in (4, 5, 6)
        if read_sign(sign, [(day(1), value)], as_of=TODAY).state is SignState.TRIPPED
    ]

    assert tripped == warning


def test_signs_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(Refusal, match="two values"):
        read_sign(TURNOVER, [(day(1), 1), (day(1), 2)], as_of=TODAY)
    with pytest.raises(Refusal, match="in a row"):
        WarningSign(Comparison.ABOVE, 1, consecutive=0)
    with pytest.raises(Refusal, match="threshold"):
        WarningSign(Comparison.ABOVE, Decimal("Infinity"))
    with pytest.raises(Refusal, match="2027-06-01"):
        read_sign(TURNOVER, turnover("NaN"), as_of=TODAY)
