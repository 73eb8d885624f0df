"""Factories of objectives' figures; name only what a test is about."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tallystick.engine.objectives import Actual, Aim, Direction
from tallystick.engine.values import Number

NEW_YEAR = date(2027, 1, 1)
YEAR_END = date(2027, 12, 31)


def an_aim(**changes: Any) -> Aim:
    """Return the aim to go from 0 to 100 within 2027."""
    usual = {
        "direction": Direction.HIGHER,
        "baseline": 0,
        "baseline_on": NEW_YEAR,
        "target": 100,
        "due_on": YEAR_END,
    }
    return Aim(**usual | changes)


def actuals(values: Iterable[Number], every: int = 30) -> list[Actual]:
    """Return values measured every so many days from New Year on."""
    return [
        Actual(NEW_YEAR + timedelta(days=every * number), value)
        for number, value in enumerate(values)
    ]
