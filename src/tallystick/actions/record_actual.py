"""Record what was measured of an objective on a day, or correct what was recorded before."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.engine.actuals import LONGEST_NOTE, check_day, value_in
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import decimal_text
from tallystick.records.objective_actuals import CameBy, ObjectiveActual
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class FedByLevel(Refusal):
    """The objective reads its values from a service level."""

    code = "actuals.fed-by-level"


class DayTaken(Refusal):
    """A value stands for this day."""

    code = "actuals.day-taken"


class AlreadyCorrected(Refusal):
    """Another row corrects this one already."""

    code = "actuals.already-corrected"


@transaction.atomic
def record_actual(
    *,
    objective: Objective,
    on: date,
    value: str,
    note: str = "",
    corrects: ObjectiveActual | None = None,
    came_by: CameBy = CameBy.HAND,
    by: Viewer,
    as_of: datetime,
) -> ObjectiveActual:
    """
    Store a value of a day; a correction stands beside what it corrects, which counts no longer.

    One click too many stores it once.

    Raises:
        NotPermitted, FedByLevel, ValueRefused, TextTooLong, DayTaken, AlreadyCorrected
    """
    require(by, Duty.RECORD_ACTUALS)
    demand_by_hand(objective)
    number = value_in(value)
    check_day(on, as_of.date())
    note = checked(note, "note", longest=LONGEST_NOTE, needed=False)
    words = {"on": on, "value": number, "note": note, "corrects": corrects}
    rows = ObjectiveActual.objects.filter(objective=objective)
    if kept := sent_before(rows, "recorded_at", "recorded_by", by=by, as_of=as_of, **words):
        return kept
    _demand_room(objective, on, corrects)
    actual = ObjectiveActual.objects.create(
        engagement=objective.engagement,
        objective=objective,
        on=on,
        value=number,
        note=note,
        came_by=came_by,
        recorded_at=as_of,
        recorded_by=by.person,
        corrects=corrects,
    )
    _enter(actual, by, as_of)
    keep_findings_in([objective.engagement], as_of, by=by)
    return actual


def _enter(actual: ObjectiveActual, by: Viewer, as_of: datetime) -> None:
    objective, corrects = actual.objective, actual.corrects
    said = decimal_text(actual.value)
    enter(
        actual,
        f"{'Corrected' if corrects else 'Recorded'} {said} on {actual.on} for "
        f"“{objective.statement}”.",
        action="record_actual",
        payload={
            "objective": objective.public_id,
            "on": actual.on.isoformat(),
            "value": said,
            "note": actual.note,
            "corrects": corrects.public_id if corrects else "",
        },
        chain=objective.engagement,
        by=by,
        as_of=as_of,
    )


def _demand_room(objective: Objective, on: date, corrects: ObjectiveActual | None) -> None:
    # Two values for one day at once would both stand.
    held_engagement(objective.engagement_id)
    standing = ObjectiveActual.objects.filter(objective=objective, corrected_by=None)
    if corrects is not None:
        if not standing.filter(pk=corrects.pk).exists():
            raise AlreadyCorrected(
                "This value was corrected before.",
                place="corrects",
                remedy="Correct the newest one.",
            )
        standing = standing.exclude(pk=corrects.pk)
    if standing.filter(on=on).exists():
        raise DayTaken(
            f"A value stands for {on}.",
            place="on",
            remedy="Correct that one: it stays beside its correction.",
        )


def demand_by_hand(objective: Objective) -> None:
    """
    Let only an objective go on that no service level feeds.

    Raises:
        FedByLevel
    """
    if objective.service_level:
        raise FedByLevel(
            f"Its values are the measurements of the service level {objective.service_level}.",
            place="objective",
            remedy="Measure the level, or state the objective anew without it.",
        )
