"""Agreements: the versions of an engagement's machine-readable document."""

from datetime import UTC, date, datetime
from typing import Any

from ninja import Query
from pydantic import Field

from tallystick.actions.record_agreement import record_agreement
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, Out, SafePage, listed
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement

operations = Operations(tags=["Agreements"])


class AgreementLine(Out):
    """A version in a list."""

    id: str
    engagement: str
    version: int
    title: str
    digest: str = Field(description="sha256 of the document's canonical JSON (RFC 8785).")
    state: AgreementState
    in_force_from: date
    in_force_until: date
    signed_on: date
    recorded_at: datetime
    recorded_by: str


class AgreementWhole(AgreementLine):
    """A version with its document, as it was validated."""

    document: dict[str, Any]


class Record(In):
    """An agreement that both parties signed on paper."""

    document: dict[str, Any] = Field(description="The agreement document, version 1.")
    signed_on: date


def _values(agreement: Agreement) -> dict[str, Any]:
    return {
        "id": agreement.public_id,
        "engagement": agreement.engagement.public_id,
        "version": agreement.version,
        "title": agreement.title,
        "digest": agreement.digest,
        "state": agreement.state,
        "in_force_from": agreement.in_force_from,
        "in_force_until": agreement.in_force_until,
        "signed_on": agreement.signed_on,
        "recorded_at": agreement.recorded_at,
        "recorded_by": agreement.recorded_by.name,
    }


def _line(agreement: Agreement) -> AgreementLine:
    return AgreementLine(**_values(agreement))


def _whole(agreement: Agreement) -> AgreementWhole:
    return AgreementWhole(**_values(agreement), document=agreement.document)


@operations.reads("/engagements/{engagement_id}/agreements", "agreements", Listed[AgreementLine])
def agreements(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[AgreementLine]:
    """Return the versions of an engagement's agreement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Agreement.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related("engagement", "recorded_by").order_by("-version", "-id")
    return listed(known, asked, _line)


@operations.reads("/agreements/{agreement_id}", "agreement", AgreementWhole)
def agreement(request: ViewerRequest, agreement_id: str) -> AgreementWhole:
    """Return one version with its document."""
    return _whole(find(Agreement, request.viewer, agreement_id, "engagement", "recorded_by"))


@operations.acts(
    "/engagements/{engagement_id}/agreements/record",
    "record_agreement",
    AgreementWhole,
    status=201,
)
def record(request: ViewerRequest, engagement_id: str, given: Record) -> AgreementWhole:
    """Record a version that is in force from its own first day."""
    recorded = record_agreement(
        engagement=find(Engagement, request.viewer, engagement_id),
        document=given.document,
        signed_on=given.signed_on,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(recorded)
