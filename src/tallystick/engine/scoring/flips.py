"""What bids are worth -> how little of a weight must change until another bid comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.engine.scoring.valued import BidValue


@dataclass(frozen=True, slots=True)
class Flip:
    """
    The smallest change of one criterion's weight that puts another bid first.

    `weight` is its part of the whole now and `change` what is added to it, both as shares: 0.01
    is one percentage point. At the change `winner` draws level, beyond it leads. Both are None
    where no change between 0 and 1 does that.
    """

    criterion: str
    weight: Fraction
    change: Fraction | None
    winner: str | None

    @property
    def points(self) -> Fraction | None:
        """Return the change in percentage points."""
        return None if self.change is None else 100 * self.change


def flips(valued: Sequence[BidValue]) -> list[Flip]:
    """
    Return for each criterion the smallest change of its weight that changes the winner, exactly.

    While the weight of j changes by d, the others keep their proportions, so a bid i becomes
    S_i + d (u_ij - (S_i - w_j u_ij) / (1 - w_j)): a line, and the change is where another bid's
    line crosses the winner's. A criterion that is all of the weight leaves nothing to rescale; it
    has no flip, and neither has a competition of one bid. `valued` is what `value_bids` returns.
    """
    if not valued:
        return []
    return [_flip(valued, place) for place in range(len(valued[0].contributions))]


def smallest_flip(found: Sequence[Flip]) -> Flip | None:
    """Return the flip that needs least; None if there is none."""
    known = [
        (abs(each.change), place) for place, each in enumerate(found) if each.change is not None
    ]
    return found[min(known)[1]] if known else None


def _flip(valued: Sequence[BidValue], place: int) -> Flip:
    leader, others = valued[0], valued[1:]
    weight = leader.contributions[place].weight
    crossings: list[tuple[Fraction, Fraction, str]] = []
    if weight < 1:
        for other in others:
            nearer = _slope(other, place) - _slope(leader, place)
            if nearer == 0:
                continue
            change = (leader.total - other.total) / nearer
            # At the very end of the range it would draw level, and never lead.
            if _goes_on(weight + change, up=nearer > 0):
                crossings.append((abs(change), -abs(nearer), other.bid))
    if not crossings:
        return Flip(leader.contributions[place].criterion, weight, None, None)
    size, nearer, winner = min(crossings)
    (slope,) = (_slope(each, place) for each in others if each.bid == winner)
    change = size if slope > _slope(leader, place) else -size
    return Flip(leader.contributions[place].criterion, weight, change, winner)


def _goes_on(weight: Fraction, *, up: bool) -> bool:
    return 0 <= weight < 1 if up else 0 < weight <= 1


def _slope(valued: BidValue, place: int) -> Fraction:
    own = valued.contributions[place]
    return own.utility - (valued.total - own.points) / (1 - own.weight)
