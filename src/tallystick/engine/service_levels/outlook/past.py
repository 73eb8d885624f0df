"""Outcomes of earlier windows -> what they teach about items that are open or still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tallystick.engine.service_levels.outcomes import ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.jeffreys import NOTHING_SEEN, Experience
from tallystick.engine.service_levels.outlook.use import are, are_timed, used
from tallystick.engine.service_levels.windows import Window

Shares = NDArray[np.float64]

YEAR = 12
"""How many earlier windows are asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """
    Items that were decided before: how many were kept and missed and, if it is known, which
    share of its limit each kept one had used when it was done, ascending.

    `worth` is how many items of a new window they count as: fewer than they were, if one window
    is not like another; None if it is.
    """

    experience: Experience = NOTHING_SEEN
    used: Shares | None = None
    worth: Fraction | None = None

    def __post_init__(self) -> None:
        if self.used is None:
            return
        if len(self.used) != self.experience.kept:
            raise ValueError("there is one used share for each kept item")
        if np.any(np.diff(self.used) < 0):
            raise ValueError("used shares stand in ascending order")

    def chances(self, spent: ArrayLike, so_far: Experience = NOTHING_SEEN) -> Shares:
        """
        Return the chance that each open item is kept, by the share of its limit it has used.

        Of the earlier items that had used as much and were not done, the part that was kept,
        with Jeffreys' half on each side. It falls as more is used. Without used shares, an item
        is as likely to be done in any second as in any other: with a chance p for a fresh one,
        1 - (1 - p)^(1 - spent), where `so_far` counts too.

        Raises:
            ValueError: if an open item has used less than nothing or more than its limit.
        """
        at = np.asarray(spent, dtype=np.float64)
        if not np.all((at >= 0) & (at <= 1)):
            raise ValueError("an item that is not missed has used 0 to 1 of its limit")
        if self.used is None:
            fresh = self.with_more(so_far).next_kept
            return np.asarray(1 - float(1 - fresh) ** (1 - at), dtype=np.float64)
        kept = len(self.used) - np.searchsorted(self.used, at, side="right")
        late = float(self.experience.missed)
        return np.asarray((kept + 0.5) / (kept + late + 1), dtype=np.float64)

    def with_more(self, so_far: Experience) -> Experience:
        """Return what the past, at its worth, and a window so far teach about its next items."""
        known = self.experience if self.worth is None else self.experience.as_if(self.worth)
        return known.with_more(so_far)


def past_of(outcomes: Outcomes, window: int, last: int = YEAR) -> Past:
    """
    Return the decided items of the `last` windows before the one at position `window`.

    What is carried forward counts in each of its windows, as it does in measurements.
    """
    earlier = range(max(0, window - last), window)
    seen = [so_far(outcomes, position) for position in earlier]
    met = outcomes.some(are(outcomes, ItemVerdict.MET) & np.isin(outcomes.window, earlier))
    return Past(
        experience=Experience(sum(each.kept for each in seen), sum(each.missed for each in seen)),
        used=np.sort(used(met)) if are_timed(met).all() else None,
        worth=worth_of(seen),
    )


def worth_of(windows: Sequence[Experience]) -> Fraction | None:
    """
    Return how many items of a new window all earlier ones are worth; None for all they have.

    If the shares of the windows lie no further apart than chance puts them, all their items
    tell of the next one. The further apart, the less: with an intra-class correlation r, they
    count as 1/r - 1 items. r by moments, from the chi-square of the windows against their common
    share (Kleinman, Journal of the American Statistical Association 68, 1973, simplified).
    """
    some = [each for each in windows if each.whole]
    whole = Fraction(sum(each.whole for each in some))
    share = Fraction(sum(each.kept for each in some)) / whole if some else Fraction(0)
    if len(some) < 2 or not 0 < share < 1 or whole == len(some):
        return None
    apart = sum((each.kept - each.whole * share) ** 2 / each.whole for each in some)
    ratio = apart / (share * (1 - share)) / (len(some) - 1)
    correlation = (ratio - 1) / (whole / len(some) - 1)
    return max(1 / correlation - 1, Fraction(0)) if correlation > 0 else None


def so_far(outcomes: Outcomes, window: int) -> Experience:
    """Return how many items of a window are kept and missed by now."""
    here = (outcomes.window <= window) & (outcomes.last_window >= window)
    met, missed = (are(outcomes, each) for each in (ItemVerdict.MET, ItemVerdict.MISSED))
    return Experience(int((here & met).sum()), int((here & missed).sum()))


def used_by_pending(outcomes: Outcomes, window: int) -> Shares:
    """Return which share of its limit each pending item of a window has used."""
    here = (outcomes.window == window) & are(outcomes, ItemVerdict.PENDING)
    return used(outcomes.some(here))


def further_items(
    outcomes: Outcomes, windows: Sequence[Window], window: int, as_of: int
) -> tuple[int, ...]:
    """
    Return how many decided items each of the last twelve windows had still to come.

    They are counted from the same point of each window as `as_of` is of the one at position
    `window`: after a third of this month, those opened after a third of each earlier month.
    Empty if there is no earlier window.
    """
    now = windows[window]
    elapsed = Fraction(as_of - now.start, now.end - now.start)
    decided = are(outcomes, ItemVerdict.MET) | are(outcomes, ItemVerdict.MISSED)
    found = []
    for position in range(max(0, window - YEAR), window):
        then = windows[position]
        instant = then.start + int(elapsed * (then.end - then.start))
        rows = decided & (outcomes.window == position) & (outcomes.opened > instant)
        found.append(int(rows.sum()))
    return tuple(found)
