"""A made-up set of engagements, each its own Parquet export; seeded, and streamed to disk."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.mapping import Mapping, read_mapping
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.terms import Agreement

SEED = 20_261
FIRST = 1_704_067_200  # 2024-01-01T00:00Z; three years follow
DAYS = 1_096
STATUSES = ("New", "In Progress", "On Hold", "Resolved", "Closed", "Note")
_NEW, _WORK, _HOLD, _DONE, _CLOSED, _NOTE = range(len(STATUSES))
# What an item goes through after it is opened, and for which share of the items.
_COURSES = (
    ((_NEW, _WORK, _DONE, _CLOSED), 0.52),
    ((_NEW, _WORK, _HOLD, _WORK, _DONE, _CLOSED), 0.36),
    ((_NEW, _WORK, _DONE, _WORK, _DONE, _CLOSED), 0.04),
    ((_NEW, _WORK, _HOLD, _WORK, _DONE, _WORK, _DONE, _CLOSED), 0.04),
    ((_NEW, _NOTE, _WORK, _DONE, _CLOSED), 0.04),
)
_TEAMS = tuple(f"Team {number:02d}" for number in range(24))
_PRIORITIES = ("P1", "P2", "P3", "P4")
_SCALE = {_NEW: 0, _NOTE: 1_800, _WORK: 7_200, _HOLD: 40_000, _DONE: 60_000, _CLOSED: 300_000}
_ZONES = (
    "Europe/Madrid", "Europe/Rome", "Europe/Berlin", "Europe/London",
    "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Sydney",
)  # fmt: skip
_SHIFTS = (["08:00-12:30", "13:30-18:00"], ["09:00-17:00"], ["07:00-19:00"], ["00:00-24:00"])

_EXPORT = """
COPY (
    SELECT printf('INC%08d', item) AS id, make_timestamp(since * 1000000) AS "at",
           [{statuses}][status + 1] AS status, [{priorities}][priority + 1] AS priority,
           [{teams}][team + 1] AS team
    FROM rows
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


@dataclass(frozen=True, slots=True)
class SetSizes:
    """
    How large a set is: items over engagements, the first of which has at most `largest`.

    An item has five changes on average; 40 % are held at some time, 8 % are reopened.
    """

    items: int = 10_000_000
    engagements: int = 200
    largest: int = 1_000_000

    def each(self) -> list[int]:
        """Return the items of each engagement, the most first; they add up to `items`."""
        first = min(self.largest, max(self.items // 10, self.items // self.engagements))
        rest = self.items - first
        weights = 1 / (np.arange(self.engagements - 1) + 10)
        shares = np.rint(rest * np.cumsum(weights) / weights.sum()).astype(np.int64)
        return [first, *np.diff(shares, prepend=0).tolist()] if len(shares) else [self.items]


def write_set(folder: Path, sizes: SetSizes) -> list[Path]:
    """Write one Parquet file of changes, in shuffled order, for each engagement."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"engagement-{number:03d}.parquet" for number in range(sizes.engagements)]
    with duckdb.connect(config={"threads": 1}) as connection:
        for number, (path, items) in enumerate(zip(paths, sizes.each(), strict=True)):
            connection.register("rows", _rows(items, number))
            connection.execute(_EXPORT.format(path=path, **_lists()))
            connection.unregister("rows")
    return paths


def _lists() -> dict[str, str]:
    named = {"statuses": STATUSES, "priorities": _PRIORITIES, "teams": _TEAMS}
    return {name: ", ".join(f"'{value}'" for value in values) for name, values in named.items()}


def _rows(items: int, number: int) -> dict[str, NDArray[np.integer]]:
    """Return the changes of one engagement as columns of numbers, in shuffled order."""
    random = np.random.default_rng([SEED, number])
    opened = np.sort(FIRST + random.integers(0, DAYS * 86_400, items))
    ends = np.cumsum([share for _, share in _COURSES])
    course = np.minimum(np.searchsorted(ends, random.random(items)), len(_COURSES) - 1)
    parts = [_walk(np.flatnonzero(course == place), opened, place, random) for place in range(5)]
    item, at, status = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = random.permutation(len(item))
    item = item[order]
    team = (random.integers(0, len(_TEAMS), items) + 0).astype(np.int8)
    priority = random.choice(len(_PRIORITIES), items, p=(0.05, 0.15, 0.5, 0.3)).astype(np.int8)
    return {
        "item": item,
        "since": at[order],
        "status": status[order],
        "priority": priority[item],
        "team": team[item],
    }


def _walk(
    items: NDArray[np.int64], opened: NDArray[np.int64], place: int, random: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int8]]:
    steps = _COURSES[place][0]
    gaps = np.column_stack(
        [(random.exponential(_SCALE[step], len(items))).astype(np.int64) for step in steps]
    )
    at = opened[items][:, None] + np.cumsum(gaps, axis=1)
    status = np.tile(np.array(steps, dtype=np.int8), len(items))
    return np.repeat(items.astype(np.int32), len(steps)), at.ravel(), status


def set_mapping() -> Mapping:
    """Return how each export is read."""
    states = ("new", "in-progress", "on-hold", "resolved", "closed", "same")
    return read_mapping(
        {
            "mapping": 1,
            "shape": "event-log",
            "source": "bench",
            "columns": {"item": "id", "at": "at", "state": "status"},
            "attributes": {"priority": "priority", "team": "team"},
            "time": {"zone": "UTC"},
            "states": dict(zip(STATUSES, states, strict=True)),
        }
    )


def agreements() -> Iterator[Agreement]:
    """Give eight agreements, each with a calendar of its own: engagement n has agreement n % 8."""
    for number, zone in enumerate(_ZONES):
        days = "mon-sun" if number % 4 == 3 else "mon-fri"
        common = {
            "calendar": "desk",
            "targets": [{"when": {"priority": ["P1"]}, "limit": "4h"}, {"limit": "16h"}],
            "target": "90%",
        }
        yield read_agreement(
            {
                "agreement": 1,
                "id": f"bench-{number}",
                "version": 1,
                "title": "Benchmark",
                "client": "Client",
                "provider": "Provider",
                "in_force": {"from": "2024-01-01", "until": "2027-01-01"},
                "zone": zone,
                "calendars": {
                    "desk": {
                        "hours": {days: _SHIFTS[number % 4]},
                        "holidays": [f"{year}-12-25" for year in (2024, 2025, 2026)],
                    }
                },
                "service_levels": [
                    {"id": "response", "name": "Response", "measure": "response-time", **common},
                    {"id": "resolution", "name": "Fix", "measure": "resolution-time", **common},
                ],
            }
        )
