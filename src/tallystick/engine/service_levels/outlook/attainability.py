"""Months met, items kept, volumes -> whether a target can be promised at all."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tallystick.engine.service_levels.outlook import beta
from tallystick.engine.service_levels.outlook.budget import allowed_misses, error_share
from tallystick.engine.service_levels.outlook.jeffreys import (
    Experience,
    chance_of_at_most,
    chance_that_share_reaches,
    misses_of,
)
from tallystick.engine.service_levels.terms.goals import Goal

YEAR = 12
LIKELY = Fraction(9, 10)
"""The chance per window from which a target counts as attainable: about one breach a year."""


def next_window(windows: Experience) -> Fraction:
    """Return the chance that the next window is met, exact: after 10 of 12, 21/26 or 0.81."""
    return windows.next_kept


def expected_breaches(windows: Experience, of: int = YEAR) -> Fraction:
    """Return how many of the next `of` windows to expect missed, exact: after 10 of 12, 2.3."""
    return of * (1 - windows.next_kept)


def chance_at_rate(goal: Goal, volume: int, rate: Fraction) -> Fraction:
    """
    Return the chance that a window of `volume` items meets the goal, if `rate` is the true share.

    Exact: the sum of the binomial terms up to the misses allowed. Meant for the volumes of one
    window; the fractions grow with it.

    Raises:
        ValueError: if the goal is no share, or the rate none.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"a rate lies between 0 and 1, not {rate}")
    allowed = allowed_misses(error_share(goal), volume)
    kept, missed, whole = rate.numerator, rate.denominator - rate.numerator, rate.denominator
    ways = sum(math.comb(volume, j) * kept ** (volume - j) * missed**j for j in range(allowed + 1))
    return Fraction(ways, whole**volume)


def chance_of_meeting(goal: Goal, volume: int, items: Experience) -> float:
    """
    Return the chance that a window of `volume` items meets the goal, after what was seen.

    Beta-binomial: the binomial above over all rates that the experience leaves possible; a
    float.

    Raises:
        ValueError: if the goal is no share.
    """
    return chance_of_at_most(allowed_misses(error_share(goal), volume), items, volume)


def rate_needed(goal: Goal, volume: int, likely: Fraction = LIKELY) -> float:
    """
    Return the true share of kept items at which a window meets the goal with a chance of `likely`.

    Chance asks for more than the target, and the more the smaller the volume; a float (the
    upper limit of Clopper and Pearson, Biometrika 26, 1934, on the share of missed ones).

    Raises:
        ValueError: if the goal is no share.
    """
    allowed = allowed_misses(error_share(goal), volume)
    if allowed >= volume:
        return 0.0
    return 1 - beta.point(float(1 - likely), allowed + 1, volume - allowed)


def promisable(volume: int, items: Experience, likely: Fraction = LIKELY) -> Fraction:
    """
    Return the highest share that a window of `volume` items meets with a chance of `likely`.

    Exact, a whole number of misses: 17 of 18 items, say.

    Raises:
        ValueError: if the volume is not positive.
    """
    if volume < 1:
        raise ValueError(f"a window of {volume} items promises nothing")
    reached, misses = 0.0, -1
    chances = misses_of(items, volume)
    while reached < likely and misses < volume:
        misses += 1
        reached += float(chances[misses])
    return Fraction(volume - misses, volume)


def is_zero_miss_trap(goal: Goal, volume: Fraction | int) -> bool:
    """
    Return whether a usual volume leaves room for less than one miss: volume x (1 - target) < 1.

    Raises:
        ValueError: if the goal is no share.
    """
    return volume * error_share(goal) < 1


def least_volume(goal: Goal, misses: int = 1) -> int | None:
    """
    Return the smallest volume at which `misses` are allowed; None if no volume allows any.

    Raises:
        ValueError: if the goal is no share.
    """
    share = error_share(goal)
    return math.ceil(misses / share) if share else None


def chain(availabilities: Iterable[Fraction]) -> Fraction:
    """
    Return the availability of a service that needs all its parts, exact: their product.

    It supposes that parts fail independently; of three at 99.9, 99.9 and 99.5 %, 99.30 %.
    """
    return math.prod(availabilities, start=Fraction(1))


def can_promise(goal: Goal, underpinning: Iterable[Fraction]) -> bool:
    """
    Return whether promised availabilities of all parts carry the goal on top of them.

    Raises:
        ValueError: if the goal is no share.
    """
    return 1 - chain(underpinning) <= error_share(goal)


@dataclass(frozen=True, slots=True)
class Attainability:
    """
    What may be expected of a proposed target at a usual volume.

    `allowed` misses a window; `chance` of meeting one; `breaches` to expect in twelve;
    `true_share_reaches`, the chance that the true share is at the target at all; whether it is
    a `trap` that allows no miss, and `attainable` with the wanted chance. Chances and breaches
    are floats.
    """

    allowed: int
    chance: float
    breaches: float
    true_share_reaches: float
    trap: bool
    attainable: bool


def attainability(
    goal: Goal, volume: int, items: Experience, likely: Fraction = LIKELY
) -> Attainability:
    """
    Return whether a proposed target is attainable, after the items seen so far.

    Raises:
        ValueError: if the goal is no share.
    """
    share = error_share(goal)
    chance = chance_of_meeting(goal, volume, items)
    return Attainability(
        allowed=allowed_misses(share, volume),
        chance=chance,
        breaches=YEAR * (1 - chance),
        true_share_reaches=chance_that_share_reaches(1 - share, items),
        trap=is_zero_miss_trap(goal, volume),
        attainable=chance >= likely,
    )
