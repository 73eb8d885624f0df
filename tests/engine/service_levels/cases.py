"""The cases worked by hand, read from the files in cases/; the reference tells their keys."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.flags import Flag
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.outcomes import NO_WINDOW, Outcomes
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.goals import Unit, figure_text
from tallystick.engine.service_levels.terms.quantities import limit_text
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import FOREVER, Spans, seconds
from tests.engine.service_levels.builders import a_document, a_level_document, histories

FOLDER = Path(__file__).with_name("cases")
FILES = ("hours", "clocks", "oddities", "targets", "windows", "figures", "volume", "threads")
ITEM_ANSWERS = (
    "cycle", "counted", "paused", "elapsed", "over", "done", "due", "first_due", "verdict",
    "reason", "window", "last_window", "flags",
)  # fmt: skip
_NO_LIMIT = {"ratio", "score", "volume", "backlog"}


@dataclass(frozen=True)
class Case:
    """One worked case: what goes in, and the answers that must come out."""

    name: str
    stated: Mapping[str, Any]
    zone: ZoneInfo

    @cached_property
    def agreement(self) -> Agreement:
        """Return the agreement that the case is about."""
        stated = self.stated
        keys = ("measure", "calendar", "target", "attribution", "clock", "targets")
        level = a_level_document(**{key: stated[key] for key in keys if key in stated})
        if "targets" not in stated:
            level["targets"] = [{"limit": stated["limit"]}] if "limit" in stated else []
        if stated["measure"] in _NO_LIMIT:
            del level["targets"]
        document = a_document(
            zone=self.zone.key,
            in_force=stated["in_force"],
            calendars=stated["calendars"],
            service_levels=[level | stated.get("level", {})],
        )
        return read_agreement(document)

    @property
    def level(self) -> ServiceLevel:
        """Return the agreement's only service level."""
        return self.agreement.service_levels[0]

    @property
    def as_of(self) -> int:
        """Return the instant of measuring."""
        return self.instant(self.stated["as_of"])

    @cached_property
    def spans(self) -> Spans:
        """Return the histories of all items, named `it`, or `it-1` and so on."""
        given = self.stated.get("items", [{"history": self.stated.get("history", [])}])
        rows = [each["history"] for each in given for _ in range(each.get("count", 1))]
        names = ["it"] if len(rows) == 1 else [f"it-{n}" for n in range(1, len(rows) + 1)]
        texts = [(row[2] if len(row) > 2 else {}) for history in rows for row in history]
        attributes = {name for stated in texts for name in stated}
        return histories(
            {
                name: [(self.instant(row[0]), row[1]) for row in history]
                for name, history in zip(names, rows, strict=True)
            },
            {name: [each.get(name, "") for each in texts] for name in sorted(attributes)},
        )

    def instant(self, stated: datetime | str) -> int:
        """Return an instant; one without an offset is of the agreement's zone."""
        if not isinstance(stated, datetime):
            return FOREVER
        return seconds(stated if stated.tzinfo else stated.replace(tzinfo=self.zone))

    @property
    def asks_items(self) -> bool:
        """Return whether the case states what becomes of single items."""
        return "outcomes" in self.stated or "verdict" in self.stated or "window" in self.stated

    def expected(self) -> list[dict[str, Any]]:
        """Return the answers for each outcome; a key that is not stated is not asked."""
        rows = self.stated.get("outcomes", [self.stated])
        return [
            {key: self._answer(key, row[key]) for key in ITEM_ANSWERS if key in row} for row in rows
        ]

    def _answer(self, key: str, value: Any) -> Any:
        if key in {"done", "due", "first_due"}:
            return self.instant(value)
        return sorted(value) if key == "flags" else value


def cases() -> list[Case]:
    """Return all worked cases."""
    return [case for name in FILES for case in _read(name)]


def _read(name: str) -> Iterator[Case]:
    file = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    usual = file["usual"] | {"calendars": file["calendars"]}
    for stated in file["case"]:
        case = usual | stated
        yield Case(f"{name}: {stated['says']}", case, ZoneInfo(case["zone"]))


def outcome_answers(case: Case, got: Outcomes, row: int) -> dict[str, Any]:
    """Return what came out for an item, put as the cases put it."""
    window, last = int(got.window[row]), int(got.last_window[row])
    names = [each.text for each in windows_of(case.agreement, case.level.window)]
    return {
        "cycle": int(got.cycle[row]),
        "counted": spelled(int(got.counted[row])),
        "paused": spelled(int(got.paused[row])),
        "elapsed": spelled(int(got.elapsed[row])),
        "over": spelled(int(got.over[row])),
        "done": int(got.done[row]),
        "due": int(got.due[row]),
        "first_due": int(got.first_due[row]),
        "verdict": got.verdict_of(row),
        "reason": got.reason_of(row),
        "window": "" if window == NO_WINDOW else names[window],
        "last_window": "" if last == NO_WINDOW else names[last],
        "flags": sorted(flag_names(int(got.flags[row]))),
    }


def measured_answers(got: Measurement) -> dict[str, Any]:
    """Return what came out for a window, put as the cases put it."""
    figure = {"figure": "none" if got.value is None else _figure(got.value, got.target.unit)}
    if got.target.unit is Unit.SHARE:
        figure = {"kept": got.numerator, "of": got.denominator}
    return figure | {
        "window": got.window,
        "verdict": got.verdict.value,
        "count": got.count,
        "pending": got.pending,
        "excluded": got.excluded,
        "relieved": got.relieved,
        "why": got.why,
        "reporting_only": got.reporting_only,
    }


def _figure(value: Fraction, unit: Unit) -> str:
    if unit is Unit.SECONDS and value.denominator == 1:
        return spelled(int(value))
    finite = 10**12 % value.denominator == 0
    return figure_text(value, unit) if finite and unit is not Unit.SECONDS else str(value)


def flag_names(flags: int) -> list[str]:
    """Return the flags of an outcome, as the cases spell them."""
    return [str(flag.name).lower().replace("_", "-") for flag in Flag(flags)]


def spelled(duration: int) -> str:
    """Return a duration as the cases spell it."""
    text = limit_text(abs(duration)) or "0s"
    return f"-{text}" if duration < 0 else text
