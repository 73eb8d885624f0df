"""Figures of how well two organisations talk and decide, worked by hand."""

from datetime import date
from fractions import Fraction

from tallystick.engine.governance.figures import (
    Asked,
    Given,
    Met,
    Rate,
    ages_by_day,
    figures_of,
    open_age,
)
from tallystick.engine.governance.working_days import working_days

TODAY = date(2026, 7, 6)  # a Monday


def test_of_meetings_due_so_many_were_held_and_had_their_quorum() -> None:
    meetings = [
        Met(date(2025, 12, 1), True, True, True),  # longer ago than half a year
        Met(date(2026, 4, 6), True, True, False),
        Met(date(2026, 5, 4), True, None, None),
        Met(date(2026, 6, 1), False),
        Met(date(2026, 7, 6), False),  # today: may still be held
        Met(date(2026, 8, 3), False),
    ]

    figures = figures_of(meetings, [], [], TODAY)

    assert figures.held == Rate(2, 3)
    assert (figures.client_quorum, figures.provider_quorum) == (Rate(1, 1), Rate(0, 1))


def test_latency_counts_working_days_without_weekends_and_holidays() -> None:
    questions = [
        Asked(date(2026, 6, 1), date(2026, 6, 3)),  # 2
        Asked(date(2026, 6, 5), date(2026, 6, 8)),  # Friday to Monday: 1
        Asked(date(2026, 6, 8), date(2026, 6, 15)),  # 5, one of them a holiday: 4
        Asked(date(2026, 6, 22)),
    ]

    figures = figures_of([], questions, [], TODAY, frozenset({date(2026, 6, 11)}))

    assert figures.latency == 2
    assert (figures.waiting, figures.longest_wait) == (1, 10)


def test_an_even_number_of_decisions_has_its_median_between_them() -> None:
    questions = [Asked(date(2026, 6, 1), date(2026, 6, 2)), Asked(date(2026, 6, 1), TODAY)]

    assert figures_of([], questions, [], TODAY).latency == Fraction(26, 2)


def test_actions_age_while_they_are_open() -> None:
    actions = [
        Given(date(2026, 6, 6), date(2026, 7, 10)),  # open for 30 days
        Given(date(2026, 6, 26), date(2026, 7, 5)),  # open for 10, overdue
        Given(date(2026, 5, 1), date(2026, 6, 1), date(2026, 6, 20)),  # done, late
        Given(date(2024, 5, 1), date(2024, 6, 1), date(2024, 6, 2)),  # long ago
    ]

    figures = figures_of([], [], actions, TODAY)

    assert (figures.open_actions, figures.open_age) == (2, 20)
    assert figures.overdue == Rate(1, 2)


def test_without_anything_no_share_is_formed() -> None:
    figures = figures_of([], [], [], TODAY)

    assert figures.held.share is None
    assert (figures.latency, figures.open_age, figures.longest_wait) == (None, None, 0)


def test_working_days_never_fall_below_none() -> None:
    assert working_days(TODAY, date(2026, 1, 1)) == 0


def test_open_actions_age_by_the_day_until_they_are_done() -> None:
    actions = [
        Given(date(2026, 7, 1), date(2026, 7, 3), date(2026, 7, 4)),
        Given(date(2026, 7, 3), date(2026, 7, 9)),
    ]

    ages = ages_by_day(actions, date(2026, 6, 30), date(2026, 7, 5))

    # Nothing is open, the first alone (0, 1), both (2 and 0), then the second alone (1, 2).
    assert list(ages.values()) == [0, 0, 1, 1, 1, 2]
    assert list(ages) == [date(2026, 6, 30), *(date(2026, 7, day) for day in range(1, 6))]
    assert open_age(actions, date(2026, 6, 30)) is None
