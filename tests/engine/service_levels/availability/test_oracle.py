"""The kernels against a walker that goes step by step and shares no code with them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.availability import (
    Excuse,
    Figure,
    Interval,
    measure_availability,
    measure_probes,
    show_availability,
)
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.windows import Window
from tests.engine.service_levels.availability.builders import (
    chunks,
    days_from,
    outages,
    probes,
    some_terms,
    states,
)
from tests.engine.service_levels.availability.oracle import STEP, Walk
from tests.engine.service_levels.oracle_hours import NAMES as NAMES_OF_DAYS
from tests.engine.service_levels.strategies import calendars

NAMES = ("a", "b", "c")
GROUPS: tuple[Any, ...] = (
    {"serial": ["a"]},
    {"serial": ["a", "b"]},
    {"parallel": ["a", "b"]},
    {"serial": ["a", {"parallel": ["b", "c"]}]},
    {"parallel": [{"serial": ["a", "b"]}, "c", "never-seen"]},
)
STANDING: tuple[dict[str, list[str]], ...] = (
    {},
    {"sun": ["02:00-06:00"]},
    {name: ["02:30-02:50", "23:10-00:20"] for name in NAMES_OF_DAYS},
)
HALF_DAY = 43_200
instants = st.integers(-HALF_DAY // STEP, 2 * HALF_DAY // STEP).map(lambda step: step * STEP)


@st.composite
def maintenance(draw: st.DrawFn, day: date) -> dict[str, str]:
    """Return a planned window near a day, with or without notice."""
    start = draw(st.integers(0, 46))
    found = {
        "since": f"{day}T{start // 2:02}:{start % 2 * 30:02}",
        "until": f"{day}T23:30" if draw(st.booleans()) else f"{day}T{(start + 1) // 2:02}:55",
    }
    if draw(st.booleans()):
        found["notice_given_on"] = str(day - timedelta(days=draw(st.integers(0, 4))))
    return found


@st.composite
def documents(draw: st.DrawFn, kind: str, day: date) -> dict[str, Any]:
    """Return the terms of a service from data of one kind."""
    found: dict[str, Any] = {
        "from": kind,
        "formula": draw(st.sampled_from(["(T-M-D)/(T-M)", "(T-excused-nonexcused)/(T-excused)"])),
        "components": draw(st.sampled_from(GROUPS)),
        "maintenance": draw(st.lists(maintenance(day), max_size=2)),
        "notice_days": draw(st.integers(0, 3)),
        "standing_maintenance": draw(st.sampled_from(STANDING)),
        "minimum_outage": draw(st.sampled_from(["0s", "40s", "5m", "1h"])),
    }
    if kind == "probes":
        found["interval"] = draw(st.sampled_from(["20s", "60s", "30m"]))
        found["several_probes"] = draw(st.sampled_from(["down-if-all-fail", "down-if-any-fails"]))
    if kind == "states":
        found["maintenance_state"] = draw(st.sampled_from(["needs-notice", "excused"]))
    if draw(st.booleans()):
        found |= {"weight": "users", "total_users": draw(st.integers(1, 50))}
    return found


def rows_of(kind: str, midnight: int) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Return a strategy for rows of one kind around a midnight."""
    at = instants.map(lambda offset: midnight + offset)
    name = st.sampled_from(NAMES)
    if kind == "outages":
        until = st.one_of(st.none(), st.integers(0, 400).map(lambda steps: steps * STEP))
        outage = st.tuples(name, at, until, st.one_of(st.none(), st.integers(0, 60)), st.booleans())
        return st.lists(
            outage.map(lambda o: (o[0], o[1], None if o[2] is None else o[1] + o[2], *o[3:])),
            max_size=8,
        )
    words = ["up", "down", "unknown"] + (["maintenance"] if kind == "states" else [])
    single = st.tuples(name, at, st.sampled_from(words))
    if kind == "states":
        return st.lists(single, max_size=10, unique_by=lambda row: row[:2])
    dense = st.builds(
        lambda name, first, told: [
            (name, first + 20 * number, status) for number, status in enumerate(told)
        ],
        name,
        at,
        st.lists(st.sampled_from(["up", "up", "down", "unknown"]), max_size=200),
    )
    many = st.lists(dense, max_size=4).map(lambda parts: [row for part in parts for row in part])
    return st.builds(lambda one, other: sorted(set(one + other)), st.lists(single), many)


BUILD: dict[str, Any] = {"probes": probes, "states": states, "outages": outages}


def told(figure: Figure) -> tuple[int, int, int, int]:
    """Return the four parts of a figure."""
    return figure.up, figure.down, figure.excused, figure.unmeasured


@settings(max_examples=100, deadline=None)
@given(data=st.data(), place=calendars(), kind=st.sampled_from(["probes", "states", "outages"]))
def test_the_kernels_agree_with_the_walker(
    data: st.DataObject, place: tuple[dict[str, Any], date], kind: str
) -> None:
    calendar, change = place
    document = data.draw(documents(kind, change))
    windows = days_from(str(change), 1, calendar["zone"])
    rows = data.draw(rows_of(kind, windows[0].start))
    as_of = windows[0].start + data.draw(instants)
    relief = data.draw(st.lists(instants, max_size=1))
    excused = [Excuse(windows[0].start + r, windows[0].start + r + 1800, "relief") for r in relief]
    terms, hours = some_terms(**_terms(document)), Calendar.model_validate(calendar)
    signals = BUILD[kind](rows)

    got = measure_availability(signals, terms, hours, windows, as_of, excused=excused)

    walk = Walk(document, calendar, rows, [(e.since, e.until) for e in excused], as_of)
    expected = walk.figure(document["components"], windows[0].start, windows[0].end)
    assert told(got.service[0]) == expected
    shown = show_availability(signals, terms, hours, windows[0], as_of, excused=excused)
    assert told_by(shown.intervals) == expected
    assert edges(shown.intervals) == edges_between(windows[0], as_of)
    if kind == "probes":
        stream = chunks(signals, terms.interval or 0, as_of, data.draw(st.integers(1, 90)))
        streamed = measure_probes(stream, terms, hours, windows, as_of, excused=excused)
        assert (streamed.service, streamed.components) == (got.service, got.components)


def told_by(intervals: Sequence[Interval]) -> tuple[int, ...]:
    """Return the four parts that intervals add up to."""
    parts = [(i.up, i.down, i.excused, i.unmeasured) for i in intervals]
    return tuple(map(sum, zip((0, 0, 0, 0), *parts, strict=True)))


def edges(intervals: Sequence[Interval]) -> tuple[int, ...]:
    """Return where intervals start and end that touch; each edge where they do not."""
    found = [edge for interval in intervals for edge in (interval.since, interval.until)]
    touch = found[1:-1:2] == found[2:-1:2]
    return (found[0], found[-1]) if found and touch else tuple(found)


def edges_between(window: Window, as_of: int) -> tuple[int, ...]:
    """Return where a window starts and ends at the instant of measuring, if it has begun."""
    return (window.start, min(window.end, as_of)) if window.start < as_of else ()


def _terms(document: dict[str, Any]) -> dict[str, Any]:
    return {"kind": document["from"], **document}
