"""What a service level's stored measurements and evidence say of the windows to come."""

from collections.abc import Sequence

from tallystick.engine.service_levels.evidence_columns import read_outcomes
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.level import LevelOutlook, has_items, level_outlook
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import seconds
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path


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
