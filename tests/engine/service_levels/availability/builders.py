"""Signals, terms and windows for the tests of availability; name only what a test is about."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from tallystick.engine.service_levels.terms.availability import AvailabilityTerms
from tallystick.engine.service_levels.terms.zones import local_midnight
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.signals import (
    ALL_USERS,
    STATUSES,
    ProbeChunk,
    SignalKind,
    Signals,
    Status,
)
from tallystick.engine.values import FOREVER

Probe = tuple[str, int, str]
"""Component, instant, status; a state of a component is written alike."""

Outage = tuple[str, int, int | None, int | None, bool]
"""Component, since, until (None: open), users (None: all), excused."""

USUAL = {
    SignalKind.PROBES: {"interval": "60s"},
    SignalKind.STATES: {},
    SignalKind.OUTAGES: {},
}


def some_terms(kind: str = "outages", **changes: Any) -> AvailabilityTerms:
    """Return terms: planned maintenance is left out, nothing else is special."""
    usual = {"from": kind, "formula": "(T-M-D)/(T-M)", **USUAL[SignalKind(kind)]}
    return AvailabilityTerms.model_validate(usual | changes)


def probes(rows: Sequence[Probe]) -> Signals:
    """Return probes in the order of component and time."""
    at = [(name, instant, instant, status, ALL_USERS) for name, instant, status in rows]
    return _signals(SignalKind.PROBES, at)


def states(rows: Sequence[Probe]) -> Signals:
    """Return states, each of which holds until its component's next."""
    ordered = sorted(rows, key=lambda row: row[:2])
    found = []
    for (name, since, status), after in zip(ordered, [*ordered[1:], None], strict=False):
        until = after[1] if after and after[0] == name else FOREVER
        found.append((name, since, until, status, ALL_USERS))
    return _signals(SignalKind.STATES, found)


def outages(rows: Sequence[Outage]) -> Signals:
    """Return outages."""
    found = [
        (
            name,
            since,
            FOREVER if until is None else until,
            "excused" if excused else "down",
            ALL_USERS if users is None else users,
        )
        for name, since, until, users, excused in rows
    ]
    return _signals(SignalKind.OUTAGES, found)


def _signals(kind: SignalKind, rows: Sequence[tuple[str, int, int, str, int]]) -> Signals:
    lines = sorted(zip(rows, range(2, len(rows) + 2), strict=True), key=lambda row: row[0][:2])
    components = tuple(sorted({row[0] for row in rows}))
    columns = list(zip(*(row for row, _ in lines), strict=True)) or [()] * 5
    return Signals(
        kind=kind,
        component=np.array([components.index(name) for name in columns[0]], np.int64),
        since=np.array(columns[1], np.int64),
        until=np.array(columns[2], np.int64),
        status=np.array([STATUSES.index(Status(name)) for name in columns[3]], np.int8),
        users=np.array(columns[4], np.int64),
        line=np.array([line for _, line in lines], np.int64),
        components=components,
    )


def chunks(signals: Signals, interval: int, as_of: int, size: int) -> list[ProbeChunk]:
    """Return the probes known at `as_of` as a stream, at most `size` in a chunk."""
    found = []
    for name in signals.components:
        rows = signals.rows_of(name)
        known = signals.since[rows] <= as_of
        slot = signals.since[rows][known] // interval
        status = signals.status[rows][known]
        found += [
            ProbeChunk(name, slot[start : start + size], status[start : start + size])
            for start in range(0, len(slot), size)
        ]
    return found


def days_from(first: str, days: int, zone: str) -> tuple[Window, ...]:
    """Return local days, one after another, as windows."""
    found = [date.fromisoformat(first) + timedelta(days=number) for number in range(days)]
    return tuple(
        Window(local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone), str(day))
        for day in found
    )
