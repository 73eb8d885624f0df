"""The provider says that it has read and understood an objective, as it stands now."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.objectives import Acknowledgement, Objective, plain_wording
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class AlreadyAcknowledged(Refusal):
    """This version has the provider's word."""

    code = "objective.already-acknowledged"


@transaction.atomic
def acknowledge_objective(*, objective: Objective, by: Viewer, as_of: datetime) -> Acknowledgement:
    """
    Record the provider's acknowledgement of the present version.

    Raises:
        NotPermitted, AlreadyAcknowledged
    """
    require(by, Duty.ACKNOWLEDGE)
    if objective.acknowledgements.filter(version=objective.version).exists():
        raise AlreadyAcknowledged(
            f"Version {objective.version} was acknowledged before.",
            remedy="Nothing needs doing; a new version will ask again.",
        )
    acknowledgement = word_on(objective, by, as_of)
    keep_findings_in([objective.engagement], as_of, by=by)
    return acknowledgement


def word_on(objective: Objective, by: Viewer, as_of: datetime) -> Acknowledgement:
    """Store the provider's word on the present version, with its entry in the ledger."""
    acknowledgement = Acknowledgement.objects.create(
        engagement=objective.engagement,
        objective=objective,
        version=objective.version,
        acknowledged_at=as_of,
        acknowledged_by=by.person,
    )
    enter(
        acknowledgement,
        f"Acknowledged the objective “{objective.statement}” (version {objective.version}).",
        action="acknowledge_objective",
        # Both halves of the record hold the very words that were read.
        payload={
            "objective": objective.public_id,
            "version": objective.version,
            "wording": plain_wording(objective),
        },
        chain=objective.engagement,
        by=by,
        as_of=as_of,
    )
    return acknowledgement
