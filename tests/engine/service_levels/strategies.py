"""Generated calendars, and generated histories near clock changes."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tallystick.engine.service_levels.terms.zones import local_midnight
from tests.engine.service_levels.oracle import NAMES

STATES = ("new", "in-progress", "on-hold", "resolved", "closed", "cancelled")

CLOCK_CHANGES = (
    ("Europe/Madrid", "2012-03-25"),
    ("Europe/Madrid", "2012-10-28"),
    ("America/New_York", "2012-03-11"),
    ("America/New_York", "2012-11-04"),
    ("Asia/Kathmandu", "1986-01-01"),
    ("Australia/Lord_Howe", "2012-04-01"),
    ("Australia/Lord_Howe", "2012-10-07"),
    ("Pacific/Chatham", "2012-04-01"),
    ("Pacific/Chatham", "2012-09-30"),
)

Shift = tuple[int, int]


@st.composite
def days_of_shifts(draw: st.DrawFn) -> list[Shift]:
    """Return the shifts of one day in minutes: none, split, short, whole, or into the night."""
    quarters = sorted(draw(st.lists(st.integers(0, 96), max_size=5, unique=True)))
    shifts = [(a * 15, b * 15) for a, b in zip(quarters[::2], quarters[1::2], strict=False)]
    if len(quarters) % 2 and quarters[-1] < 96:
        shifts.append((quarters[-1] * 15, 1440 + 15 * draw(st.integers(0, quarters[-1]))))
    return shifts


@st.composite
def calendars(draw: st.DrawFn) -> tuple[dict[str, Any], date]:
    """Return the document of a calendar, and the local day of a clock change in its zone."""
    zone, day = draw(st.sampled_from(CLOCK_CHANGES))
    change = date.fromisoformat(day)
    holidays = draw(st.sets(st.integers(-4, 6), max_size=3))
    hours = _without_overlaps(draw(st.lists(days_of_shifts(), min_size=7, max_size=7)))
    calendar = {
        "zone": zone,
        "hours": hours or {"sun": ["00:00-24:00"]},
        "holidays": [(change + timedelta(days=days)).isoformat() for days in sorted(holidays)],
    }
    return calendar, change


def generated_histories(
    seed: int, zone: str, change: date, items: int
) -> dict[str, list[tuple[int, str]]]:
    """Return histories that open in the three days before a clock change, on whole minutes."""
    random = np.random.default_rng(seed)
    midnight = local_midnight(change, zone)
    found = {}
    for item in range(items):
        instant = midnight - 60 * int(random.integers(0, 3 * 1440))
        changes = []
        for _ in range(random.integers(1, 7)):
            changes.append((instant, str(random.choice(STATES))))
            # One change in five comes in the same second as the one before.
            instant += 60 * int(random.integers(0, 1200)) * int(random.integers(0, 5) > 0)
        found[f"item-{item}"] = changes
    return found


def _without_overlaps(days: list[list[Shift]]) -> dict[str, list[str]]:
    for day in range(7):
        reached = max((end - 1440 for _, end in days[day - 1]), default=0)
        days[day] = [shift for shift in days[day] if shift[0] >= reached]
    # Monday was cut against a Sunday that may have been cut since; that only left more room.
    return {
        name: [f"{_clock(start)}-{_clock(end)}" for start, end in shifts]
        for name, shifts in zip(NAMES, days, strict=True)
        if shifts
    }


def _clock(minutes: int) -> str:
    minutes = minutes if minutes <= 1440 else minutes - 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"
