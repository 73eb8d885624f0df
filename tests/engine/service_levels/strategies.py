"""Generated calendars near clock changes."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.engine.service_levels.worlds import CLOCK_CHANGES, Shift, without_overlaps


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
    hours = without_overlaps(draw(st.lists(days_of_shifts(), min_size=7, max_size=7)))
    calendar = {
        "zone": zone,
        "hours": hours or {"sun": ["00:00-24:00"]},
        "holidays": [(change + timedelta(days=days)).isoformat() for days in sorted(holidays)],
    }
    return calendar, change
