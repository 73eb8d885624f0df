"""What the parts of risks are called on pages."""

from decimal import Decimal
from typing import Any

from tallystick.engine.risk import Comparison
from tallystick.records.indicators import SignSource
from tallystick.records.risks import Proximity, Response
from tallystick.web.components.words import ABSENT, number

RESPONSES = {
    Response.AVOID: "Avoid: it cannot happen any more",
    Response.REDUCE: "Reduce: rarer, or cheaper",
    Response.FALLBACK: "Fallback: a plan for when it happens",
    Response.TRANSFER: "Transfer: somebody else pays",
    Response.ACCEPT: "Accept: live with it, and watch it",
    Response.SHARE: "Share: both parties carry it",
}
PROXIMITIES = {
    Proximity.MONTH: "Within a month",
    Proximity.QUARTER: "Within a quarter",
    Proximity.YEAR: "Within a year",
    Proximity.LATER: "Later",
}
COMPARISONS = {
    Comparison.ABOVE: "above",
    Comparison.AT_LEAST: "at least",
    Comparison.BELOW: "below",
    Comparison.AT_MOST: "at most",
}
SOURCES = {
    SignSource.SERVICE_LEVEL: "A service level",
    SignSource.OBJECTIVE: "An objective",
    SignSource.ACTION_AGE: "The age of open action items",
    SignSource.HAND: "Read by hand",
}
LEVELS = {"high": "High", "medium": "Medium", "low": "Low", "": "Not assessed"}
REGISTERS = {"shared": "Both parties", "private": "Only us"}


def whole(value: Any, currency: str) -> str:
    """Write an amount without its cents: a simulation is no invoice."""
    if value is None or value == "":
        return ABSENT
    return f"{number(round(Decimal(value)))} {currency}"


def signed(value: Any, currency: str) -> str:
    """Write an amount that may lie below nothing."""
    amount = round(Decimal(value))
    return f"{'−' if amount < 0 else ''}{number(abs(amount))} {currency}"  # noqa: RUF001


def minutes_words(minutes: int | None) -> str:
    """Write minutes as 4 h 30 min."""
    if minutes is None:
        return ABSENT
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)
