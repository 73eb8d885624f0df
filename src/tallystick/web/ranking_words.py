"""Figures of a ranking in words: worth, chances, points, and how firm the first place is."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tallystick.web.components.words import ABSENT

FIRM_SHARE, FIRM_POINTS = 0.5, 5
"""Below either, the order is called fragile; a guardrail (SEL005) says so too."""


def worth(total: Fraction | str) -> str:
    """Write what a bid is worth, in points of 100."""
    return f"{float(100 * Fraction(total)):.1f}"


def plain(number: str | None, places: int = 2) -> str:
    """Write an exact number with at most so many decimals; an en dash for None."""
    if number is None:
        return ABSENT
    text = f"{float(Fraction(number)):,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def chance(share: float) -> str:
    """Write a share of draws in whole per cent; what is not certain never reads as if it were."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{round(100 * share)}%"


def shift(change: str | None) -> str:
    """Write a change of a weight in points, with its sign."""
    if change is None:
        return "No change does"
    found = float(100 * Fraction(change))
    amount = _points(abs(found)).replace("less than ", "<")
    return f"{'+' if found > 0 else '−'}{amount}"  # noqa: RUF001  (a minus sign)


def _points(found: float) -> str:
    return "less than 0.1 points" if found < 0.1 else f"{found:.1f} points"


def smallest(flips: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the flip that needs least; None if no change of one weight does it."""
    known = [each for each in flips if each["change"] is not None]
    return min(known, key=lambda each: abs(Fraction(each["change"])), default=None)


def is_firm(document: Mapping[str, Any]) -> bool:
    """Return whether the first place stands against other weights that are as plausible."""
    if len(document["bids"]) == 1:
        return False
    least = smallest(document["flips"])
    near = least is not None and 100 * abs(Fraction(least["change"])) < FIRM_POINTS
    return document["bids"][0]["ranks"][0] >= FIRM_SHARE and not near


def headline(document: Mapping[str, Any]) -> str:
    """Say in a few words how the first place stands."""
    if len(document["bids"]) == 1:
        return "Nothing was compared"
    return f"The first place is {'firm' if is_firm(document) else 'fragile'}"


def place_words(document: Mapping[str, Any], bid: str) -> str:
    """Say where a bid stands that is not the first; nothing of the first, nor of one outside."""
    bids: Sequence[Mapping[str, Any]] = document["bids"]
    found = next((each for each in bids if each["bid"] == bid and each["rank"] > 1), None)
    if found is None:
        return ""
    return (
        f"{found['supplier']} is number {found['rank']} of {len(bids)} in the order, worth "
        f"{worth(found['total'])} of 100, and comes first in {chance(found['ranks'][0])} of "
        f"plausible weightings. {bids[0]['supplier']} is worth {worth(bids[0]['total'])}."
    )


def firm_words(document: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how firm the first place is; `names` are those of the criteria by their id."""
    bids: Sequence[Mapping[str, Any]] = document["bids"]
    first = bids[0]
    if len(bids) == 1:
        return f"{first['supplier']} is the only bid in the ranking: nothing is compared."
    level = [each["supplier"] for each in bids if each["rank"] == 1]
    if len(level) > 1:
        return f"{' and '.join(level)} are worth the same: they share the first place."
    said = f"{first['supplier']} stays first in {chance(first['ranks'][0])} of plausible weightings"
    least = smallest(document["flips"])
    if least is None:
        return f"{said}; no change of a single weight puts another first."
    other = next(each["supplier"] for each in bids if each["bid"] == least["winner"])
    change = float(100 * Fraction(least["change"]))
    more = "more" if change > 0 else "less"
    amount = _points(abs(change)).replace(" points", f" points {more}")
    return f"{said}; {amount} on {names.get(least['criterion'], 'a criterion')} put {other} first."
