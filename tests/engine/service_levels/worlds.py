"""Generated worlds: a calendar near a clock change, a service level, and items with histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.engine.service_levels.oracle import Change
from tests.engine.service_levels.oracle_hours import NAMES

STATES = ("new", "in-progress", "on-hold", "resolved", "closed", "cancelled")
CLOCK_CHANGES = (
    ("Europe/Madrid", "2012-03-25"),
    ("Europe/Berlin", "2012-10-28"),
    ("America/New_York", "2012-03-11"),
    ("America/New_York", "2012-11-04"),
    ("Asia/Kathmandu", "1986-01-01"),
    ("Australia/Lord_Howe", "2012-04-01"),
    ("Australia/Lord_Howe", "2012-10-07"),
    ("Pacific/Chatham", "2012-04-01"),
    ("Pacific/Chatham", "2012-09-30"),
)
WAITING = {"state": ["in-progress"], "waiting_for": ["client"]}
WORKING = {"state": ["in-progress"], "waiting_for": ["provider"]}
ENDED = ["resolved", "closed", "cancelled"]
CYCLES = ("", "first", "last", "each", "cumulative")
"""Which cycles a generated clock judges; those usual for its measure if it does not say."""

Shift = tuple[int, int]


@dataclass
class World:
    """What a test measures: documents, histories, and the instant of measuring."""

    calendar: dict[str, Any]
    level: dict[str, Any]
    items: dict[str, list[Change]]
    as_of: int


def a_world(random: Random, items: int, cycles: str | None = None) -> World:
    """Return a world in which anything that an agreement may say can happen."""
    cycles = random.choice(CYCLES) if cycles is None else cycles
    zone, day = random.choice(CLOCK_CHANGES)
    change = date.fromisoformat(day)
    midnight = int(
        datetime(change.year, change.month, change.day, tzinfo=ZoneInfo(zone)).timestamp()
    )
    histories = {f"item-{n}": _history(random, midnight) for n in range(items)}
    first = min(changes[0][0] for changes in histories.values())
    return World(
        calendar=_calendar(random, zone, change),
        level=_level(random, cycles),
        items=histories,
        as_of=first + 60 * random.randrange(0, 10 * 1440),
    )


def _calendar(random: Random, zone: str, change: date) -> dict[str, Any]:
    days = {
        "always": lambda: [[(0, 1440)]] * 7,
        "office": lambda: [[(540, 1020)]] * 5 + [[], []],
        "lunch": lambda: [[(480, 750), (810, 1080)]] * 5 + [[], []],
        "nights": lambda: [[(1320, 1800)]] * 7,
        "one-day": lambda: [[(540, 1020)] if n == random.randrange(7) else [] for n in range(7)],
        "any": lambda: [_shifts(random) for _ in range(7)],
    }[random.choice(["always", "office", "lunch", "nights", "one-day", "any", "any", "any"])]()
    hours = without_overlaps([list(each) for each in days])
    off = random.sample(range(-4, 7), random.randrange(4))
    return {
        "zone": zone,
        "hours": "always"
        if days[0] == [(0, 1440)] == days[6] and random.random() < 0.5
        else hours or {"sun": ["00:00-24:00"]},
        "holidays": [(change + timedelta(days=n)).isoformat() for n in sorted(off)],
    }


def _shifts(random: Random) -> list[Shift]:
    """Return the shifts of one day in minutes: none, split, short, whole, or into the night."""
    edges = sorted(random.sample(range(97), random.randrange(6)))
    shifts = [(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if len(edges) % 2 and edges[-1] < 96:
        shifts.append((edges[-1] * 15, 1440 + 15 * random.randrange(edges[-1] + 1)))
    return shifts


def without_overlaps(days: list[list[Shift]]) -> dict[str, list[str]]:
    """Return seven days of shifts as a document states them, less those that overlap."""
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


def _level(random: Random, cycles: str) -> dict[str, Any]:
    measure = random.choice(["response-time", "resolution-time", "resolution-time", "deadline"])
    clock: dict[str, Any] = {"cycles": cycles} if cycles else {}
    if cycles == "cumulative" and random.random() < 0.5:
        clock["gap"] = "included"
    for key, choices in _CHOICES.items():
        if random.random() < 0.5:
            clock[key] = random.choice(choices)
    if random.random() < 0.2:
        clock["requires"] = random.choice(_REQUIRED)
    if measure == "deadline":
        clock.pop("limit_change", None)
    level: dict[str, Any] = {
        "measure": measure,
        "clock": clock | _states(random),
        "targets": _targets(random, measure, "limit_change" not in clock),
    }
    if random.random() < 0.1:
        level["applies_to"] = {"service": ["mail"]}
    return level


_CHOICES: dict[str, list[Any]] = {
    "starts": ["first-run", "opened"],
    "reopened": ["accepted", "failed"],
    "limit_change": ["retroactive", "fresh", "per-segment"],
    "same_instant": ["last", "strongest"],
    "resets": [["new"], [{"waiting_for": ["client"]}], [{"state": "on-hold", "priority": "<= 2"}]],
    "cancels": [["cancelled", {"service": ["none"]}], [{"state": ["closed"], "priority": ">= 3"}]],
}


_REQUIRED: list[list[Any]] = [
    [{"priority": ">= 2"}],
    ["new", {"service": ["mail"]}],
    ["new", "in-progress", "on-hold", {"state": "resolved", "waiting_for": ["client"]}],
]


def _states(random: Random) -> dict[str, Any]:
    if random.random() < 0.5:
        return {}
    return random.choice(
        [
            {"runs": ["new", WORKING], "pauses": ["on-hold", WAITING], "stops": ENDED},
            {"runs": [WORKING], "pauses": ["on-hold"], "stops": [*ENDED, {"service": ["none"]}]},
            {"runs": ["in-progress"], "pauses": [{"state": "new", "waiting_for": ["client"]}],
             "stops": ["on-hold", *ENDED]},
        ]
    )  # fmt: skip


def _targets(random: Random, measure: str, may_be_due: bool) -> list[dict[str, Any]]:
    whens: Sequence[dict[str, Any]] = [
        {"priority": ["1"]}, {"priority": "<= 2"}, {"priority": ">= 3", "service": ["mail"]},
    ]  # fmt: skip
    chosen = random.sample(whens, random.randrange(4))
    rules = [{"when": when} for when in chosen] + [{}] * (not chosen or random.random() < 0.8)
    return [rule | _limit(random, measure, may_be_due) for rule in rules]


def _limit(random: Random, measure: str, may_be_due: bool) -> dict[str, Any]:
    if measure == "deadline" or (may_be_due and random.random() < 0.15):
        at = random.choice(["close", "16:00", "02:30", "00:00"])
        if random.random() < 0.3:
            return {"due": {"from": "promised", "at": at}}
        return {"due": {"working_days": random.randrange(4), "at": at}}
    limit: dict[str, Any] = {"limit": f"{random.randrange(1, 900)}m"}
    if random.random() < 0.25:
        limit["round_the_clock"] = f"{random.randrange(1, 3000)}m"
    return limit


def _history(random: Random, midnight: int) -> list[Change]:
    """Return changes on whole minutes that begin in the three days before a clock change."""
    instant = midnight - 60 * random.randrange(3 * 1440)
    changes: list[Change] = []
    for _ in range(random.randrange(1, 8)):
        fresh = ["new", "new", "in-progress", *STATES]
        state = random.choice([*STATES, changes[-1][1]] if changes else fresh)
        stated = {
            name: random.choice(values)
            for name, values in _ATTRIBUTES.items()
            if random.random() < 0.35
        }
        if random.random() < 0.35:
            stated["promised"] = _promise(random, midnight)
        changes.append((instant, state, stated))
        # One change in five comes in the same second as the one before.
        instant += 60 * random.randrange(1, 1200) * (random.random() > 0.2)
    return changes


def _promise(random: Random, midnight: int) -> str:
    """Return a date near a midnight, with an hour or without, or what is none."""
    instant = midnight + 1800 * random.randrange(-100, 200)
    local = datetime.fromtimestamp(instant, tz=UTC)
    return random.choice([f"{local:%Y-%m-%d}", f"{local:%Y-%m-%dT%H:%M}", "soon", "2012-02-30"])


_ATTRIBUTES = {
    "priority": ["1", "2", "3", "4", "none"],
    "waiting_for": ["client", "provider", "nobody"],
    "service": ["mail", "net", "none"],
}
