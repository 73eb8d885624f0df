"""A window that is not over -> the chance that it will be met."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.budget import Budget, error_share
from tallystick.engine.service_levels.outlook.jeffreys import Experience, misses_of
from tallystick.engine.service_levels.outlook.past import (
    Past,
    Shares,
    further_items,
    past_of,
    so_far,
    used_by_pending,
)
from tallystick.engine.service_levels.terms.goals import Goal
from tallystick.engine.service_levels.windows import Window


@dataclass(frozen=True, slots=True)
class Forecast:
    """
    What is likely to become of a window; floats.

    `chance` is that of keeping the goal: 0 or 1 where nothing that is still to come can change
    it. `misses` is the number of misses to expect at the window's end, with those so far.
    """

    chance: float
    misses: float


def forecast(
    goal: Goal,
    now: Experience,
    *,
    pending: ArrayLike = (),
    further: Sequence[int] = (),
    past: Past | None = None,
) -> Forecast:
    """
    Return the chance that a window of items ends within its error budget.

    `now` are the window's decided items; `pending` gives the share of its limit that each open
    item has used; `further` are numbers of items still to come, each as likely as the others,
    such as those of the last twelve windows; `past` are the decided items of earlier windows.

    Pending items are kept each with its own chance (`Past.chances`), independently; the
    further ones are beta-binomial after all that was decided, earlier and in this window. One
    more kept item never lowers the chance, one more missed never raises it. A window in which
    nothing falls due misses nothing.

    Raises:
        ValueError: if the goal is no share, a number is negative, or a used share is none.
    """
    earlier = past or Past()
    known = earlier.with_more(now)
    open_misses = _independent(1 - np.atleast_1d(earlier.chances(pending, now)))
    volumes = Counter(further or (0,))
    chance = misses = 0.0
    for volume, times in volumes.items():
        weight = times / volumes.total()
        budget = Budget(
            error_share(goal), int(now.kept), int(now.missed), len(open_misses) - 1, volume
        )
        chance += weight * _within(budget, open_misses, misses_of(known, volume))
        misses += weight * volume * float(1 - known.next_kept)
    misses += now.missed + float(np.arange(len(open_misses)) @ open_misses)
    return Forecast(min(1.0, chance), misses)


def forecast_window(
    outcomes: Outcomes, goal: Goal, windows: Sequence[Window], window: int, as_of: int
) -> Forecast:
    """
    Return the forecast of the window at position `window` from outcomes measured at `as_of`.

    Raises:
        ValueError: if the goal is no share.
    """
    return forecast(
        goal,
        so_far(outcomes, window),
        pending=used_by_pending(outcomes, window),
        further=further_items(outcomes, windows, window, as_of),
        past=past_of(outcomes, window),
    )


def _independent(chances: Shares) -> Shares:
    """Return the chances of 0, 1, ... misses among items that miss with a chance of their own."""
    found: Shares = np.ones(1)
    for chance in chances:
        found = np.convolve(found, [1 - chance, chance])
    return found


def _within(budget: Budget, open_misses: Shares, further_misses: Shares) -> float:
    """Return the chance that misses of both kinds together stay within what is left."""
    left = budget.left
    if left < 0:
        return 0.0
    if left >= budget.pending + budget.further:
        return 1.0
    at_most = np.minimum(np.cumsum(further_misses), 1.0)
    rooms = left - np.arange(min(left + 1, len(open_misses)))
    reached = at_most[np.minimum(rooms, len(at_most) - 1)]
    return float(open_misses[: len(rooms)] @ reached)
