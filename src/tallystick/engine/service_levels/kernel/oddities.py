"""What looks wrong in the history of each unit."""

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.flags import Flag
from tallystick.engine.service_levels.kernel.known import Known, Mask
from tallystick.engine.service_levels.kernel.marks import any_in
from tallystick.engine.service_levels.kernel.roles import CANCEL, Course
from tallystick.engine.service_levels.kernel.running import reopened_units
from tallystick.engine.service_levels.kernel.units import Units
from tallystick.engine.service_levels.terms.clock import Cycles


def flags_of(
    known: Known,
    cycles: Cycles,
    course: Course,
    units: Units,
    limit_changed: Mask,
    unreadable: Mask,
) -> NDArray[np.int16]:
    """Return the flags of each unit, as bits."""
    whole = units.whole
    contradicted = known.once("contradicted", lambda: _contradicted(known))
    found = {
        Flag.STOPPED_BEFORE_START: units.of_whole(course.role[whole.starts] >= CANCEL),
        Flag.LIMIT_CHANGED: limit_changed,
        Flag.NO_DUE_DATE: unreadable,
        Flag.REOPENED: reopened_units(course, units, known.starts, cycles),
        Flag.CONTRADICTED: units.of_whole(any_in(contradicted, whole.starts, whole.ends)),
    }
    flags = np.zeros(len(units), dtype=np.int16)
    for flag, there in found.items():
        flags[np.flatnonzero(there)] |= flag
    return flags


def _contradicted(known: Known) -> Mask:
    """Return the rows that say another state than the row before them, in the same second."""
    spans = known.spans
    rows = np.zeros(known.rows, dtype=np.bool_)
    rows[1:] = (spans.since[1:] == spans.since[:-1]) & (spans.state[1:] != spans.state[:-1])
    return rows & ~known.is_first()
