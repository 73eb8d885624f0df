"""Import what was measured of an objective from a file: tried out, or stored."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.record_actual import demand_by_hand
from tallystick.actions.refusals import require
from tallystick.engine.actuals import ActualRow, read_actuals
from tallystick.engine.refusals import Refusal
from tallystick.records.objective_actuals import CameBy, ObjectiveActual
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NothingToStore(Refusal):
    """Every row is held already, or cannot be read."""

    code = "actuals.nothing-to-store"


def try_actuals(
    *, objective: Objective, path: Path, by: Viewer, as_of: datetime
) -> list[ActualRow]:
    """
    Return what importing a file would do, row by row; a dry run.

    Raises:
        NotPermitted, FedByLevel, and whatever `read_actuals` refuses a file for
    """
    require(by, Duty.RECORD_ACTUALS)
    demand_by_hand(objective)
    standing = ObjectiveActual.objects.filter(objective=objective, corrected_by=None)
    kept = {each.on: Decimal(each.value) for each in standing}
    return read_actuals(path, today=as_of.date(), kept=kept)


@transaction.atomic
def import_actuals(
    *, objective: Objective, path: Path, file_name: str, by: Viewer, as_of: datetime
) -> list[ObjectiveActual]:
    """
    Store the new values of a file; the same file again stores nothing twice.

    Raises:
        NothingToStore, and what `try_actuals` raises
    """
    held_engagement(objective.engagement_id)
    rows = try_actuals(objective=objective, path=path, by=by, as_of=as_of)
    new = [row for row in rows if row.is_new]
    if not new:
        raise NothingToStore(
            "No row of the file is a new value.",
            place="file",
            remedy="Look at the reasons of the rows, and mend the file.",
        )
    made = ObjectiveActual.objects.bulk_create(
        ObjectiveActual(
            engagement=objective.engagement,
            objective=objective,
            on=row.on,
            value=row.value,
            note=row.note,
            came_by=CameBy.IMPORT,
            file_name=file_name,
            recorded_at=as_of,
            recorded_by=by.person,
        )
        for row in new
        if row.on is not None and row.value is not None
    )
    enter(
        objective,
        f"Imported {len(made)} value{'' if len(made) == 1 else 's'} of “{objective.statement}” "
        f"from {file_name}.",
        action="import_actuals",
        payload={
            "objective": objective.public_id,
            "file": file_name,
            "values": [[str(row.on), str(row.value), row.note] for row in new],
        },
        chain=objective.engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([objective.engagement], as_of, by=by)
    return made
