"""How much work a condition is on one snapshot, counted before it runs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any

from tallystick.engine.guardrails.conditions.scan import ITEM, Cost

MOST_STEPS = 10_000_000
"""Steps that take one to three seconds; a condition that may need more does not run."""

CHARACTERS = 200
"""Characters of text that cost as much as one value."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of the largest value stored under each name: its length, and how many values it holds."""

    length: dict[str, int]
    values: dict[str, int]


def sizes_of(plain: dict[str, Any]) -> Sizes:
    """Return the sizes of a snapshot's fields; `*` stands for the largest list or map."""
    sizes = Sizes(defaultdict(int), defaultdict(int))
    _measure("", plain, sizes)
    return sizes


def _measure(name: str, value: Any, sizes: Sizes) -> int:
    """Record a value and return how many values it holds, itself included."""
    count = 1 + len(value) // CHARACTERS if isinstance(value, str) else 1
    if isinstance(value, dict):
        count += sum(_measure(key, each, sizes) for key, each in value.items())
    elif isinstance(value, list):
        count += sum(_measure(ITEM, each, sizes) for each in value)
    if isinstance(value, dict | list):
        for known in {name, ITEM}:
            sizes.length[known] = max(sizes.length[known], len(value))
    sizes.values[name] = max(sizes.values[name], count)
    return count


def steps(costs: Iterable[Cost], sizes: Sizes) -> int:
    """Return an upper bound of the steps: every loop runs to its end, every value is compared."""
    return sum(
        prod(sizes.length[name] for name in cost.loops)
        * (cost.tokens + sum(sizes.values[name] for name in cost.names))
        for cost in costs
    )
