"""Signals that are held -> the availability that they make, and what a measurement knew of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.engine.intake.signal_sets import from_file, naming
from tallystick.engine.intake.signals_store import held, held_signals
from tallystick.engine.service_levels.availability import (
    AvailabilityWorking,
    Figure,
    measure_availability,
    reach_of,
    show_measured,
    terms_of,
)
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.windows import read_window, windows_of
from tallystick.engine.signals import SignalKind, Signals
from tallystick.engine.values import seconds
from tallystick.records.held import directories_of, directories_of_source
from tallystick.records.measurements import Measurement
from tallystick.records.relief import excuses_of
from tallystick.records.service_data import Import


def signals_behind(measurement: Measurement, level: ServiceLevel, agreement: Agreement) -> Signals:
    """
    Return the signals that a measurement was computed from.

    Of probes only those of its window, with a day before and after it; every component of the
    data is named all the same.
    """
    terms = terms_of(level)
    imports = measurement.imports.select_related("engagement").order_by("imported_at", "id")
    directories, until = directories_of(list(imports)), seconds(measurement.data_until)
    if terms.from_ is not SignalKind.PROBES:
        return held_signals(directories, terms.from_, until=until)
    window = read_window(measurement.window, agreement, level)
    reach = reach_of(windows_of(agreement, level.window), level, window)
    around = 86_400 + terms.minimum_outage
    signals = held_signals(
        directories,
        terms.from_,
        since=reach.start - around,
        until=min(reach.end + around, until),
    )
    return naming(signals, [name for each in held(directories, terms.from_) for name in each.names])


def open_outages(stored: Import) -> int:
    """Return how many outages that an import brought have no end by all that is known now."""
    if stored.signals is not SignalKind.OUTAGES or not stored.items:
        return 0
    directories = directories_of_source(stored.engagement, stored.source, SignalKind.OUTAGES)
    return from_file(held_signals(directories, SignalKind.OUTAGES), stored.digest).open_outages


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a measurement of availability: every interval, and each component."""

    working: AvailabilityWorking
    components: Mapping[str, Figure]


def show_behind(
    measurement: Measurement, level: ServiceLevel, agreement: Agreement, component: str = ""
) -> Behind:
    """
    Return every interval of the service, or of one component, as a measurement knew the signals.

    Raises:
        UnknownComponent: if the service has no such component.
    """
    signals = signals_behind(measurement, level, agreement)
    terms, calendar = terms_of(level), agreement.calendar_of(level)
    window = read_window(measurement.window, agreement, level)
    reach = reach_of(windows_of(agreement, level.window), level, window)
    until = seconds(measurement.data_until)
    excused = excuses_of(measurement.relief.all())
    found = measure_availability(signals, terms, calendar, [reach], until, excused=excused)
    return Behind(
        show_measured(
            signals, level, agreement, window, until, component=component, excused=excused
        ),
        {name: figure for name, (figure,) in found.components.items()},
    )
