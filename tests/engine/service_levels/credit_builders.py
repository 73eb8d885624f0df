"""Levels, measurements and schemes for tests of credits; name only what your test is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tallystick.engine.service_levels.credits import CreditNote, credit_notes
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.terms.agreement import Term
from tallystick.engine.service_levels.terms.charges import Charges
from tallystick.engine.service_levels.terms.consequences import Ratchet, Repetition, Severity
from tallystick.engine.service_levels.terms.credits import CreditScheme
from tallystick.engine.service_levels.terms.goals import Goal, Unit, read_goal
from tallystick.engine.service_levels.terms.level_credit import LevelCredit

UK_SEVERITY = {
    "bands": [
        {"below": "99%", "points": 1},
        {"below": "98%", "points": 2},
        {"below": "97%", "points": 3},
        {"below": "96%", "points": 4},
    ]
}
TELUS = {
    "steps": [
        {"from": points, "credit": credit}
        for points, credit in zip(
            (5, 10, 15, 20, 25, 30), ("0%", "2%", "4%", "6%", "8%", "10%"), strict=True
        )
    ]
}
CHARGES = {"currency": "EUR", "monthly": "100000.00"}
TERM = {"from": "2026-01-01", "until": "2029-01-01"}


@dataclass(frozen=True)
class Level:
    """A service level as far as credits need it."""

    id: str
    target: Goal
    minimum: Goal | None = None
    credit: LevelCredit | None = None
    severity: Severity | None = None
    repetition: Repetition | None = None
    ratchet: Ratchet | None = None


def a_level(name: str = "availability", target: str = "99%", **clauses: Any) -> Level:
    """Return a service level; clauses are written as in a document."""
    kinds = {
        "credit": LevelCredit,
        "severity": Severity,
        "repetition": Repetition,
        "ratchet": Ratchet,
    }
    read = {
        key: kinds[key].model_validate(UK_SEVERITY if stated == "uk" else stated)
        for key, stated in clauses.items()
        if key in kinds
    }
    minimum = read_goal(clauses["minimum"]) if "minimum" in clauses else None
    return Level(name, read_goal(target), minimum, **read)  # type: ignore[arg-type]


def a_scheme(**clauses: Any) -> CreditScheme:
    """Return a credit scheme."""
    points = clauses.get("points")
    return CreditScheme.model_validate(clauses | ({"points": TELUS} if points == "telus" else {}))


def some_charges(**changes: Any) -> Charges:
    """Return charges of 100,000.00 EUR a month."""
    return Charges.model_validate(CHARGES | changes)


def a_term(**changes: Any) -> Term:
    """Return a term of three years from January 2026 on."""
    return Term.model_validate(TERM | changes)


def measured(level: Level, figures: Sequence[str], first: str = "2026-01") -> list[Measurement]:
    """Return a measurement for each month whose figure is told; see cases/credits.toml."""
    told = [part for figure in figures for part in _repeated(figure)]
    return [
        _measurement(level, _month(first, step), figure)
        for step, figure in enumerate(told)
        if figure
    ]


def notes_of(
    levels: dict[Level, Sequence[str]], scheme: CreditScheme, **changes: Any
) -> tuple[CreditNote, ...]:
    """Return the notes of levels with these figures, from January 2026 on."""
    rows = [row for level, figures in levels.items() for row in measured(level, figures)]
    usual = {"charges": some_charges(), "term": a_term(), "scheme": scheme}
    return credit_notes(list(levels), rows, **usual | changes)


def _repeated(figure: str) -> list[str]:
    found = re.fullmatch(r"(.*) x(\d+)", figure)
    return [found.group(1)] * int(found.group(2)) if found else [figure]


def _month(first: str, step: int) -> str:
    year, month = map(int, first.split("-"))
    year, month = divmod(year * 12 + month - 1 + step, 12)
    return f"{year:04}-{month + 1:02}"


def _measurement(level: Level, window: str, figure: str) -> Measurement:
    text = figure.removesuffix("*")
    usual = Measurement(
        service_level=level.id,
        window=window,
        numerator=0,
        denominator=0,
        pending=0,
        target=level.target,
        minimum=level.minimum,
        verdict={"-": Verdict.NOTHING_DUE, "?": Verdict.NOT_MEASURED}.get(text, Verdict.MET),
        reporting_only=figure.endswith("*"),
    )
    if text in {"-", "?"}:
        return usual
    value = _value(text, level.target.unit)
    return replace(
        usual,
        numerator=value.numerator,
        denominator=value.denominator,
        verdict=_judged(value, level),
    )


def _value(text: str, unit: Unit) -> Fraction:
    if unit is Unit.SHARE and text.endswith("%"):
        return Fraction(text.removesuffix("%")) / 100
    return Fraction(text.removesuffix("h")) * (3600 if text.endswith("h") else 1)


def _judged(value: Fraction, level: Level) -> Verdict:
    if level.target.kept_by(value):
        return Verdict.MET
    if level.minimum and level.minimum.kept_by(value):
        return Verdict.BELOW_EXPECTED
    return Verdict.MISSED
