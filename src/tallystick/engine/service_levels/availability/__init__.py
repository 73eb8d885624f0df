"""The availability of a service, from probes, states or outages of its components."""

from tallystick.engine.service_levels.availability.evidence import write_intervals
from tallystick.engine.service_levels.availability.excuses import Excuse
from tallystick.engine.service_levels.availability.figures import Availability, Figure
from tallystick.engine.service_levels.availability.measure import (
    WrongSignals,
    measure_availability,
)
from tallystick.engine.service_levels.availability.probing import measure_probes
from tallystick.engine.service_levels.availability.verdicts import (
    availability_levels,
    judged,
    reach_of,
    show_measured,
    terms_of,
)
from tallystick.engine.service_levels.availability.working import (
    AvailabilityWorking,
    Interval,
    Kind,
    UnknownComponent,
    show_availability,
)

__all__ = [
    "Availability",
    "AvailabilityWorking",
    "Excuse",
    "Figure",
    "Interval",
    "Kind",
    "UnknownComponent",
    "WrongSignals",
    "availability_levels",
    "judged",
    "measure_availability",
    "measure_probes",
    "reach_of",
    "show_availability",
    "show_measured",
    "terms_of",
    "write_intervals",
]
