"""Outcomes and the histories behind them -> how items fared, by each attribute of the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.use import are
from tallystick.engine.values import Spans

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """
    Items that have one value of an attribute; empty text where the data has none.

    `counted` items stand behind a figure that does not judge them; `total` is their sum, in
    seconds or millionths.
    """

    value: str
    kept: int
    missed: int
    counted: int
    total: int

    @property
    def items(self) -> int:
        """Return how many items were decided or counted."""
        return self.kept + self.missed + self.counted

    @property
    def share(self) -> Fraction | None:
        """Return the share of decided items that was kept; None where none was decided."""
        decided = self.kept + self.missed
        return Fraction(self.kept, decided) if decided else None

    @property
    def mean(self) -> Fraction | None:
        """Return the mean of counted items; None where there is none."""
        return Fraction(self.total, self.counted) if self.counted else None


def by_attribute(
    outcomes: Outcomes, histories: Iterable[Spans], *, value: bool = False
) -> dict[str, tuple[Group, ...]]:
    """
    Return the groups of each attribute, those with most items first.

    The attributes of an item are its last known ones. `total` adds up working seconds or, with
    `value`, what a level counts of an attribute.
    """
    places = {name: place for place, name in enumerate(outcomes.ids)}
    found: dict[str, tuple[Codes, dict[str, int]]] = {}
    for spans in histories:
        _note(spans, places, found, len(outcomes.ids))
    figure = outcomes.value if value else outcomes.counted
    return {
        name: _groups(outcomes, codes[outcomes.item], values, figure)
        for name, (codes, values) in sorted(found.items())
    }


def _note(
    spans: Spans,
    places: Mapping[str, int],
    found: dict[str, tuple[Codes, dict[str, int]]],
    size: int,
) -> None:
    """Write down the last known attributes of the items of one bucket."""
    starts = spans.starts
    ends = np.append(starts[1:], len(spans.item))[: len(starts)] - 1
    ids = [spans.ids[item] for item in spans.item[starts].tolist()]
    at = np.asarray([places.get(name, -1) for name in ids], dtype=np.int64)
    known = at >= 0
    for name, column in spans.attributes.items():
        codes, values = found.setdefault(name, (np.zeros(size, dtype=np.int64), {"": 0}))
        common = [values.setdefault(text, len(values)) for text in column.values]
        # The last entry answers for -1, an empty cell.
        codes[at[known]] = np.asarray([*common, 0], dtype=np.int64)[column.codes[ends[known]]]


def _groups(
    outcomes: Outcomes, codes: Codes, values: Mapping[str, int], figure: Codes
) -> tuple[Group, ...]:
    kept, missed, counted = (
        are(outcomes, each) for each in (ItemVerdict.MET, ItemVerdict.MISSED, ItemVerdict.COUNTED)
    )
    totals = np.zeros(len(values), dtype=np.int64)
    np.add.at(totals, codes[counted], figure[counted])
    met, late, there = (
        np.bincount(codes[chosen], minlength=len(values)) for chosen in (kept, missed, counted)
    )
    groups = (
        Group(text, int(met[code]), int(late[code]), int(there[code]), int(totals[code]))
        for text, code in values.items()
    )
    return tuple(sorted((g for g in groups if g.items), key=lambda each: (-each.items, each.value)))
