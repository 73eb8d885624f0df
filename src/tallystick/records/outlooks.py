"""What a service level's stored measurements and evidence say of the windows to come."""

from collections.abc import Sequence

from tallystick.engine.service_levels.evidence_columns import read_outcomes
from tallystick.engine.service_levels.outcomes import NO_WINDOW, Outcomes
from tallystick.engine.service_levels.outlook.level import LevelOutlook, has_items, level_outlook
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.windows import Window, windows_of
from tallystick.engine.values import seconds
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path

RECENT = 12
"""How many windows tell how items fare by their attributes."""


def newest_of(measurements: Sequence[Measurement]) -> Measurement | None:
    """Return the measurement that was made last: its evidence knows all windows best."""
    return max(measurements, key=lambda each: each.pk, default=None)


def outcomes_behind(measurement: Measurement, level: ServiceLevel, terms: Terms) -> Outcomes | None:
    """Return what became of every item by the measurement's evidence; None if it is not there."""
    path = evidence_path(measurement.evidence)
    if not has_items(level) or not path.exists():
        return None
    return read_outcomes(path, windows_of(terms, level.window))


def outlook_of(
    level: ServiceLevel,
    terms: Terms,
    measurements: Sequence[Measurement],
    outcomes: Outcomes | None,
) -> LevelOutlook | None:
    """
    Return the outlook of a service level at the instant up to which it was measured last.

    `measurements` are the current ones of the level, in order of time, and `outcomes` those
    behind the newest. None where nothing was measured.
    """
    newest = newest_of(measurements)
    if newest is None:
        return None
    measured = [each.measured for each in measurements]
    return level_outlook(level, terms, measured, outcomes, seconds(newest.data_until))


def outcomes_of(
    measurement: Measurement, outcomes: Outcomes, level: ServiceLevel, terms: Terms
) -> Outcomes:
    """Return those outcomes that belong to a measurement's own window; carried ones included."""
    names = [window.text for window in windows_of(terms, level.window)]
    place = names.index(measurement.window) if measurement.window in names else NO_WINDOW - 1
    first = max(place - level.window.reach + 1, 0)
    return outcomes.some((outcomes.window <= place) & (outcomes.last_window >= first))


def recent_outcomes(
    newest: Measurement, outcomes: Outcomes, level: ServiceLevel, terms: Terms
) -> tuple[Sequence[Window], Outcomes]:
    """Return the last twelve windows that are over in the data, and the outcomes in them."""
    windows = windows_of(terms, level.window)
    over = sum(window.end <= seconds(newest.data_until) for window in windows)
    first = max(0, over - RECENT)
    chosen = (outcomes.window >= first) & (outcomes.window < over)
    return windows[first:over], outcomes.some(chosen)
