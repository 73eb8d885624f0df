"""When two teams are at work together, through clock changes, nights and holidays."""

from datetime import date, time
from fractions import Fraction

import pytest

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring import Overlap, WorkingDay, clashes, overlap

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
MADRID = WorkingDay("Europe/Madrid", time(9), time(18))


def test_clock_changes_on_different_days_move_the_overlap_within_a_year() -> None:
    new_york = WorkingDay("America/New_York", time(9), time(17))

    found = overlap(MADRID, new_york, FIRST, LAST)

    # 09:00 in New York is 15:00 in Madrid, but 14:00 from 14 to 28 March and in the last week of
    # October, when only one of the two has changed its clocks.
    assert found == Overlap(Fraction(3), Fraction(3), Fraction(4), 261)


def test_a_zone_without_summer_time_overlaps_more_or_less_by_season() -> None:
    kolkata = WorkingDay("Asia/Kolkata", time(9, 30), time(18, 30))

    found = overlap(MADRID, kolkata, FIRST, LAST)

    # 18:30 in Kolkata is 14:00 in Madrid in winter and 15:00 in summer.
    assert found is not None
    assert (found.least, found.most) == (5, 6)


def test_a_night_shift_reaches_into_the_next_day() -> None:
    night = WorkingDay("Asia/Manila", time(22), time(7))

    found = overlap(WorkingDay("America/New_York", time(9), time(17)), night, FIRST, FIRST)

    # 09:00 to 17:00 in New York is 22:00 to 06:00 in Manila in winter.
    assert found == Overlap(Fraction(8), Fraction(8), Fraction(8), 1)


def test_a_team_far_to_the_east_has_begun_its_next_day() -> None:
    sydney = WorkingDay("Australia/Sydney", time(9), time(17))
    honolulu = WorkingDay("Pacific/Honolulu", time(9), time(17))

    found = overlap(honolulu, sydney, date(2027, 6, 7), date(2027, 6, 7))

    # Monday from 13:00 on in Honolulu is Tuesday from 09:00 on in Sydney.
    assert found == Overlap(Fraction(4), Fraction(4), Fraction(4), 1)


def test_teams_that_never_work_on_the_same_date_have_no_overlap() -> None:
    weekend = WorkingDay("Europe/Madrid", time(9), time(18), weekdays={5, 6})

    assert overlap(MADRID, weekend, FIRST, LAST) is None


def test_a_holiday_of_one_team_makes_the_other_wait() -> None:
    ours = {date(2027, 1, 6), date(2027, 12, 25), date(2027, 1, 1)}
    theirs = {date(2027, 1, 1), date(2027, 1, 26), date(2026, 1, 26)}

    found = clashes(ours, theirs, FIRST, LAST)

    assert found.only_ours == (date(2027, 1, 6),)  # 25 December is a Saturday
    assert found.only_theirs == (date(2027, 1, 26),)
    assert found.both == (date(2027, 1, 1),)
    assert found.days == 2


@pytest.mark.parametrize(
    ("zone", "ends", "code"),
    [
        ("Mars/Olympus", time(17), "overlap.working-day-refused"),
        ("", time(17), "overlap.working-day-refused"),
        ("../etc/passwd", time(17), "overlap.working-day-refused"),
        ("Europe/Madrid", time(9), "overlap.working-day-refused"),
    ],
)
def test_a_working_day_without_zone_or_length_is_refused(zone: str, ends: time, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        WorkingDay(zone, time(9), ends)

    assert caught.value.code == code


@pytest.mark.parametrize("last", [date(2026, 12, 31), date(2038, 1, 1)])
def test_a_range_that_is_none_or_too_long_is_refused(last: date) -> None:
    with pytest.raises(Refusal) as caught:
        overlap(MADRID, MADRID, FIRST, last)

    assert caught.value.code == "overlap.range-refused"
