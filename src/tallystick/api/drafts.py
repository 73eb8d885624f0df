"""Drafts of agreements: their writer's alone until proposed; and what a version changes."""

from datetime import UTC, datetime
from typing import Any

from ninja import Query
from pydantic import Field

from tallystick.actions.discard_draft import discard_draft
from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.edit_draft import edit_draft
from tallystick.actions.propose_agreement import propose_agreement
from tallystick.api.agreements import AgreementWhole, whole
from tallystick.api.differences import DifferenceOut, difference_values
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, OptionalLine, Out, SafePage, listed
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.records.agreements import Agreement, AgreementState, next_version, signed_before
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement

operations = Operations(tags=["Agreements"])
PEOPLE = ("engagement", "drafted_by", "edited_by")


class DraftLine(Out):
    """A draft in a list; only its own organisation sees it."""

    id: str
    engagement: str
    title: str
    digest: str = Field(description="The hash of the draft as it was written.")
    state: AgreementState = AgreementState.DRAFT
    drafted_at: datetime
    drafted_by: str
    edited_at: datetime
    edited_by: str


class DraftWhole(DraftLine):
    """A draft with its document, as it was written."""

    document: dict[str, Any]


class DraftIn(In):
    """A document that may be unfinished."""

    document: dict[str, Any]


class DraftEdit(DraftIn):
    """The document anew, and the hash of the wording that was edited."""

    seen: str = Field(max_length=71)


class Propose(In):
    """The hash of the wording to propose; `gap: acknowledged` accepts days without agreement."""

    seen: str = Field(max_length=71)
    gap: OptionalLine = Field("", pattern="^(acknowledged)?$")


class Discarded(Out):
    """A draft that is gone."""

    id: str


class DifferenceAsked(In):
    """Which version to compare with."""

    against: OptionalLine = Field("", description="The id of a version; else the last both signed.")


def _values(draft: AgreementDraft) -> dict[str, Any]:
    return {
        "id": draft.public_id,
        "engagement": draft.engagement.public_id,
        "title": draft.title,
        "digest": draft.digest,
        "drafted_at": draft.drafted_at,
        "drafted_by": draft.drafted_by.name,
        "edited_at": draft.edited_at,
        "edited_by": draft.edited_by.name,
    }


def _line(draft: AgreementDraft) -> DraftLine:
    return DraftLine(**_values(draft))


def _whole(draft: AgreementDraft) -> DraftWhole:
    return DraftWhole(**_values(draft), document=draft.document)


@operations.reads("/engagements/{engagement_id}/drafts", "drafts", Listed[DraftLine])
def drafts(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[DraftLine]:
    """Return what your organisation is writing, the last edited first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = AgreementDraft.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(rows.select_related(*PEOPLE).order_by("-edited_at", "-id"), asked, _line)


@operations.reads("/drafts/{draft_id}", "draft", DraftWhole)
def draft(request: ViewerRequest, draft_id: str) -> DraftWhole:
    """Return one draft with its document."""
    return _whole(find(AgreementDraft, request.viewer, draft_id, *PEOPLE))


@operations.acts(
    "/engagements/{engagement_id}/agreements/draft", "draft_agreement", DraftWhole, status=201
)
def begin(request: ViewerRequest, engagement_id: str, given: DraftIn) -> DraftWhole:
    """Begin a draft; the other party does not see it, nor that there is one."""
    begun = draft_agreement(
        engagement=find(Engagement, request.viewer, engagement_id),
        document=given.document,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(begun)


@operations.acts("/drafts/{draft_id}/edit", "edit_draft", DraftWhole)
def edit(request: ViewerRequest, draft_id: str, given: DraftEdit) -> DraftWhole:
    """Replace what a draft says; 409 if somebody changed it since."""
    edited = edit_draft(
        agreement=find(AgreementDraft, request.viewer, draft_id, *PEOPLE),
        document=given.document,
        seen=given.seen,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(edited)


@operations.acts("/drafts/{draft_id}/discard", "discard_draft", Discarded)
def discard(request: ViewerRequest, draft_id: str) -> Discarded:
    """Throw a draft away."""
    unwanted = find(AgreementDraft, request.viewer, draft_id, "engagement")
    discard_draft(agreement=unwanted, by=request.viewer, as_of=datetime.now(UTC))
    return Discarded(id=draft_id)


@operations.acts("/drafts/{draft_id}/propose", "propose_agreement", AgreementWhole)
def propose(request: ViewerRequest, draft_id: str, given: Propose) -> AgreementWhole:
    """Put a draft before both parties, under the next number; a version that waits is set aside."""
    proposed = propose_agreement(
        agreement=find(AgreementDraft, request.viewer, draft_id, *PEOPLE),
        gap_acknowledged=given.gap == "acknowledged",
        seen=given.seen,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(proposed, request.viewer)


@operations.reads("/agreements/{agreement_id}/difference", "agreement_difference", DifferenceOut)
def difference(
    request: ViewerRequest, agreement_id: str, asked: Query[DifferenceAsked]
) -> DifferenceOut:
    """Return what a version changes in the last one both signed, or in another."""
    found = find(Agreement, request.viewer, agreement_id, "engagement")
    engagement = found.engagement
    if asked.against:
        base: Agreement | None = named(
            Agreement, request.viewer, asked.against, place="against", within=engagement
        )
    else:
        base = signed_before(engagement, found.in_force_from)
    return difference_values(read_agreement(found.document), base)


@operations.reads("/drafts/{draft_id}/difference", "draft_difference", DifferenceOut)
def draft_difference(request: ViewerRequest, draft_id: str) -> DifferenceOut:
    """Return what a draft would change in the last version both signed; it must be finished."""
    found = find(AgreementDraft, request.viewer, draft_id, "engagement")
    engagement = found.engagement
    terms = read_agreement({**found.document, "version": next_version(engagement)})
    return difference_values(terms, signed_before(engagement, terms.in_force.from_))
