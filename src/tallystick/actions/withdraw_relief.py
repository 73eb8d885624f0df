"""Withdraw a claim of relief: who made it takes it back while nobody has decided it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.claim_relief import words_of
from tallystick.actions.decide_relief import open_claim
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_relief
from tallystick.actions.texts import checked
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def withdraw_relief(
    *, claim: ReliefClaim, reason: str, by: Viewer, as_of: datetime
) -> ReliefDecision:
    """
    Take a claim back, with a reason; what it named can be claimed anew.

    Raises:
        NotPermitted, AlreadyDecided, TooLateToDecide, TextNeeded, TextTooLong
    """
    require(by, Duty.CLAIM_RELIEF)
    claim = open_claim(claim, as_of)
    withdrawn = ReliefDecision.objects.create(
        engagement=claim.engagement,
        claim=claim,
        state=ClaimState.WITHDRAWN,
        reason=checked(reason, "reason"),
        decided_at=as_of,
        decided_by=by.person,
    )
    enter(
        withdrawn,
        f"Withdrew the claim of relief under {claim.service_level} in {claim.window} "
        f"({words_of(claim.ground)}).",
        action="withdraw_relief",
        payload={"claim": claim.public_id, "reason": withdrawn.reason},
        chain=claim.engagement,
        by=by,
        as_of=as_of,
    )
    tell_relief(withdrawn, by, as_of)
    return withdrawn
