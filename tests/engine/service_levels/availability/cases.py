"""The cases worked by hand, read from cases/availability.toml."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from tallystick.engine.service_levels.availability import Excuse
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.availability import AvailabilityTerms
from tallystick.engine.service_levels.terms.quantities import read_limit
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.signals import Signals
from tallystick.engine.values import seconds
from tests.engine.service_levels.availability.builders import (
    days_from,
    outages,
    probes,
    some_terms,
    states,
)

_PATH = Path(__file__).parents[1] / "cases" / "availability.toml"
_FILE = tomllib.loads(_PATH.read_text(encoding="utf-8"))
_ZONE = "Europe/Madrid"
_TERMS = (
    "formula", "notice_days", "minimum_outage", "components", "several_probes", "interval",
    "maintenance_state", "least_measured", "total_users", "standing_maintenance",
)  # fmt: skip
_WORDS = {"u": "up", "d": "down", "?": "unknown"}


@dataclass(frozen=True)
class Case:
    """One worked case: what goes in, and the answers that must come out."""

    says: str
    signals: Signals
    terms: AvailabilityTerms
    calendar: Calendar
    window: Window
    as_of: int
    relief: tuple[Excuse, ...]
    parts: tuple[int, int, int, int]
    availability: Fraction | None


def cases() -> list[Case]:
    """Return all worked cases."""
    return [_case(stated) for stated in _FILE["case"]]


def _case(stated: dict[str, Any]) -> Case:
    kind = next(kind for kind in ("outages", "probes", "states") if kind in stated)
    share = stated["availability"]
    return Case(
        says=stated["says"],
        signals=_signals(kind, stated[kind]),
        terms=_terms(kind, stated),
        calendar=Calendar.model_validate(
            {"zone": _ZONE, **_FILE["calendars"][stated.get("calendar", "always")]}
        ),
        window=days_from(stated.get("day", "2026-03-10"), 1, _ZONE)[0],
        as_of=seconds(stated["as_of"]) if "as_of" in stated else 1_798_761_600,
        relief=tuple(
            Excuse(seconds(since), seconds(until), "Relief.")
            for since, until in stated.get("relief", [])
        ),
        parts=(
            _length(stated, "up"),
            _length(stated, "down"),
            _length(stated, "excused"),
            _length(stated, "unmeasured"),
        ),
        availability=None if share == "none" else Fraction(share),
    )


def _length(stated: dict[str, Any], name: str) -> int:
    return read_limit(stated[name]) if name in stated else 0


def _terms(kind: str, stated: dict[str, Any]) -> AvailabilityTerms:
    changes = {name: stated[name] for name in _TERMS if name in stated}
    if "total_users" in changes:
        changes["weight"] = "users"
    keys = ("since", "until", "notice_given_on")
    windows = [dict(zip(keys, window, strict=False)) for window in stated.get("maintenance", [])]
    return some_terms(kind, maintenance=windows, **changes)


def _signals(kind: str, rows: list[list[Any]]) -> Signals:
    if kind == "probes":
        return probes(sorted({probe for row in rows for probe in _probes(*row)}))
    if kind == "states":
        return states([(name, seconds(at), status) for name, at, status in rows])
    return outages([_outage(*row) for row in rows])


def _outage(
    name: str, since: datetime, until: Any, users: Any = "all", excused: str = ""
) -> tuple[str, int, int | None, int | None, bool]:
    return (
        name,
        seconds(since),
        None if until == "open" else seconds(until),
        None if users == "all" else users,
        excused == "excused",
    )


def _probes(name: str, first: datetime, step: str, pattern: str) -> Iterator[tuple[str, int, str]]:
    at = seconds(first)
    for count, sign in re.findall(r"(\d*)([ud?-])", pattern):
        for _ in range(int(count or 1)):
            if sign in _WORDS:
                yield name, at, _WORDS[sign]
            at += read_limit(step)
