"""Take a proposed version off the table: its proposer withdraws it, the other party declines."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.proposals import close_proposal, demand_open
from tallystick.actions.refusals import require
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def withdraw_agreement(*, agreement: Agreement, by: Viewer, as_of: datetime) -> Agreement:
    """
    Close a version that waits for signatures; a signature on it is void.

    Raises:
        NotPermitted, NotOpen
    """
    require(by, Duty.DRAFT_AGREEMENT)
    held_engagement(agreement.engagement.pk)
    waiting = Agreement.objects.get(pk=agreement.pk)
    demand_open(waiting)
    own = waiting.proposed_for_id == by.organisation.pk
    close_proposal(
        waiting,
        AgreementState.WITHDRAWN if own else AgreementState.DECLINED,
        f"{'Withdrew' if own else 'Declined'} version {waiting.version} of the agreement",
        by=by,
        as_of=as_of,
    )
    return waiting
