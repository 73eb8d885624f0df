"""Cases that a bidder has done before -> how much experience they are worth, 0 to 1."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HALF_LIFE = 3.0
"""Years after which a case counts half: tools, people and prices have changed."""
ENOUGH = 3.0
"""Cases that are all alike, fresh, as large and successful, and make full experience."""
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class PastCase:
    """
    Work done before: how similar it was, how large beside ours, how well it ended; each 0 to 1.

    `ended_on` is None while it goes on; a case that goes on has no age.
    """

    similarity: float
    scale: float
    outcome: float
    ended_on: date | None = None

    def __post_init__(self) -> None:
        if not all(0 <= each <= 1 for each in (self.similarity, self.scale, self.outcome)):
            raise ValueError("similarity, scale and outcome of a case lie between 0 and 1")


def fresh(ended_on: date | None, as_of: date) -> float:
    """Return what is left of something after its age: half every three years, 1 if it goes on."""
    if ended_on is None or ended_on >= as_of:
        return 1.0
    return float(2.0 ** (-(as_of - ended_on).days / YEAR / HALF_LIFE))


def experience(cases: Iterable[PastCase], as_of: date, *, enough: float = ENOUGH) -> float:
    """
    Return the experience of a bidder, 0 to 1: the sum over its cases, divided by what is enough.

    Each case counts similarity x 2^(-age / 3 years) x scale x outcome.

    Raises:
        ValueError: if nothing or less is enough.
    """
    if enough <= 0:
        raise ValueError(f"{enough} cases cannot be enough")
    counted = (
        each.similarity * fresh(each.ended_on, as_of) * each.scale * each.outcome for each in cases
    )
    return min(1.0, sum(counted) / enough)
