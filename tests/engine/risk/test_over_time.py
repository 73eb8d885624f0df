"""Risks over time: the exposure that was open, and issues that nobody had foreseen."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import (
    Assessed,
    Happened,
    exposure_by_day,
    quarter_of,
    surprises,
)

FIRST, LAST = date(2027, 1, 1), date(2027, 1, 6)


def on(number: int) -> date:
    """Return a day of January."""
    return date(2027, 1, number)


def test_an_assessment_holds_until_the_next_one_or_until_it_is_closed() -> None:
    history = [
        Assessed("outage", on(2), 100),
        Assessed("leavers", date(2026, 1, 1), Decimal("50.5")),
        Assessed("outage", on(4), 30),
        Assessed("leavers", on(5), None),
        Assessed("later", on(9), 1),
    ]

    found = exposure_by_day(history, since=FIRST, until=LAST)

    assert [(each.on.day, float(each.expected), each.risks) for each in found] == [
        (1, 50.5, 1), (2, 150.5, 2), (3, 150.5, 2), (4, 80.5, 2), (5, 30.0, 1), (6, 30.0, 1),
    ]  # fmt: skip


def test_of_two_assessments_of_a_day_the_later_one_holds() -> None:
    history = [Assessed("outage", on(1), 100), Assessed("outage", on(1), 70)]

    (found,) = exposure_by_day(history, since=FIRST, until=FIRST)

    assert found.expected == 70


def test_a_risk_may_be_opened_again() -> None:
    history = [Assessed("r", on(1), 5), Assessed("r", on(2), None), Assessed("r", on(3), 7)]

    found = exposure_by_day(history, since=FIRST, until=on(3))

    assert [each.expected for each in found] == [5, 0, 7]


def test_without_history_nothing_was_open() -> None:
    found = exposure_by_day([], since=FIRST, until=LAST)

    assert {(each.expected, each.risks) for each in found} == {(Fraction(0), 0)}
    assert len(found) == 6


@given(
    st.lists(
        st.builds(
            Assessed,
            risk=st.sampled_from("abc"),
            on=st.integers(0, 12).map(lambda n: date(2026, 12, 28) + timedelta(days=n)),
            expected=st.none() | st.integers(0, 9),
        ),
        max_size=12,
    )
)
def test_each_day_is_the_sum_of_the_last_words_on_each_risk(history: list[Assessed]) -> None:
    found = exposure_by_day(history, since=FIRST, until=LAST)

    for each in found:
        known = sorted((one for one in history if one.on <= each.on), key=lambda one: one.on)
        last = {one.risk: one.expected for one in known}
        still = [value for value in last.values() if value is not None]
        assert (each.expected, each.risks) == (sum(still), len(still))


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2038, 1, 1)])
def test_a_span_that_cannot_be_shown_is_refused(until: date) -> None:
    with pytest.raises(Refusal) as caught:
        exposure_by_day([], since=FIRST, until=until)

    assert (caught.value.code, caught.value.place) == ("risk.span-refused", "until")


def test_an_exposure_below_nothing_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        Assessed("outage", FIRST, -1)

    assert caught.value.code == "risk.amount-out-of-range"


def test_an_issue_is_a_surprise_unless_a_risk_was_there_before_it() -> None:
    issues = [
        Happened("late", on(3), foreseen_on=None),
        Happened("seen", on(3), foreseen_on=on(2)),
        Happened("afterwards", on(3), foreseen_on=on(3)),
        Happened("other quarter", date(2027, 4, 1), foreseen_on=None),
    ]

    found = surprises(issues, since=FIRST, until=date(2027, 3, 31))

    assert (found.issues, found.surprises, found.share) == (
        3, ("afterwards", "late"), Fraction(2, 3),
    )  # fmt: skip


def test_a_quarter_without_issues_has_no_share() -> None:
    assert surprises([], since=FIRST, until=LAST).share is None


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2027, 1, 1), (1, 1), (3, 31)),
        (date(2027, 6, 30), (4, 1), (6, 30)),
        (date(2027, 8, 15), (7, 1), (9, 30)),
        (date(2027, 12, 31), (10, 1), (12, 31)),
    ],
)
def test_a_quarter_has_three_months(
    day: date, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert quarter_of(day) == (date(2027, *first), date(2027, *last))
