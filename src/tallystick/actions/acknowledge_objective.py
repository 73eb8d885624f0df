"""The provider says that it has read and understood an objective, as it stands now."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.governance_tellings import tell_echoes
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_importance
from tallystick.engine.refusals import Refusal
from tallystick.records.objectives import Acknowledgement, Objective, plain_wording
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class AlreadyAcknowledged(Refusal):
    """This version has the provider's word."""

    code = "objective.already-acknowledged"


class AmendedMeanwhile(Refusal):
    """An objective has another version than the one that was read."""

    code = "objective.amended-meanwhile"


@transaction.atomic
def acknowledge_objective(
    *, objective: Objective, read: int | None = None, by: Viewer, as_of: datetime
) -> Acknowledgement:
    """
    Record the provider's acknowledgement of the version that it has read.

    `read` is that version; None for whichever it is now.

    Raises:
        NotPermitted, AmendedMeanwhile, AlreadyAcknowledged
    """
    require(by, Duty.ACKNOWLEDGE)
    # An amendment at the same instant would be acknowledged unread, or the same word stored twice.
    held_engagement(objective.engagement_id)
    objective = Objective.objects.select_related("engagement", "parent").get(pk=objective.pk)
    demand_read(objective, objective.version if read is None else read)
    if objective.acknowledgements.filter(version=objective.version).exists():
        raise AlreadyAcknowledged(
            f"Version {objective.version} was acknowledged before.",
            remedy="Nothing needs doing; a new version will ask again.",
        )
    acknowledgement = word_on(objective, by, as_of)
    keep_findings_in([objective.engagement], as_of, by=by)
    tell_echoes(objective.engagement, [objective], by, as_of)
    tell_importance(objective.engagement, [objective], by, as_of)
    return acknowledgement


def demand_read(objective: Objective, version: int) -> None:
    """
    Let a word be given only on the very wording that was read.

    Raises:
        AmendedMeanwhile
    """
    if version != objective.version:
        raise AmendedMeanwhile(
            f"“{objective.statement[:80]}” has version {objective.version} meanwhile.",
            place=objective.public_id,
            remedy="Read it again; nothing was acknowledged.",
        )


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
