"""Take a criterion out of a selection, before anybody has opened a bid."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.selections import Criterion, Phase
from tallystick.records.viewer import Viewer


class CriterionHasParts(Refusal):
    """A group goes after what stands below it."""

    code = "criterion.has-parts"


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: Viewer, as_of: datetime) -> None:
    """
    Delete a criterion; the ledger keeps that it was there.

    Raises:
        NotPermitted, WrongPhase, CriterionHasParts
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(criterion.selection, Phase.PREPARING)
    if criterion.parts.exists():
        raise CriterionHasParts(
            f"“{criterion.name}” has criteria below it.",
            place="criterion",
            remedy="Remove or move those first.",
        )
    tell(
        criterion,
        f"Removed the criterion “{criterion.name}”.",
        action="remove_criterion",
        payload={"name": criterion.name, "weight": str(criterion.weight)},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    criterion.delete()
