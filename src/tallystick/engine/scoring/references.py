"""Calls to a bidder's clients -> what they say together, and whether enough were asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tallystick.engine.scoring.experience import fresh

PRIOR_CALLS = 2.0
PRIOR_SCORE = 3.0
"""As if two calls had given the middle of the scale: one glowing call makes no five."""
NOMINATED = 0.5
"""What a reference counts that the bidder chose itself."""
FEWEST_CALLS = 3


@dataclass(frozen=True, slots=True)
class ReferenceCall:
    """
    A call that was held: the mean of its answers, 1 to 5, and who was asked.

    `independent` is whether we found the client ourselves, `ended` whether it has left the
    bidder; `similarity` says how alike its service is to ours, 0 to 1; `ended_on` is the day its
    contract ended, None while it lasts. `again` is whether it would hire again; None if unasked.
    """

    score: float
    independent: bool
    ended: bool
    similarity: float = 1.0
    ended_on: date | None = None
    again: bool | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.score <= 5:
            raise ValueError(f"answers of a call lie between 1 and 5, not {self.score}")
        if not 0 <= self.similarity <= 1:
            raise ValueError(f"a similarity lies between 0 and 1, not {self.similarity}")

    def weight(self, as_of: date) -> float:
        """Return what the call counts: independence x similarity x recency."""
        own = 1.0 if self.independent else NOMINATED
        return own * self.similarity * fresh(self.ended_on, as_of)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were asked, and of whom; plain facts, the judgement is the reader's."""

    calls: int
    independent: int
    ended: int
    fewest: int = FEWEST_CALLS

    @property
    def missing(self) -> int:
        """Return how many calls are missing to the least."""
        return max(0, self.fewest - self.calls)

    @property
    def enough(self) -> bool:
        """Return whether there are enough, one of them independent and one of an ended contract."""
        return not self.missing and self.independent > 0 and self.ended > 0


@dataclass(frozen=True, slots=True)
class Reputation:
    """
    What calls say together: `score` from 1 to 5, and the chance of being hired again.

    `weight` is the sum of what the calls count; `again` is None if nobody was asked.
    """

    score: float
    weight: float
    again: Fraction | None
    asked: Asked


def reputation(calls: Iterable[ReferenceCall], as_of: date) -> Reputation:
    """
    Return what calls say together, drawn towards the middle while they are few.

    Score: (2 x 3 + sum of weight x score) / (2 + sum of weights). Hired again: (yes + 1/2) /
    (asked + 1), exactly.
    """
    held = list(calls)
    weights = [each.weight(as_of) for each in held]
    said = sum(weight * each.score for weight, each in zip(weights, held, strict=True))
    whole = sum(weights)
    score = (PRIOR_CALLS * PRIOR_SCORE + said) / (PRIOR_CALLS + whole)
    answers = [each.again for each in held if each.again is not None]
    again = Fraction(2 * sum(answers) + 1, 2 * (len(answers) + 1)) if answers else None
    return Reputation(score, whole, again, asked(held))


def asked(calls: Iterable[ReferenceCall], fewest: int = FEWEST_CALLS) -> Asked:
    """Return how many calls were held, with how many independent and how many former clients."""
    held = list(calls)
    return Asked(
        calls=len(held),
        independent=sum(each.independent for each in held),
        ended=sum(each.ended for each in held),
        fewest=fewest,
    )
