"""Attest a statement: a party takes its figures as they stand."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.restate_statement import demand_current
from tallystick.engine.refusals import Refusal
from tallystick.records.attestations import Attestation
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


class AlreadyAttested(Refusal):
    """A party attests a statement once, and does not dispute it afterwards."""

    code = "statement.already-attested"


def demand_unattested(statement: Statement, by: Viewer) -> None:
    """
    Let a party go on that has not attested the statement.

    Raises:
        AlreadyAttested
    """
    if statement.attestations.filter(side=by.organisation.side).exists():
        raise AlreadyAttested(
            f"{by.organisation.name} has attested the statement of {statement.window}.",
            place="statement",
            remedy="If a figure is wrong after all, ask the client to restate.",
        )


@transaction.atomic
def attest_statement(*, statement: Statement, by: Viewer, as_of: datetime) -> Attestation:
    """
    Record that a party takes the statement as it stands; what it disputed is settled by that.

    Both parties are handed a checkpoint: under it, this word cannot be taken away unseen.

    Raises:
        NotPermitted, AlreadyRestated, AlreadyAttested
    """
    require(by, Duty.ATTEST)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    demand_current(statement)
    demand_unattested(statement, by)
    settled = statement.disputes.filter(side=by.organisation.side, closing=None).count()
    attestation = Attestation.objects.create(
        engagement=statement.engagement,
        statement=statement,
        side=by.organisation.side,
        attested_at=as_of,
        attested_by=by.person,
    )
    more = f"; {settled} disputed point{'s are' if settled > 1 else ' is'} settled" * bool(settled)
    enter(
        attestation,
        f"Attested the statement of {statement.window} for {by.organisation.name}{more}.",
        action="attest_statement",
        payload={"statement": statement.public_id, "side": attestation.side, "settled": settled},
        chain=statement.engagement,
        by=by,
        as_of=as_of,
    )
    hand_checkpoint(engagement=statement.engagement, by=by, as_of=as_of)
    return attestation
