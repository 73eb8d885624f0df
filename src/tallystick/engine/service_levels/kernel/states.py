"""When each unit was last resolved and closed, whatever its clock says."""

import numpy as np

from tallystick.engine.service_levels.kernel.known import Known
from tallystick.engine.service_levels.kernel.marks import last_in
from tallystick.engine.service_levels.kernel.units import Units
from tallystick.engine.values import FOREVER, STATES, Instants, State


def entered(known: Known, units: Units, states: tuple[State, ...]) -> Instants:
    """
    Return when each unit last came into one of some states, in which it still is at its end.

    FOREVER where it is in none of them at its end.
    """
    outside = np.isin(known.spans.state, [STATES.index(state) for state in states], invert=True)
    since = last_in(outside, units.starts, units.ends) + 1
    stays = since < units.ends
    return np.where(stays, known.spans.since[np.where(stays, since, 0)], FOREVER)
