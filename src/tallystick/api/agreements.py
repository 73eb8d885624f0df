"""Agreements: the versions of an engagement's machine-readable document, signed or proposed."""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from tallystick.actions.record_agreement import record_agreement
from tallystick.actions.sign_agreement import sign_agreement
from tallystick.actions.withdraw_agreement import withdraw_agreement
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, Out, SafePage, listed
from tallystick.engine.service_levels.succession import Span
from tallystick.records.agreements import (
    Agreement,
    AgreementState,
    followed,
    gaps_around,
    gaps_in,
    standing_of,
)
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Role
from tallystick.records.signatures import Signature, still_to_sign
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Agreements"])
RELATED = ("engagement__client", "engagement__provider", "recorded_by", "proposed_for")


class Gap(Out):
    """Days in which no agreement is in force; `until` is not one of them."""

    first: date = Field(alias="from")
    until: date


class SignatureOut(Out):
    """One party's word on a version; void once the version is withdrawn, declined or replaced."""

    organisation: str
    signed_by: str
    role: Role
    digest: str
    signed_at: datetime
    void: bool


class AgreementLine(Out):
    """A version in a list."""

    id: str
    engagement: str
    version: int
    title: str
    digest: str = Field(description="sha256 of the document's canonical JSON (RFC 8785).")
    state: AgreementState
    standing: str = Field(
        description="The state; for one in force what the day makes of it: ahead, in-force, ended "
        "or superseded."
    )
    state_at: datetime = Field(description="Since when it is in its state.")
    in_force_from: date
    in_force_until: date
    signed_on: date | None
    on_paper: bool = Field(description="Signed on paper; there are no signatures here.")
    recorded_at: datetime
    recorded_by: str
    proposed_for: str | None = Field(description="The party that proposed it.")
    waiting_for: list[str] = Field(description="The parties that have not signed, since state_at.")
    signatures: list[SignatureOut]


class Versions(Listed[AgreementLine]):
    """The versions of an engagement, and the days between them without an agreement in force."""

    gaps: list[Gap]


class AgreementWhole(AgreementLine):
    """A version with its document, as it was validated."""

    document: dict[str, Any]
    gaps: list[Gap] = Field(description="Days beside it in which no agreement is in force.")


class Record(In):
    """An agreement that both parties signed on paper."""

    document: dict[str, Any] = Field(description="The agreement document, version 1.")
    signed_on: date


class Sign(In):
    """The hash that was read, and the signer's password."""

    digest: str = Field(max_length=71)
    password: str = Field(max_length=4096)


def gap_values(gaps: list[Span]) -> list[Gap]:
    """Return gaps as operations give them."""
    return [Gap(**{"from": first, "until": until}) for first, until in gaps]


def _signature(signature: Signature, *, void: bool) -> SignatureOut:
    return SignatureOut(
        organisation=signature.organisation.name,
        signed_by=signature.signed_by.name,
        role=signature.role,
        digest=signature.digest,
        signed_at=signature.signed_at,
        void=void,
    )


def _values(agreement: Agreement) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    void = agreement.has_lapsed
    return {
        "id": agreement.public_id,
        "engagement": agreement.engagement.public_id,
        "version": agreement.version,
        "title": agreement.title,
        "digest": agreement.digest,
        "state": agreement.state,
        "standing": standing_of(agreement, today, followed=getattr(agreement, "followed", False)),
        "state_at": agreement.state_at,
        "in_force_from": agreement.in_force_from,
        "in_force_until": agreement.in_force_until,
        "signed_on": agreement.signed_on,
        "on_paper": agreement.on_paper,
        "recorded_at": agreement.recorded_at,
        "recorded_by": agreement.recorded_by.name,
        "proposed_for": agreement.proposed_for.name if agreement.proposed_for else None,
        "waiting_for": [each.name for each in still_to_sign(agreement)],
        "signatures": [_signature(each, void=void) for each in agreement.signatures.all()],
    }


def _line(agreement: Agreement) -> AgreementLine:
    return AgreementLine(**_values(agreement))


def whole(agreement: Agreement, viewer: Viewer) -> AgreementWhole:
    """Return a version as it is now, with its document."""
    read = _rows(viewer).get(pk=agreement.pk)
    gaps = [] if read.has_lapsed else gaps_around(read.engagement, read.span)
    return AgreementWhole(**_values(read), document=read.document, gaps=gap_values(gaps))


def _rows(viewer: Viewer) -> QuerySet[Agreement]:
    return (
        Agreement.objects.visible_to(viewer)
        .select_related(*RELATED)
        .prefetch_related("signatures__organisation", "signatures__signed_by")
        .annotate(followed=followed())
    )


@operations.reads("/engagements/{engagement_id}/agreements", "agreements", Versions)
def agreements(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Versions:
    """Return the versions of an engagement's agreement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = _rows(request.viewer).filter(engagement=engagement).order_by("-version", "-id")
    page = listed(rows, asked, _line)
    return Versions(items=page.items, count=page.count, gaps=gap_values(gaps_in(engagement)))


@operations.reads("/agreements/{agreement_id}", "agreement", AgreementWhole)
def agreement(request: ViewerRequest, agreement_id: str) -> AgreementWhole:
    """Return one version with its document, its signatures and whose turn it is."""
    return whole(find(Agreement, request.viewer, agreement_id), request.viewer)


@operations.acts(
    "/engagements/{engagement_id}/agreements/record",
    "record_agreement",
    AgreementWhole,
    status=201,
)
def record(request: ViewerRequest, engagement_id: str, given: Record) -> AgreementWhole:
    """Record a version that was signed on paper; it is in force from its own first day."""
    recorded = record_agreement(
        engagement=find(Engagement, request.viewer, engagement_id),
        document=given.document,
        signed_on=given.signed_on,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(recorded, request.viewer)


@operations.acts("/agreements/{agreement_id}/sign", "sign_agreement", AgreementWhole)
def sign(request: ViewerRequest, agreement_id: str, given: Sign) -> AgreementWhole:
    """Sign the version whose hash was read; with both signatures it is in force."""
    signature = sign_agreement(
        agreement=find(Agreement, request.viewer, agreement_id, "engagement"),
        digest=given.digest,
        password=given.password,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(signature.agreement, request.viewer)


@operations.acts("/agreements/{agreement_id}/withdraw", "withdraw_agreement", AgreementWhole)
def withdraw(request: ViewerRequest, agreement_id: str) -> AgreementWhole:
    """Take one's own proposal back, or decline the other party's; signatures on it are void."""
    closed = withdraw_agreement(
        agreement=find(Agreement, request.viewer, agreement_id, "engagement"),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(closed, request.viewer)
