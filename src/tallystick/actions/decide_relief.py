"""Decide a claim of relief: the client approves or rejects it, with a reason."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.claim_relief import words_of
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_relief
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class AlreadyDecided(Refusal):
    """A claim is decided once, or withdrawn, whoever is quicker."""

    code = "relief.already-decided"


class TooLateToDecide(Refusal):
    """The days for a decision are over; the claim counts as the agreement says."""

    code = "relief.too-late-to-decide"


class NotADecision(Refusal):
    """A claim is approved or rejected; it is pending by itself."""

    code = "relief.not-a-decision"


@transaction.atomic
def decide_relief(
    *, claim: ReliefClaim, state: ClaimState, reason: str, by: Viewer, as_of: datetime
) -> ReliefDecision:
    """
    Approve or reject a claim; the next measuring leaves out what was approved.

    Raises:
        NotPermitted, NotADecision, AlreadyDecided, TooLateToDecide, TextNeeded, TextTooLong
    """
    require(by, Duty.DECIDE_RELIEF)
    if state not in (ClaimState.APPROVED, ClaimState.REJECTED):
        raise NotADecision(
            "A claim is approved or rejected.", place="state", remedy="Choose one of the two."
        )
    claim = open_claim(claim, as_of)
    decision = ReliefDecision.objects.create(
        engagement=claim.engagement,
        claim=claim,
        state=state,
        reason=checked(reason, "reason"),
        decided_at=as_of,
        decided_by=by.person,
    )
    enter(
        decision,
        f"{state.capitalize()} relief under {claim.service_level} in {claim.window} "
        f"({words_of(claim.ground)}).",
        action="decide_relief",
        payload={"claim": claim.public_id, "state": state, "reason": decision.reason},
        chain=claim.engagement,
        by=by,
        as_of=as_of,
    )
    tell_relief(decision, by, as_of)
    return decision


def open_claim(claim: ReliefClaim, as_of: datetime) -> ReliefClaim:
    """
    Return a claim that waits for a decision, so that nobody else ends it until this act is done.

    Raises:
        AlreadyDecided, TooLateToDecide
    """
    claim = (
        ReliefClaim.objects.select_for_update(of=("self",))
        .select_related("agreement", "engagement", "decision__decided_by")
        .get(pk=claim.pk)
    )
    found = getattr(claim, "decision", None)
    if found is not None:
        did = "withdrew" if found.state == ClaimState.WITHDRAWN else found.state
        raise AlreadyDecided(
            f"{found.decided_by.name} {did} the claim before.",
            place="claim",
            remedy="Nothing needs doing; that word stands.",
        )
    standing = claim.standing_at(as_of)
    if standing.by_silence:
        raise TooLateToDecide(
            f"The claim could be decided until {standing.until:%d %B %Y}; now it counts as "
            f"{standing.state}.",
            place="claim",
            remedy="Nothing: that is what the agreement says of a claim that nobody decides.",
        )
    return claim
