"""Working seconds of intervals, against a loop that goes from day to day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks.generated import agreement, intervals
from benchmarks.harness import Result, Sizes, at_least, side_by_side
from tallystick.engine.service_levels.calendars import working_time
from tallystick.engine.service_levels.terms import Calendar

REACH = 40.0


def by_day(calendar: Calendar, start: int, end: int) -> int:
    """Return the working seconds of one interval, day by day, shift by shift."""
    zone = ZoneInfo(calendar.zone)
    holidays = frozenset(calendar.holidays)
    day = datetime.fromtimestamp(start, tz=zone).date()
    last = datetime.fromtimestamp(end, tz=zone).date()
    total = 0
    while day <= last:
        if day not in holidays:
            for opens, closes in calendar.hours[day.weekday()]:
                since, until = _instant(day, opens, zone), _instant(day, closes, zone)
                total += max(0, min(until, end) - max(since, start))
        day += timedelta(days=1)
    return total


def _instant(day: date, seconds: int, zone: ZoneInfo) -> int:
    local = datetime.combine(day, time(), tzinfo=zone) + timedelta(seconds=seconds)
    return int(local.astimezone(UTC).timestamp())


def results(sizes: Sizes) -> Iterator[Result]:
    """Give how many times the loop takes longer, which is run on some of the intervals."""
    terms = agreement()
    calendar = terms.calendars["office"]
    starts, ends = intervals(sizes.intervals)
    pairs = list(zip(starts[: sizes.looped].tolist(), ends[: sizes.looped].tolist(), strict=True))
    working = working_time(calendar, int(starts.min()), int(ends.max()), 0)
    found = working.worked(ends) - working.worked(starts)
    if found[: sizes.looped].tolist() != [by_day(calendar, *pair) for pair in pairs]:
        raise RuntimeError("the loop and the table of working time disagree")
    ours, looped = side_by_side(
        lambda: working.worked(ends) - working.worked(starts),
        lambda: [by_day(calendar, *pair) for pair in pairs],
        sizes.runs,
    )
    yield at_least(
        "working seconds of intervals / a loop from day to day",
        ours,
        looped * sizes.intervals / len(pairs),
        REACH,
        unit="CPU seconds",
        note=f"{sizes.intervals:,} intervals of up to twelve days; the loop ran on {len(pairs):,} "
        "of them, gave the same seconds, and is scaled. The calendar was compiled before.",
    )
