"""The credit cases worked by hand, read from cases/credits.toml, and notes as they spell them."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.engine.service_levels.credits import (
    CreditLine,
    CreditNote,
    LineKind,
    Pick,
    credit_notes,
)
from tests.engine.service_levels.credit_builders import (
    CHARGES,
    TERM,
    a_level,
    a_scheme,
    a_term,
    measured,
    some_charges,
)

_FILE = Path(__file__).with_name("cases") / "credits.toml"


@dataclass(frozen=True)
class CreditCase:
    """One worked case: what goes in, and what must come out."""

    stated: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the rule and what the case says about it."""
        return f"{self.stated['rule']}: {self.stated['says']}"

    def notes(self) -> tuple[CreditNote, ...]:
        """Return the notes that the engine makes of the case."""
        stated = self.stated
        levels, rows = [], []
        for name, clauses in stated["levels"].items():
            clauses = dict(clauses)
            figures = clauses.pop("figures")
            levels.append(a_level(name, **clauses))
            rows += measured(levels[-1], figures, stated.get("first", "2026-01"))
        return credit_notes(
            levels,
            rows,
            charges=some_charges(**stated.get("charges", CHARGES)),
            scheme=a_scheme(**stated["credits"]),
            term=a_term(**stated.get("in_force", TERM)),
            picks=[Pick(*pick) for pick in stated.get("picks", [])],
        )

    def expected(self, key: str) -> list[str]:
        """Return what the case expects under a key: nothing unless it says so."""
        expected: list[str] = self.stated.get(key, [])
        return expected


def credit_cases() -> list[CreditCase]:
    """Return all worked cases."""
    return [CreditCase(stated) for stated in tomllib.loads(_FILE.read_text("utf-8"))["case"]]


def answers(notes: Iterable[CreditNote]) -> dict[str, list[str]]:
    """Return what notes say, as the cases spell it."""
    notes = list(notes)
    return {
        "lines": [f"{_place(note, line)}: {line.formula}" for note, line in _lines(notes)],
        "points": [
            f"{note.window} {each.service_level}: {each.formula}"
            for note in notes
            for each in note.points
        ],
        "ratchets": [
            f"{note.window} {each.service_level}: {each.formula}"
            for note in notes
            for each in note.ratchets
        ],
        "terminations": [
            f"{each.window} {each.kind}{' ' * bool(each.service_level)}{each.service_level}: "
            + " ".join(each.evidence)
            for note in notes
            for each in note.terminations
        ],
    }


def year_text(note: CreditNote) -> str:
    """Return where the contract year stands, as the cases spell it."""
    year = note.year
    cap = "no cap" if year.cap is None else f"cap {year.cap}"
    return (
        f"year {year.year}, {year.first} to {year.last}: {year.credited} credited, "
        f"{year.returned} returned, {cap}"
    )


def _lines(notes: Iterable[CreditNote]) -> Iterator[tuple[CreditNote, CreditLine]]:
    return ((note, line) for note in notes for line in note.lines)


def _place(note: CreditNote, line: CreditLine) -> str:
    kind = "" if line.kind is LineKind.CREDIT else str(line.kind)
    of = f"of {line.returns}" if line.returns else ""
    return " ".join(part for part in (note.window, kind, of, line.service_level) if part)
