"""The working of one item: every interval, and why it counts or not."""

from dataclasses import replace

import pytest

from tallystick.engine.service_levels.working import UnknownItem, Working, show_working
from tallystick.engine.values import moment
from tests.engine.service_levels.builders import (
    a_level_document,
    an_agreement,
    at,
    coded,
    histories,
)

CALENDARS = {"office": {"hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2012-03-05"]}}


def the_working(changes: list[tuple[str, str]], as_of: str, **level: object) -> Working:
    """Return the working of an item; times are of Madrid in winter."""
    agreement = an_agreement(calendars=CALENDARS, service_levels=[a_level_document(**level)])
    spans = histories({"it": [(at(f"{text}+01:00"), state) for text, state in changes]})
    only = agreement.service_levels[0]
    return show_working(spans, "it", only, agreement, at(f"{as_of}+01:00"))


def lines(working: Working) -> list[str]:
    """Return each interval as kind, state and UTC hours."""
    return [
        f"{i.kind} {i.state} {moment(i.since):%d %H:%M}-{moment(i.until):%d %H:%M}"
        for i in working.intervals
    ]


def test_nights_weekends_and_holidays_are_told_apart() -> None:
    got = the_working([("2012-03-02T16:00", "new")], as_of="2012-03-06T10:00")

    assert lines(got) == [
        "counted new 02 15:00-02 16:00",
        "out-of-hours new 02 16:00-05 08:00",
        "holiday new 05 08:00-05 16:00",
        "out-of-hours new 05 16:00-06 08:00",
        "counted new 06 08:00-06 09:00",
    ]


def test_a_stretch_out_of_hours_says_so_whatever_the_clock_does() -> None:
    changes = [("2012-03-06T15:00", "on-hold")]

    got = the_working(changes, as_of="2012-03-06T18:00")

    assert [interval.why for interval in got.intervals] == [
        "The clock pauses while the item is on-hold.",
        "Outside the hours of the calendar.",
    ]


def test_a_hold_is_paused_within_hours_and_out_of_hours_beyond() -> None:
    changes = [("2012-03-06T15:00", "new"), ("2012-03-06T16:00", "on-hold")]

    got = the_working(changes, as_of="2012-03-06T18:00")

    assert lines(got) == [
        "counted new 06 14:00-06 15:00",
        "paused on-hold 06 15:00-06 16:00",
        "out-of-hours on-hold 06 16:00-06 17:00",
    ]


def test_the_gap_before_a_reopening_and_the_time_after_the_end_are_stopped() -> None:
    changes = [
        ("2012-03-06T09:00", "new"),
        ("2012-03-06T10:00", "resolved"),
        ("2012-03-06T11:00", "in-progress"),
        ("2012-03-06T12:00", "closed"),
    ]

    got = the_working(changes, as_of="2012-03-06T13:00")

    assert [(i.kind, i.why) for i in got.intervals] == [
        ("counted", "The clock runs while the item is new."),
        ("stopped", "The clock stood still: resolved, and reopened later."),
        ("counted", "The clock runs while the item is in-progress."),
        ("stopped", "The clock had stopped for good; the item was closed."),
    ]


def test_a_state_that_lasted_no_second_is_shown() -> None:
    changes = [("2012-03-06T09:00", "new"), ("2012-03-06T09:00", "on-hold")]

    got = the_working(changes, as_of="2012-03-06T10:00")

    assert [(i.kind, i.seconds) for i in got.intervals] == [("counted", 0), ("paused", 3600)]
    assert got.intervals[0].why.endswith("The next change came in the same second.")


def test_each_interval_names_the_line_it_came_from() -> None:
    changes = [("2012-03-06T16:00", "new"), ("2012-03-06T18:00", "on-hold")]

    got = the_working(changes, as_of="2012-03-06T19:00")

    assert [i.line for i in got.intervals] == [2, 2, 3]


def test_a_holiday_is_named_by_its_date() -> None:
    got = the_working([("2012-03-05T09:00", "new")], as_of="2012-03-05T10:00")

    assert [i.why for i in got.intervals] == ["2012-03-05 is a holiday of the calendar."]


@pytest.mark.parametrize(
    ("item", "as_of"), [("other", "2012-03-09T00:00Z"), ("it", "2012-03-01T00:00Z")]
)
def test_an_item_that_is_not_there_is_refused(item: str, as_of: str) -> None:
    agreement = an_agreement()
    spans = histories({"it": [(at("2012-03-05T09:00Z"), "new")]})

    with pytest.raises(UnknownItem) as refused:
        show_working(spans, item, agreement.service_levels[0], agreement, at(as_of))

    assert (refused.value.code, refused.value.place) == ("working.unknown-item", item)


def test_each_interval_names_the_line_and_the_file_of_its_change() -> None:
    agreement = an_agreement(calendars=CALENDARS, service_levels=[a_level_document()])
    changes = [(at("2012-03-01T10:00+01:00"), "new"), (at("2012-03-01T11:00+01:00"), "on-hold")]
    spans = replace(histories({"it": changes}), origin=coded(["sha256:1", "sha256:2"]))
    only = agreement.service_levels[0]

    got = show_working(spans, "it", only, agreement, at("2012-03-01T12:00+01:00"))

    told = [(interval.state, interval.line, interval.origin) for interval in got.intervals]
    assert told == [("new", 2, "sha256:1"), ("on-hold", 3, "sha256:2")]


def test_a_history_without_files_makes_intervals_without() -> None:
    got = the_working([("2012-03-02T16:00", "new")], as_of="2012-03-02T17:00")

    assert [interval.origin for interval in got.intervals] == [""]
