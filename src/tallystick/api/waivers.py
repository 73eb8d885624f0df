"""Waivers of an engagement: those that hold or held, granting one, ending one."""

from datetime import UTC, date, datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from tallystick.actions.end_waiver import end_waiver
from tallystick.actions.waive_finding import waive_finding
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Listed, Out, SafePage, Words, listed
from tallystick.records.engagements import Engagement
from tallystick.records.waivers import Waiver

operations = Operations(tags=["Gates and findings"])

Why = Annotated[Words, Field(max_length=1_000)]


class WaiverOut(Out):
    """What is waived, why, by whom, and until when."""

    id: str
    code: str
    place: str = Field(description="Empty: wherever the guardrail finds it.")
    told: str = Field(description="What was found when it was granted.")
    reason: str
    approver: str
    granted_at: datetime
    expires_on: date
    ended_at: datetime | None
    ended_because: str


class Waive(In):
    """A finding to waive, at its place or, without one, everywhere in the engagement."""

    code: Line
    place: Annotated[str, Field(max_length=500)] = ""
    reason: Why
    expires_on: date = Field(description="Its last day, at most 365 days ahead.")


class EndWaiver(In):
    """Why a waiver ends."""

    reason: Why


def _out(waiver: Waiver) -> WaiverOut:
    return WaiverOut(
        id=waiver.public_id,
        code=waiver.code,
        place=waiver.place,
        told=waiver.told,
        reason=waiver.reason,
        approver=waiver.approver.name,
        granted_at=waiver.granted_at,
        expires_on=waiver.expires_on,
        ended_at=waiver.ended_at,
        ended_because=waiver.ended_because,
    )


@operations.reads("/engagements/{engagement_id}/waivers", "waivers", Listed[WaiverOut])
def waivers(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[WaiverOut]:
    """Return every waiver of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Waiver.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(rows.select_related("approver").order_by("-granted_at", "-id"), asked, _out)


@operations.acts(
    "/engagements/{engagement_id}/waivers/grant", "waive_finding", WaiverOut, status=201
)
def waived(request: ViewerRequest, engagement_id: str, given: Waive) -> WaiverOut:
    """Waive a finding for a reason and until a day; meanwhile it blocks no gate."""
    waiver = waive_finding(
        engagement=find(Engagement, request.viewer, engagement_id),
        **given.model_dump(),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(waiver)


@operations.acts("/waivers/{waiver_id}/end", "end_waiver", WaiverOut)
def ended(request: ViewerRequest, waiver_id: str, given: EndWaiver) -> WaiverOut:
    """End a waiver; what it covered counts again."""
    waiver = find(Waiver, request.viewer, waiver_id, "engagement")
    ending = end_waiver(
        waiver=waiver, reason=given.reason, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _out(ending)
