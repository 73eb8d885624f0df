"""The cases worked by hand, read from cases.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.quantities import limit_text
from tallystick.engine.values import FOREVER, Spans, seconds
from tests.engine.service_levels.builders import a_level_document, an_agreement, histories

_FILE = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
_USUAL = {"measure": "resolution-time", "limit": "8h", "calendar": "office", "paused": "0s"}
_ANSWERS = ("counted", "paused", "done", "due", "verdict", "reason", "window")


@dataclass(frozen=True)
class Case:
    """One worked case: what goes in, and the answers that must come out."""

    says: str
    spans: Spans
    agreement: Agreement
    as_of: int
    answers: dict[str, Any]

    @property
    def level(self) -> ServiceLevel:
        """Return the agreement's only service level."""
        return self.agreement.service_levels[0]


def cases() -> list[Case]:
    """Return all worked cases."""
    return [_case(_USUAL | stated) for stated in _FILE["case"]]


def spelled(duration: int) -> str:
    """Return a duration as the cases spell it."""
    return limit_text(duration) or "0s"


def _case(stated: dict[str, Any]) -> Case:
    level = a_level_document(
        measure=stated["measure"],
        calendar=stated["calendar"],
        targets=[{"limit": stated["limit"]}],
    )
    agreement = an_agreement(
        in_force={"from": "2010-01-01", "until": "2030-01-01"},
        calendars=_FILE["calendars"],
        service_levels=[level],
    )
    changes = [(seconds(instant), state) for instant, state in stated["history"]]
    answers = {name: stated.get(name) for name in _ANSWERS}
    answers["due"] = seconds(stated["due"])
    answers["done"] = seconds(stated["done"]) if "done" in stated else FOREVER
    as_of = seconds(stated["as_of"]) if "as_of" in stated else 1_798_761_600
    return Case(stated["says"], histories({"it": changes}), agreement, as_of, answers)
