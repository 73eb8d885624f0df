"""What indicators read: measured service levels, values of objectives, and readings by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.agreements import AgreementState
from tallystick.records.indicators import SignSource
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objective_figures import Value, known_values, measured_values
from tallystick.records.risk_registers import AnyIndicator

Read = Mapping[str, Sequence[tuple[date, Fraction]]]
"""The values of each indicator, by its public id."""


def sign_values(indicators: Sequence[AnyIndicator], on: date) -> Read:
    """Return what each indicator reads on a day, one value a day, in three queries at most."""
    objectives = {each.objective.pk: each.objective for each in indicators if each.objective}
    stated = known_values(list(objectives.values())) if objectives else {}
    levels = _levels([each for each in indicators if each.service_level])

    def values(each: AnyIndicator) -> dict[date, Fraction]:
        if each.source == SignSource.HAND:
            return {date.fromisoformat(day): Fraction(value) for day, value in each.readings}
        if each.source == SignSource.OBJECTIVE and each.objective_id:
            return _by_day(stated.get(each.objective_id, []), on)
        return _by_day(levels[each.risk.engagement_id, each.service_level], on)

    return {each.public_id: sorted(values(each).items()) for each in indicators}


def _by_day(values: Iterable[Value], on: date) -> dict[date, Fraction]:
    return {each.on: each.value for each in values if each.known_on <= on}


def _levels(indicators: Sequence[AnyIndicator]) -> defaultdict[tuple[int, str], list[Value]]:
    found: defaultdict[tuple[int, str], list[Value]] = defaultdict(list)
    if not indicators:
        return found
    rows = (
        Measurement.objects.filter(
            engagement__in={each.risk.engagement_id for each in indicators},
            service_level__in={each.service_level for each in indicators},
            agreement__state=AgreementState.IN_FORCE,
            superseded_by=None,
        )
        .only(*FIGURES, "measured_at")
        .order_by("window_start", "id")
    )
    for row in rows:
        unit = "%" if row.unit == Unit.SHARE else "hours"
        found[row.engagement_id, row.service_level] += measured_values([row], unit)
    return found
