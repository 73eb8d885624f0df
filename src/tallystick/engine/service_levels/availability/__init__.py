"""The availability of a service, from probes, states or outages of its components."""

from tallystick.engine.service_levels.availability.excuses import Excuse
from tallystick.engine.service_levels.availability.figures import Availability, Figure
from tallystick.engine.service_levels.availability.measure import (
    WrongSignals,
    measure_availability,
)
from tallystick.engine.service_levels.availability.probing import measure_probes
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
    "measure_availability",
    "measure_probes",
    "show_availability",
]
