"""A ranking as charts: what makes up the worth of each bid, and what would change the order."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tallystick.records.selections import Criterion
from tallystick.web.bar_list import BarList, changes, stacked

MOST_PIECES = 8
"""Of more criteria than these a bar shows its groups: thinner pieces could not be told apart."""

Flip = tuple[str, str, str, Fraction | None]
"""A criterion, the change that it takes, what stands then, and the change as a number."""


def worth_chart(document: Mapping[str, Any], criteria: Sequence[Criterion]) -> BarList:
    """Return what each criterion adds to the worth of each bid; the table names every one."""
    names = {each.public_id: each.name for each in criteria}
    leaves = [each["id"] for each in document["criteria"]]
    bids = [each["contributions"] for each in document["bids"]]
    parts = [[Fraction(given[leaf]) for leaf in leaves] for given in bids]
    kinds = [names.get(leaf, leaf) for leaf in leaves]
    shown = [(name, _pieces(kinds, row)) for name, row in zip(marked(document), parts, strict=True)]
    if len(leaves) > MOST_PIECES:
        tops = top_names(criteria)
        above = [tops.get(leaf, leaf) for leaf in leaves]
        shown = [(name, _pieces(above, row)) for (name, _), row in zip(shown, parts, strict=True)]
    return stacked(
        "What makes up the worth, in points of 100",
        shown,
        rows=[(kind, [row[place] for row in parts]) for place, kind in enumerate(kinds)],
    )


def _pieces(kinds: Sequence[str], amounts: Sequence[Fraction]) -> dict[str, Fraction]:
    """Return the amounts by kind, summed where a kind comes more than once."""
    found = dict.fromkeys(kinds, Fraction(0))
    for kind, amount in zip(kinds, amounts, strict=True):
        found[kind] += amount
    return found


def top_names(criteria: Sequence[Criterion]) -> dict[str, str]:
    """Return for each criterion the name of the one at the top that it belongs to."""
    known = {each.pk: each for each in criteria}
    found = {}
    for each in criteria:
        top = each
        while top.parent_id in known:
            top = known[top.parent_id]
        found[each.public_id] = top.name
    return found


def flip_chart(flips: Sequence[Flip]) -> BarList:
    """Return how little it takes as bars to the left, for less, or to the right, for more."""
    return changes("How little it takes", [each for each in flips if each[3] is not None])


def marked(document: Mapping[str, Any]) -> list[str]:
    """Return the bids in their order, each with its letter: A Orion."""
    return [f"{mark_of(n)} {each['supplier']}" for n, each in enumerate(document["bids"])]


def mark_of(place: int) -> str:
    """Return the letter of a place in the order: A, B, C."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)
