"""Made-up service data: the same for the same sizes, wherever it runs."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import Changes
from tallystick.engine.intake.columns import constant
from tallystick.engine.intake.mapping import Mapping, read_mapping
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.values import FOREVER, STATES, Coded, Spans, State

SEED = 20_260
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 500
COURSE = (
    ("Queued", "Awaiting Assignment"),
    ("Accepted", "In Progress"),
    ("Accepted", "Wait - User"),
    ("Completed", "Resolved"),
)
STATES_OF_FILE = {
    "Queued / Awaiting Assignment": "new",
    "Accepted / In Progress": "in-progress",
    "Accepted / Wait - User": "on-hold",
    "Completed / Resolved": "resolved",
}
HOLIDAYS = ["2024-05-01", "2024-12-25", "2024-12-26", "2025-01-01", "2025-05-01"]


def write_event_log(path: Path, rows: int, items: int) -> None:
    """Write a CSV of status changes in the order of time, as a ticket system exports it."""
    random = Random(SEED)  # noqa: S311  (made-up data)
    changes = []
    for row in range(rows):
        number = row % items
        step = row // items
        # Each item's changes follow each other; an item takes some days.
        minutes = random.randrange(20, 2_000)
        opened = FIRST + timedelta(minutes=number * DAYS * 1440 // items)
        at = opened + timedelta(minutes=step * 2_000 + minutes, seconds=random.randrange(60))
        status, sub_status = COURSE[min(step, 1) if step < 2 else random.randrange(4)]
        changes.append((at, f"1-{number:09d}", status, sub_status, random.choice("ABCDE")))
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("sr_number", "utc", "status", "sub_status", "owner", "team", "product"))
        for at, item, status, sub_status, team in sorted(changes):
            owner, product = f"Person {hash_of(item) % 900}", f"PROD{hash_of(item) % 300}"
            writer.writerow(
                (item, f"{at:%Y-%m-%dT%H:%M:%SZ}", status, sub_status, owner, team, product)
            )


def hash_of(text: str) -> int:
    """Return a number for a text, the same in every process."""
    return int(text[-6:]) * 2_654_435_761 % 2**32


def event_log_mapping() -> Mapping:
    """Return how the event log is read."""
    return read_mapping(
        {
            "mapping": 1,
            "shape": "event-log",
            "source": "bench",
            "columns": {"item": "sr_number", "at": "utc", "state": ["status", "sub_status"]},
            "attributes": {"team": "team", "product": "product"},
            "states": STATES_OF_FILE,
        }
    )


def spans(items: int, changes_each: int) -> Spans:
    """Return histories of equal length: new, then in work and on hold in turn, then resolved."""
    random = np.random.default_rng(SEED)
    rows = items * changes_each
    start = int(FIRST.timestamp())
    opened = start + np.sort(random.integers(0, DAYS * 86_400, items))
    gaps = random.integers(60, 40_000, (items, changes_each))
    gaps[:, 0] = 0
    since = (opened[:, None] + np.cumsum(gaps, axis=1)).ravel().astype(np.int64)
    until = np.r_[since[1:], FOREVER]
    until[changes_each - 1 :: changes_each] = FOREVER
    priority = np.repeat(random.integers(0, 3, items).astype(np.int32), changes_each)
    return Spans(
        item=np.repeat(np.arange(items, dtype=np.int64), changes_each),
        since=since,
        until=until,
        state=np.tile(_course(changes_each), items),
        line=np.arange(2, rows + 2, dtype=np.int64),
        ids=tuple(f"T{number}" for number in range(items)),
        attributes={"priority": Coded(priority, ("P1", "P2", "P3"))},
    )


def _course(changes_each: int) -> NDArray[np.int8]:
    between = [State.IN_PROGRESS, State.ON_HOLD] * changes_each
    course = [State.NEW, *between[: changes_each - 2], State.RESOLVED][:changes_each]
    return np.array([STATES.index(state) for state in course], dtype=np.int8)


def agreement() -> Agreement:
    """Return an agreement with a response and a resolution level over the generated time."""
    targets = [{"when": {"priority": ["P1"]}, "limit": "4h"}, {"limit": "16h"}]
    common = {"calendar": "office", "targets": targets, "target": "90%"}
    return read_agreement(
        {
            "agreement": 1,
            "id": "bench",
            "version": 1,
            "title": "Benchmark",
            "client": "Client",
            "provider": "Provider",
            "in_force": {"from": "2024-01-01", "until": "2026-01-01"},
            "zone": "Europe/Madrid",
            "calendars": {
                "office": {
                    "hours": {"mon-fri": ["08:00-12:30", "13:30-18:00"]},
                    "holidays": HOLIDAYS,
                }
            },
            "service_levels": [
                {"id": "response", "name": "Response", "measure": "response-time", **common},
                {"id": "resolution", "name": "Resolution", "measure": "resolution-time", **common},
            ],
        }
    )


def intervals(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return starts and ends of intervals of up to twelve days."""
    random = np.random.default_rng(SEED)
    starts = int(FIRST.timestamp()) + random.integers(0, DAYS * 86_400, count)
    return starts, starts + random.integers(0, 12 * 86_400, count)


def as_changes(history: Spans, origin: str) -> Changes:
    """Return the changes that make a history, as a source told them."""
    return Changes(
        item=history.item,
        at=history.since,
        state=history.state,
        line=history.line,
        origin=constant(origin, len(history.item)),
        ids=tuple(history.ids),
        attributes=dict(history.attributes),
    )
