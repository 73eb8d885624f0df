"""In which window, or windows, each unit counts."""

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, NO_WINDOW, ItemVerdict
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.hours import DAY
from tallystick.engine.service_levels.terms.level import Overdue
from tallystick.engine.service_levels.windows import Window, place_in
from tallystick.engine.values import FOREVER, Instants

Places = NDArray[np.int32]


def last_places_of(
    level: ServiceLevel,
    windows: tuple[Window, ...],
    first: Places,
    verdict: NDArray[np.int8],
    due: Instants,
    done: Instants,
    as_of: int,
) -> Places:
    """
    Return the last window in which each unit counts: the first, unless it is carried forward.

    An item that missed its due instant counts in every window until it is done, but in the first
    alone if it is done within the days of grace (Texas DIR, service request levels).
    """
    if level.overdue is Overdue.ONCE:
        return first
    missed = (verdict == ITEM_VERDICTS.index(ItemVerdict.MISSED)) & (first != NO_WINDOW)
    in_grace = done <= np.minimum(due, FOREVER - 367 * DAY) + level.overdue_grace * DAY
    carried = missed & ~in_grace
    until = place_in(np.minimum(done, as_of), windows)
    beyond = np.where(until == NO_WINDOW, len(windows) - 1, until)
    return np.where(carried, np.maximum(first, beyond), first).astype(np.int32)
