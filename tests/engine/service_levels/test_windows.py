"""Months as windows of instants, in the agreement's zone."""

from itertools import pairwise

import pytest

from tallystick.engine.service_levels.terms.periods import Period, WindowRule
from tallystick.engine.service_levels.windows import (
    Window,
    WindowRefused,
    first_of,
    read_window,
    windows_of,
)
from tests.engine.service_levels.builders import a_level_document, an_agreement, at


def test_a_month_begins_and_ends_at_local_midnight() -> None:
    march = read_window("2012-03", an_agreement())

    assert (march.start, march.end) == (at("2012-03-01T00:00+01:00"), at("2012-04-01T00:00+02:00"))


def test_the_windows_touch_and_cover_the_term() -> None:
    windows = windows_of(an_agreement(in_force={"from": "2012-01-15", "until": "2013-03-10"}))

    assert len(windows) == 15
    assert all(one.end == other.start for one, other in pairwise(windows))
    assert (windows[0].start, windows[-1].end) == (
        at("2012-01-15T00:00+01:00"),
        at("2013-03-10T00:00+01:00"),
    )


def test_a_month_whose_first_midnight_is_skipped_begins_as_the_clock_changes() -> None:
    # Asuncion went from 1 October 2017 00:00 straight to 01:00.
    agreement = an_agreement(
        zone="America/Asuncion", in_force={"from": "2017-01-01", "until": "2018-01-01"}
    )

    october = read_window("2017-10", agreement)

    assert october.start == at("2017-10-01T01:00-03:00")


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("2012-13", "window.unreadable", "Write it such as 2012-03."),
        ("March", "window.unreadable", "Write it such as 2012-03."),
        ("2013-01", "window.outside-term", "Choose a month from 2012-01 to 2012-12."),
    ],
)
def test_a_text_that_names_no_window_is_refused(text: str, code: str, remedy: str) -> None:
    with pytest.raises(WindowRefused) as refused:
        read_window(text, an_agreement())

    assert (refused.value.code, refused.value.place) == (code, "window")
    assert refused.value.remedy == remedy


def test_a_window_without_time_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="a window ends after it starts"):
        Window(1, 1, "2012-03")


def test_a_level_measured_by_week_names_its_windows_by_week() -> None:
    agreement = an_agreement(service_levels=[a_level_document(window="week")])

    found = read_window("2012-W10", agreement, agreement.service_levels[0])

    assert (found.start, found.end) == (at("2012-03-05T00:00+01:00"), at("2012-03-12T00:00+01:00"))


def test_a_month_names_no_window_of_a_level_measured_by_week() -> None:
    agreement = an_agreement(service_levels=[a_level_document(window="week")])

    with pytest.raises(WindowRefused) as refused:
        read_window("2012-03", agreement, agreement.service_levels[0])

    assert refused.value.message == "'2012-03' is not a week"
    assert refused.value.remedy == "Write it such as 2012-W10."


def test_a_window_outside_the_term_is_refused_with_the_version_in_question() -> None:
    with pytest.raises(WindowRefused) as refused:
        read_window("2013-01", an_agreement())

    assert refused.value.message == "helpdesk version 1 is not in force in 2013-01"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("2012-05", "2012-03"),
        ("2012-02", "2012-01"),
        ("2012-01", "2012-01"),
        ("2020-01", "2020-01"),
    ],
)
def test_a_rolling_window_begins_with_the_first_of_its_periods(name: str, first: str) -> None:
    assert first_of(name, WindowRule(Period.MONTH, 3), an_agreement()) == first
