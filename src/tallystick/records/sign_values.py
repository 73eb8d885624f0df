"""What indicators read: service levels, objectives, ageing action items, readings by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from tallystick.engine.governance.figures import HALF_A_YEAR, Given, ages_by_day
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.action_items import ActionItem
from tallystick.records.agreements import AgreementState
from tallystick.records.indicators import SignSource
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objective_figures import Value, known_values, measured_values
from tallystick.records.risk_registers import AnyIndicator

Read = Mapping[str, Sequence[tuple[date, Fraction]]]
"""The values of each indicator, by its public id."""


def sign_values(indicators: Sequence[AnyIndicator], on: date) -> Read:
    """Return what each indicator reads on a day, one value a day, in four queries at most."""
    objectives = {each.objective.pk: each.objective for each in indicators if each.objective}
    stated = known_values(list(objectives.values())) if objectives else {}
    levels = _levels([each for each in indicators if each.service_level])
    ages = _ages([each for each in indicators if each.source == SignSource.ACTION_AGE], on)

    def values(each: AnyIndicator) -> dict[date, Fraction]:
        if each.source == SignSource.HAND:
            return {date.fromisoformat(day): Fraction(value) for day, value in each.readings}
        if each.source == SignSource.OBJECTIVE and each.objective_id:
            return _by_day(stated.get(each.objective_id, []), on)
        if each.source == SignSource.ACTION_AGE:
            return ages[each.risk.engagement_id]
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


def _ages(indicators: Sequence[AnyIndicator], on: date) -> dict[int, dict[date, Fraction]]:
    """Return how old open action items were in the half year before a day, by engagement."""
    if not indicators:
        return {}
    given: dict[int, list[Given]] = {each.risk.engagement_id: [] for each in indicators}
    rows = ActionItem.objects.filter(engagement__in=given)
    for each in rows.only("engagement_id", "given_on", "due_on", "done_on"):
        given[each.engagement_id].append(Given(each.given_on, each.due_on, each.done_on))
    since = on - timedelta(days=HALF_A_YEAR)
    return {key: ages_by_day(each, since, on) for key, each in given.items()}
