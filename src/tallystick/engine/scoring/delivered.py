"""What was predicted of suppliers + what they delivered -> whose word can be relied on."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from tallystick.engine.values import Number

FEWEST = 3
"""Pairs below which nothing is told."""
PRIOR = 3
"""As if three predictions had been right: a bias of few pairs is drawn towards none."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Predicted(Generic[Key]):
    """
    What was predicted and what came, on one scale, of one key.

    The key is what pairs are grouped by: a criterion, a supplier, a referee.
    """

    key: Key
    predicted: Number
    delivered: Number


@dataclass(frozen=True, slots=True)
class TrackRecord(Generic[Key]):
    """
    How well predictions of one key came true; all but the number is None below three pairs.

    `bias` is the mean of predicted less delivered: above 0, more was expected than came. `shrunk`
    is what of it to rely on while pairs are few: n x bias / (n + 3). `error` is the mean distance.
    """

    key: Key
    pairs: int
    bias: Fraction | None
    shrunk: Fraction | None
    error: Fraction | None

    @property
    def enough(self) -> bool:
        """Return whether there are enough pairs to tell."""
        return self.bias is not None


def track_records(pairs: Iterable[Predicted[Key]]) -> list[TrackRecord[Key]]:
    """Return the record of each key, exactly, in the order in which keys first come."""
    misses: dict[Key, list[Fraction]] = defaultdict(list)
    for each in pairs:
        misses[each.key].append(Fraction(each.predicted) - Fraction(each.delivered))
    return [_record(key, known) for key, known in misses.items()]


def _record(key: Key, misses: list[Fraction]) -> TrackRecord[Key]:
    number = len(misses)
    if number < FEWEST:
        return TrackRecord(key, number, None, None, None)
    whole = sum(misses, Fraction(0))
    error = sum((abs(each) for each in misses), Fraction(0)) / number
    return TrackRecord(key, number, whole / number, whole / (number + PRIOR), error)
