"""When mail is due: paces, zones, the days on which clocks change, quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.mail_times import GAP, MailTimes, Pace

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    """Return an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "as_of", "slot"),
    [
        (MailTimes(hour=7), "2026-07-06T06:59", "2026-07-05T07:00"),
        (MailTimes(hour=7), "2026-07-06T07:00", "2026-07-06T07:00"),
        (MailTimes(hour=7, zone=BERLIN), "2026-07-06T05:30", "2026-07-06T05:00"),
        (MailTimes(hour=7, zone=BERLIN), "2026-12-06T05:30", "2026-12-05T06:00"),
        # On 29 March 02:00 becomes 03:00: the mail of two o'clock goes out right then.
        (MailTimes(hour=2, zone=BERLIN), "2026-03-29T12:00", "2026-03-29T01:00"),
        # On 25 October two o'clock comes twice: the first, at 00:00 UTC.
        (MailTimes(hour=2, zone=BERLIN), "2026-10-25T12:00", "2026-10-25T00:00"),
        (MailTimes(Pace.WEEKLY, hour=8, weekday=0), "2026-07-06T07:59", "2026-06-29T08:00"),
        (MailTimes(Pace.WEEKLY, hour=8, weekday=0), "2026-07-12T23:00", "2026-07-06T08:00"),
    ],
)
def test_the_last_slot_is_a_local_hour(times: MailTimes, as_of: str, slot: str) -> None:
    assert times.last_slot(at(as_of)) == at(slot)


def test_at_once_waits_for_more_and_then_goes() -> None:
    times, news = MailTimes(Pace.IMMEDIATE), at("2026-07-06T09:00")

    assert [times.is_due(news, news + each) for each in (timedelta(0), GAP)] == [False, True]


def test_never_is_never() -> None:
    assert not MailTimes(Pace.NEVER).is_due(at("2020-01-01T00:00"), at("2026-01-01T00:00"))


@pytest.mark.parametrize(
    ("quiet", "hour", "is_quiet"),
    [
        ((22, 6), 23, True),
        ((22, 6), 5, True),
        ((22, 6), 6, False),
        ((9, 12), 9, True),
        ((9, 12), 12, False),
    ],
)
def test_quiet_hours_may_span_midnight(quiet: tuple[int, int], hour: int, is_quiet: bool) -> None:
    times = MailTimes(Pace.IMMEDIATE, quiet=quiet)

    assert times.is_quiet(at(f"2026-07-06T{hour:02d}:30")) is is_quiet


@given(
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"]),
    st.integers(0, 23),
    st.integers(0, 6),
    st.sampled_from([Pace.DAILY, Pace.WEEKLY]),
    st.integers(0, 3 * 365 * 24 * 60),
)
def test_the_last_slot_is_never_ahead_and_never_a_whole_pace_ago(
    zone: str, hour: int, weekday: int, pace: Pace, minutes: int
) -> None:
    as_of = at("2025-01-01T00:00") + timedelta(minutes=minutes)

    slot = MailTimes(pace, ZoneInfo(zone), hour, weekday).last_slot(as_of)

    longest = timedelta(days=1 if pace is Pace.DAILY else 7, hours=2)
    assert as_of - longest < slot <= as_of
