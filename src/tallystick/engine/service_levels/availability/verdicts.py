"""The availability of a service in its periods -> one measurement per window, judged."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.service_levels.availability.excuses import Excuse
from tallystick.engine.service_levels.availability.figures import Availability, Figure, added
from tallystick.engine.service_levels.availability.working import (
    AvailabilityWorking,
    show_availability,
)
from tallystick.engine.service_levels.judge import Judgement, judge
from tallystick.engine.service_levels.measurement import (
    Fared,
    Measurement,
    Verdict,
    truncated,
)
from tallystick.engine.service_levels.tally import begun_only, chosen_windows, is_start_up
from tallystick.engine.service_levels.terms import (
    Agreement,
    AvailabilityTerms,
    MeasureKind,
    ServiceLevel,
)
from tallystick.engine.service_levels.windows import Window, windows_of
from tallystick.engine.signals import Signals


def availability_levels(agreement: Agreement) -> list[ServiceLevel]:
    """Return the service levels that are measured from signals of components."""
    return [
        level for level in agreement.service_levels if level.measure is MeasureKind.AVAILABILITY
    ]


def terms_of(level: ServiceLevel) -> AvailabilityTerms:
    """Return how a level measures availability; ValueError if it measures something else."""
    if level.availability is None:
        raise ValueError(f"{level.id} measures {level.measure}, not availability")
    return level.availability


def judged(
    found: Availability,
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    *,
    window: Window | None = None,
) -> list[Fared]:
    """
    Return the measurements of the windows of the term that had begun by `as_of`, in order.

    `found` has the figures of each period of the term. A rolling window is the sum over its
    reach. With `window` (from `read_window`), return that one's alone, begun or not. Figures of
    which too little is measured are kept with their reason, and are neither met nor missed.
    """
    windows = windows_of(agreement, level.window)
    return [
        Fared(_measurement(found, level, agreement, index, each), _digest(found, level, index))
        for index, each in chosen_windows(windows, as_of, window)
    ]


def _over(level: ServiceLevel, index: int) -> slice:
    return slice(max(index - level.window.reach + 1, 0), index + 1)


def _measurement(
    found: Availability, level: ServiceLevel, agreement: Agreement, index: int, window: Window
) -> Measurement:
    figure = added(found.service[_over(level, index)], window.text)
    count = figure.denominator
    verdict, why = (
        begun_only(level, index)
        or _unmeasured(figure, found, level)
        or judge(level, figure.numerator, figure.denominator, count)
    )
    return Measurement(
        service_level=level.id,
        window=window.text,
        numerator=figure.numerator,
        denominator=figure.denominator,
        pending=0,
        target=level.target,
        verdict=verdict,
        count=count,
        minimum=level.minimum,
        excluded=figure.excused,
        unmeasured=figure.unmeasured,
        why=why,
        reporting_only=is_start_up(level, agreement, window),
    )


def _unmeasured(figure: Figure, found: Availability, level: ServiceLevel) -> Judgement | None:
    if figure.is_measured:
        return None
    if not any(found.signals.values()):
        return Verdict.NOT_MEASURED, f"there are no {terms_of(level).from_} of the service"
    share = figure.measured or Fraction(0)
    least = _percent(figure.least_measured)
    return (
        Verdict.NOT_MEASURED,
        f"{_percent(share)} of the service hours have valid data, and {least} are needed",
    )


def _percent(share: Fraction) -> str:
    # Six decimals of a share, cut off, are four of a percentage.
    return f"{(truncated(share) * 100).normalize():f}%"


def _digest(found: Availability, level: ServiceLevel, index: int) -> str:
    """Return what tells figures that were computed again from figures that changed."""
    named = {"": found.service, **found.components}
    over = _over(level, index)
    plain = {
        name: [[each.up, each.down, each.excused, each.unmeasured] for each in figures[over]]
        for name, figures in named.items()
    }
    return digest(canonical_bytes(plain))


def show_measured(
    signals: Signals,
    level: ServiceLevel,
    agreement: Agreement,
    window: Window,
    as_of: int,
    *,
    component: str = "",
    excused: Iterable[Excuse] = (),
) -> AvailabilityWorking:
    """
    Return every interval behind a measurement, over the whole reach of a rolling window.

    Raises:
        WrongSignals, UnknownComponent: as `show_availability` does.
    """
    return show_availability(
        signals,
        terms_of(level),
        agreement.calendar_of(level),
        reach_of(windows_of(agreement, level.window), level, window),
        as_of,
        component=component,
        excused=excused,
    )


def reach_of(windows: Sequence[Window], level: ServiceLevel, window: Window) -> Window:
    """Return a window from where its reach begins."""
    first = windows[_over(level, windows.index(window)).start]
    return Window(first.start, window.end, window.text)
