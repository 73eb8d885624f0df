"""Files and mappings of probes, states and outages; name only what a test is about."""

import re
from pathlib import Path
from typing import Any

from tallystick.engine.intake import Mapping, SignalReading, read_mapping, read_signals
from tallystick.engine.signals import STATUSES, Signals
from tallystick.engine.values import FOREVER, moment
from tests.engine.intake.makers import a_file

RESULTS = {"OK": "up", "FAIL": "down", "TIMEOUT": "invalid"}
STATES = {"Up": "up", "Down": "down", "Works": "maintenance", "n/a": "unknown"}
SHAPES: dict[str, dict[str, Any]] = {
    "probes": {
        "columns": {"component": "host", "at": "at", "result": "result"},
        "results": RESULTS,
    },
    "service-states": {
        "columns": {"component": "host", "at": "at", "state": "state"},
        "states": STATES,
    },
    "outages": {
        "columns": {
            "component": "host", "since": "from", "until": "to", "users": "users",
            "excused": "excused",
        },
        "excuses": {"yes": "yes", "customer": "yes", "no": "no"},
    },
}  # fmt: skip
HEADERS = {
    "probes": "host,at,result\n",
    "service-states": "host,at,state\n",
    "outages": "host,from,to,users,excused\n",
}


def a_signal_mapping(shape: str, **changes: Any) -> Mapping:
    """Return a mapping of a shape; times are in UTC."""
    usual = {"mapping": 1, "shape": shape, "source": "monitor", "time": {"zone": "UTC"}}
    return read_mapping(usual | SHAPES[shape] | changes)


def read_rows(folder: Path, shape: str, rows: str, **options: Any) -> SignalReading:
    """Read rows given as text below the usual header of a shape; `T3` is 3 o'clock of one day."""
    text = HEADERS[shape] + re.sub(r"\bT(\d:)", r"2025-01-02T0\1", rows)
    return read_signals(a_file(folder, text), a_signal_mapping(shape), **options)


def told(signals: Signals) -> list[str]:
    """Return each row as "component since-until status users"; an open end is empty."""
    rows = zip(
        signals.component.tolist(), signals.since.tolist(), signals.until.tolist(),
        signals.status.tolist(), signals.users.tolist(), strict=True,
    )  # fmt: skip
    return [
        f"{signals.components[place]} {_clock(since)}-{_clock(until)} {STATUSES[status]} {users}"
        for place, since, until, status, users in rows
    ]


def _clock(instant: int) -> str:
    return "" if instant == FOREVER else f"{moment(instant):%H:%M}"
