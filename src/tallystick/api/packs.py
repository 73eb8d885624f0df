"""Evidence packs: mid-term and closing reviews, from their evidence to their signatures."""

from datetime import UTC, date, datetime
from typing import Any

from ninja import Query
from pydantic import Field

from tallystick.actions.comment_review import comment_review
from tallystick.actions.confirm_line import confirm_line
from tallystick.actions.countersign_review import countersign_review
from tallystick.actions.open_review import open_review
from tallystick.actions.sign_review import sign_review
from tallystick.actions.take_back_line import take_back_line
from tallystick.actions.write_review import FindingWording, Reached, ReviewWording, write_review
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.pack_values import (
    PackLine,
    PackWhole,
    line,
    whole,
)
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Listed, OptionalLine, OptionalWords, SafePage, listed
from tallystick.api.values import Words as Text
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.reviews.parts import Achieved, Outcome, OwedTo, ReviewKind, Section
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.reviews import Review

operations = Operations(tags=["Reviews"])
FOLLOWED = ("engagement__client", "engagement__provider", "opened_by", "superseded_by")


class OpenReview(In):
    """Which review to open; of one that is open, the evidence is taken anew."""

    kind: ReviewKind = Field(description="mid-term or closing.")


class ReachedIn(In):
    """What an objective came to."""

    actual: OptionalLine = ""
    achieved: Achieved
    owed_to: OwedTo | None = Field(None, description="Whose doing it is, as far as anybody tells.")


class FindingIn(In):
    """A finding that people made."""

    title: Line
    severity: Severity
    sentence: Text
    remedy: Text


class WriteReview(In):
    """Everything that the client writes, in place of what it wrote before."""

    objectives: dict[str, ReachedIn] = Field({}, max_length=500, description="By their ids.")
    judgements: dict[Section, OptionalWords] = {}
    findings: list[FindingIn] = Field([], max_length=50)
    outcome: Outcome | None = None
    reasons: OptionalWords = ""
    benefits_on: date | None = Field(None, description="Of a closing review.")


class SignReview(In):
    """The hash that was read, and the signer's password."""

    digest: str = Field(max_length=71)
    password: str = Field(max_length=4096)


class CommentReview(In):
    """What a party says beside a signed review."""

    text: Text


class ConfirmLine(In):
    """A line of the exit checklist, and what shows that it is done."""

    line: str = Field(min_length=1, max_length=200)
    note: Text


class TakeBackLine(In):
    """A confirmed line of the exit checklist, and why it is open again."""

    line: str = Field(min_length=1, max_length=200)
    reason: Text


@operations.reads("/engagements/{engagement_id}/evidence-packs", "evidence_packs", Listed[PackLine])
def packs(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[PackLine]:
    """Return the evidence packs of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = EvidencePack.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(rows.select_related(*FOLLOWED).order_by("-opened_at", "-id"), asked, line)


@operations.reads("/evidence-packs/{pack_id}", "evidence_pack", PackWhole)
def pack(request: ViewerRequest, pack_id: str) -> PackWhole:
    """Return a pack with its evidence, and what was made of it as far as you may read it."""
    return whole(_found(request, pack_id), request.viewer)


def _found(request: ViewerRequest, pack_id: str) -> EvidencePack:
    return find(EvidencePack, request.viewer, pack_id, *FOLLOWED)


def _review(request: ViewerRequest, found: EvidencePack) -> Review:
    """Return the signed review of a pack; without one, the pack names nothing to answer."""
    reviews = Review.objects.visible_to(request.viewer).filter(pack=found)
    key = reviews.values_list("public_id", flat=True).first()
    return named(Review, request.viewer, key or "", "engagement", place="pack_id")


@operations.acts(
    "/engagements/{engagement_id}/evidence-packs/open", "open_review", PackWhole, status=201
)
def open_(request: ViewerRequest, engagement_id: str, given: OpenReview) -> PackWhole:
    """Open a review, or take its evidence anew."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    opened = open_review(
        engagement=engagement, kind=given.kind, by=request.viewer, as_of=datetime.now(UTC)
    )
    return whole(_found(request, opened.public_id), request.viewer)


@operations.acts("/evidence-packs/{pack_id}/write", "write_review", PackWhole)
def write(request: ViewerRequest, pack_id: str, given: WriteReview) -> PackWhole:
    """Write what your organisation makes of a pack; the provider reads it once it is signed."""
    found = _found(request, pack_id)
    fields: dict[str, Any] = {
        "objectives": {
            key: Reached(each.actual, each.achieved, each.owed_to)
            for key, each in given.objectives.items()
        },
        "findings": [FindingWording(**each.model_dump()) for each in given.findings],
    }
    same = given.model_dump(exclude={"objectives", "findings"})
    write_review(
        pack=found,
        wording=ReviewWording(**fields, **same),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(_found(request, pack_id), request.viewer)


@operations.acts("/evidence-packs/{pack_id}/sign", "sign_review", PackWhole)
def sign(request: ViewerRequest, pack_id: str, given: SignReview) -> PackWhole:
    """Sign for the client; the hash is the `draft_digest` of the pack."""
    found = _found(request, pack_id)
    sign_review(
        pack=found,
        read=given.digest,
        password=given.password,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(_found(request, pack_id), request.viewer)


@operations.acts("/evidence-packs/{pack_id}/countersign", "countersign_review", PackWhole)
def countersign(request: ViewerRequest, pack_id: str, given: SignReview) -> PackWhole:
    """Countersign for the provider; the hash is that of the signed review."""
    found = _found(request, pack_id)
    countersign_review(
        review=_review(request, found),
        read=given.digest,
        password=given.password,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(found, request.viewer)


@operations.acts("/evidence-packs/{pack_id}/comment", "comment_review", PackWhole, status=201)
def comment(request: ViewerRequest, pack_id: str, given: CommentReview) -> PackWhole:
    """Say something beside a signed review."""
    found = _found(request, pack_id)
    review = _review(request, found)
    comment_review(review=review, text=given.text, by=request.viewer, as_of=datetime.now(UTC))
    return whole(found, request.viewer)


@operations.acts("/evidence-packs/{pack_id}/checklist", "confirm_line", PackWhole, status=201)
def confirm(request: ViewerRequest, pack_id: str, given: ConfirmLine) -> PackWhole:
    """Confirm a line of the exit checklist."""
    found = _found(request, pack_id)
    confirm_line(
        engagement=found.engagement,
        line=given.line,
        note=given.note,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(found, request.viewer)


@operations.acts("/evidence-packs/{pack_id}/checklist/take-back", "take_back_line", PackWhole)
def take_back(request: ViewerRequest, pack_id: str, given: TakeBackLine) -> PackWhole:
    """Leave a confirmed line open again, until the closing review is signed."""
    found = _found(request, pack_id)
    take_back_line(
        engagement=found.engagement,
        line=given.line,
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(found, request.viewer)
