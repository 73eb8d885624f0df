"""What was measured of objectives, how far they have come, and where they are heading."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.objectives import (
    Actual,
    Aim,
    Progress,
    Projection,
    TooFew,
    aim_of,
    progress,
    project,
)
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.agreements import AgreementState
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objective_actuals import CameBy, ObjectiveActual
from tallystick.records.objectives import Objective

SEED, DRAWS = 20_270, 1_000
_NO_FIGURE = (Verdict.NOT_MEASURED, Verdict.NOTHING_DUE)
_TIMES = {"week": 604_800, "day": 86_400, "hour": 3_600, "h": 3_600, "min": 60}


@dataclass(frozen=True, slots=True)
class Value:
    """
    A value that stands for a day, and since when it is known.

    `row` is what was recorded; None where a measurement of a service level says it.
    """

    on: date
    value: Fraction
    came_by: CameBy
    known_on: date
    note: str = ""
    row: ObjectiveActual | None = None


@dataclass(frozen=True, slots=True)
class Fared:
    """
    An objective as it fares: its values by day, and what they come to.

    `history` are the values from before the baseline, `values` those since. `problem` says why
    nothing is computed, where `aim` is None; `progress` is None without a value.
    """

    history: tuple[Value, ...]
    values: tuple[Value, ...]
    aim: Aim | None
    problem: Refusal | None
    progress: Progress | None
    projection: Projection | TooFew | None


def fared(
    objective: Objective, known: Iterable[Value], as_of: date, *, draws: int = DRAWS
) -> Fared:
    """Return how an objective fares, by the values that are known on a day."""
    values = sorted(
        (each for each in known if each.on <= as_of and each.known_on <= as_of),
        key=lambda each: each.on,
    )
    begun = objective.baseline_on
    before = tuple(each for each in values if begun and each.on < begun)
    since = tuple(values[len(before) :])
    try:
        aim = aim_of(
            direction=objective.direction,
            baseline=objective.baseline_value,
            baseline_on=objective.baseline_on,
            target=objective.target,
            due_on=objective.due_on,
            tolerance=objective.tolerance,
        )
        newest = since[-1] if since else None
        come = progress(aim, newest.value, newest.on, objective.planned) if newest else None
    except Refusal as refusal:
        return Fared(before, since, None, refusal, None, None)
    heading = project(aim, (Actual(each.on, each.value) for each in since), seed=SEED, draws=draws)
    return Fared(before, since, aim, None, come, heading)


def in_short(objective: Objective, known: Iterable[Value], as_of: date) -> Fared:
    """
    Return how an objective fares, for many at once: without a band to rely on.

    The middle of a projection comes from all values and needs no draws; a band of a thousand
    takes up to a quarter of a second.
    """
    return fared(objective, known, as_of, draws=1)


def values_of(
    objectives: Sequence[Objective],
    actuals: Iterable[ObjectiveActual],
    measurements: Iterable[Measurement],
) -> Mapping[int, list[Value]]:
    """
    Return the values of each objective by its primary key.

    One that names a service level reads that level's measurements, and nothing else.
    """
    recorded: defaultdict[int, list[Value]] = defaultdict(list)
    for each in actuals:
        recorded[each.objective_id].append(_recorded(each))
    levels: defaultdict[tuple[int, str], list[Measurement]] = defaultdict(list)
    for measured in measurements:
        levels[measured.engagement_id, measured.service_level].append(measured)
    return {
        each.pk: measured_values(levels[each.engagement_id, each.service_level], each.unit)
        if each.service_level
        else recorded[each.pk]
        for each in objectives
    }


def feeding(objectives: Iterable[Objective]) -> Iterable[Measurement]:
    """Return the measurements of the service levels that objectives name, in one query."""
    linked = [each for each in objectives if each.service_level]
    return (
        Measurement.objects.filter(
            engagement__in={each.engagement_id for each in linked},
            service_level__in={each.service_level for each in linked},
            agreement__state=AgreementState.IN_FORCE,
            superseded_by=None,
        )
        .only(*FIGURES, "measured_at")
        .order_by("window_start", "id")
    )


def standing_actuals(objectives: Iterable[Objective]) -> Iterable[ObjectiveActual]:
    """Return the recorded values that no correction replaces."""
    return ObjectiveActual.objects.filter(
        objective__in=list(objectives), corrected_by=None
    ).order_by("on", "id")


def known_values(objectives: Sequence[Objective]) -> Mapping[int, list[Value]]:
    """Return the values of objectives by their primary keys, in two queries."""
    return values_of(objectives, standing_actuals(objectives), feeding(objectives))


def _recorded(actual: ObjectiveActual) -> Value:
    return Value(
        on=actual.on,
        value=Fraction(actual.value),
        came_by=CameBy(actual.came_by),
        known_on=actual.recorded_at.date(),
        note=actual.note,
        row=actual,
    )


def measured_values(measurements: Iterable[Measurement], unit: str) -> list[Value]:
    """Return the figures of a service level, window by window, in the unit that is asked for."""
    return [
        Value(
            # A window ends at midnight of its zone: half a day earlier is its last day in any.
            on=(each.window_end - timedelta(hours=12)).date(),
            value=in_unit(each.value, Unit(each.unit), unit),
            came_by=CameBy.LEVEL,
            known_on=each.measured_at.date(),
            note=each.window,
        )
        for each in measurements
        if each.value is not None
        and each.verdict not in _NO_FIGURE
        and each.window_end <= each.measured_at
    ]


def in_unit(value: Fraction, of: Unit, unit: str) -> Fraction:
    """Return a figure of a service level in the unit that an objective is written in."""
    written = unit.casefold().strip()
    if of is Unit.SHARE:
        per_cent = written.startswith(("%", "percent", "per cent")) or not written
        return value * 100 if per_cent else value
    if of is Unit.SECONDS:
        sized = (size for word, size in _TIMES.items() if written.startswith(word))
        return value / next(sized, 1)
    return value


def as_decimal(value: Fraction | float) -> Decimal:
    """Return a figure with six decimals, as snapshots and interfaces give it."""
    return Decimal(round(Fraction(value) * 10**6)).scaleb(-6)
