"""When each unit was last resolved and closed, whatever its clock says."""

import numpy as np

from tallystick.engine.service_levels.kernel.known import Known
from tallystick.engine.service_levels.kernel.units import Units
from tallystick.engine.values import FOREVER, STATES, Instants, State


def entered(known: Known, units: Units, states: tuple[State, ...]) -> Instants:
    """
    Return when each unit last came into one of some states, in which it still is at its end.

    FOREVER where it is in none of them at its end.
    """
    inside = np.isin(known.spans.state, [STATES.index(state) for state in states])
    row = np.arange(known.rows)
    last_outside = np.maximum.reduceat(np.where(inside, -1, row), units.starts)
    since = np.maximum(last_outside + 1, units.starts)
    stays = since < units.ends
    return np.where(stays, known.spans.since[np.where(stays, since, 0)], FOREVER)
