"""Claims of relief: what the provider asks to leave out, and what the client decides."""

from datetime import UTC, datetime
from typing import Literal

from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from tallystick.actions.claim_relief import MOST_ITEMS, ReliefWording, claim_relief
from tallystick.actions.decide_relief import decide_relief
from tallystick.actions.withdraw_relief import withdraw_relief
from tallystick.api.answers import given_files
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.stated import ClaimOut, claim_out
from tallystick.api.values import In, Line, Listed, OptionalLine, SafePage, Words, listed
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.claimed import FOLLOWED, claim_values
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim

operations = Operations(tags=["Relief"])


class ClaimAsked(In):
    """What should be left out, and why: `items`, or a component's time."""

    ground: ReliefGround
    what_happened: Words
    items: list[Line] = Field(
        [], max_length=MOST_ITEMS, description="External ids, as the items of the measurement."
    )
    component: OptionalLine = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class ReliefDecided(In):
    """What the client decides, and why."""

    state: Literal[ClaimState.APPROVED, ClaimState.REJECTED]
    reason: Words


class ReliefWithdrawn(In):
    """Why the provider takes its claim back."""

    reason: Words


def _out(claim: ReliefClaim) -> ClaimOut:
    return claim_out(claim_values(claim, claim.agreement.level_names, datetime.now(UTC)))


@operations.reads("/engagements/{engagement_id}/relief", "relief_claims", Listed[ClaimOut])
def claims(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[ClaimOut]:
    """Return the claims of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = ReliefClaim.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related(*FOLLOWED).prefetch_related("files")
    return listed(known.order_by("-claimed_at", "-id"), asked, _out)


@operations.reads("/relief/{claim_id}", "relief_claim", ClaimOut)
def claim(request: ViewerRequest, claim_id: str) -> ClaimOut:
    """Return one claim with its evidence, and what it counts as now."""
    return _out(find(ReliefClaim, request.viewer, claim_id, *FOLLOWED))


@operations.acts("/measurements/{measurement_id}/relief", "claim_relief", ClaimOut, status=201)
def claim_(
    request: ViewerRequest,
    measurement_id: str,
    asked: Form[ClaimAsked],
    evidence: File[list[UploadedFile]] = [],  # noqa: B006  (ninja's way to say "optional")
) -> ClaimOut:
    """Claim relief for what stands behind a measurement; send evidence along as files."""
    measurement = find(Measurement, request.viewer, measurement_id, "agreement", "engagement")
    made = claim_relief(
        measurement=measurement,
        wording=ReliefWording(**asked.model_dump()),
        files=given_files(evidence),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(made)


@operations.acts("/relief/{claim_id}/decide", "decide_relief", ClaimOut)
def decide(request: ViewerRequest, claim_id: str, given: ReliefDecided) -> ClaimOut:
    """Approve or reject a claim; the next measuring leaves out what was approved."""
    found = find(ReliefClaim, request.viewer, claim_id)
    decide_relief(
        claim=found,
        state=given.state,
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(find(ReliefClaim, request.viewer, claim_id, *FOLLOWED))


@operations.acts("/relief/{claim_id}/withdraw", "withdraw_relief", ClaimOut)
def withdraw(request: ViewerRequest, claim_id: str, given: ReliefWithdrawn) -> ClaimOut:
    """Take a claim back while nobody has decided it; what it named can be claimed anew."""
    found = find(ReliefClaim, request.viewer, claim_id)
    withdraw_relief(claim=found, reason=given.reason, by=request.viewer, as_of=datetime.now(UTC))
    return _out(find(ReliefClaim, request.viewer, claim_id, *FOLLOWED))
