"""Signals + terms -> the availability of a service and of its components, window by window."""

from collections.abc import Iterable, Sequence

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.availability.excuses import (
    Excuse,
    excuses_of,
    standing_of,
    unnoticed_of,
)
from tallystick.engine.service_levels.availability.figures import Availability
from tallystick.engine.service_levels.availability.losses import track_of
from tallystick.engine.service_levels.availability.timeline import (
    Rules,
    figures_of,
    timeline_of,
)
from tallystick.engine.service_levels.calendars import working_time
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.availability import AvailabilityTerms
from tallystick.engine.service_levels.terms.composition import Composition, How
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.signals import SignalKind, Signals


class WrongSignals(Refusal):
    """The data are of another kind than the agreement measures by."""

    code = "measure.wrong-signals"


def measure_availability(
    signals: Signals,
    terms: AvailabilityTerms,
    calendar: Calendar,
    windows: Sequence[Window],
    as_of: int,
    *,
    excused: Iterable[Excuse] = (),
) -> Availability:
    """
    Return how available a service was in each window, in exact seconds.

    Nothing after `as_of` is known, and nothing beyond it is counted; a window that has not begun
    is empty. The service hours are those of the calendar. `excused` is relief: it is left out as
    maintenance is. Signals without any row measure nothing, of whatever kind they are.

    Raises:
        WrongSignals: if the signals are not of the kind that the terms name.
    """
    whole = terms.components or whole_of(signals.components)
    names = [name for name in whole.names() if name]
    rules = signal_rules(signals, terms, calendar, windows, as_of, excused)
    tracks = {name: track_of(signals, name, terms, as_of) for name in whole.names()}
    return Availability(
        service=figures_of(timeline_of(whole, tracks, rules), rules),
        components={name: figures_of(timeline_of(name, tracks, rules), rules) for name in names},
        signals={name: len(range(*signals.rows_of(name).indices(len(signals)))) for name in names},
    )


def whole_of(components: Sequence[str]) -> Composition:
    """Return the service that needs every one of some components; one unnamed if there is none."""
    return Composition(How.SERIAL, tuple(components) or ("",))


def signal_rules(
    signals: Signals,
    terms: AvailabilityTerms,
    calendar: Calendar,
    windows: Sequence[Window],
    as_of: int,
    excused: Iterable[Excuse],
) -> Rules:
    """
    Return what every figure of some signals is made by.

    Raises:
        WrongSignals: if the signals are not of the kind that the terms name.
    """
    check_kind(signals.kind, terms)
    since = int(signals.since.min()) if len(signals) else as_of
    recorded = len(signals) > 0
    return rules_of(terms, calendar, windows, as_of, excused, since=since, recorded=recorded)


def check_kind(kind: SignalKind, terms: AvailabilityTerms) -> None:
    """
    Check that data are of the kind that the terms measure from.

    Raises:
        WrongSignals: if they are not.
    """
    if kind is not terms.from_:
        raise WrongSignals(
            f"the data are {kind}, and availability is measured from {terms.from_}",
            place="from",
            remedy=f"Import {terms.from_}, or agree on `from: {kind}`.",
        )


def rules_of(
    terms: AvailabilityTerms,
    calendar: Calendar,
    windows: Sequence[Window],
    as_of: int,
    excused: Iterable[Excuse],
    *,
    since: int,
    recorded: bool,
) -> Rules:
    """Return what every figure is made by; the working time covers all from `since` on."""
    begin = min((window.start for window in windows), default=as_of)
    standing = standing_of(terms, calendar.zone, begin, as_of)
    excuses = tuple(excuses_of(terms, calendar.zone, [*standing, *excused]))
    unnoticed = tuple(unnoticed_of(terms, calendar.zone))
    edges = [window.start for window in windows]
    edges += [each.since for each in (*excuses, *unnoticed)]
    first = min([since, as_of, *edges]) - (terms.interval or 0)
    return Rules(
        terms=terms,
        working=working_time(calendar, first, as_of, 0),
        windows=tuple(windows),
        excuses=excuses,
        unnoticed=unnoticed,
        as_of=as_of,
        recorded=recorded,
    )
