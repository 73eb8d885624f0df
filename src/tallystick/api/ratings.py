"""Ratings of the other party, and what they add up to for a provider."""

from datetime import UTC, date, datetime

from django.http import Http404
from pydantic import Field

from tallystick.actions.hand_over_rating import hand_over_rating
from tallystick.actions.rate_party import Mark, rate_party
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.pack_values import MarkOut, PackWhole, whole
from tallystick.api.packs import FOLLOWED
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Out, Party, cut, party
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.credit_ledger import balance_values
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Side
from tallystick.records.supplier_history import Chapter, history_of

operations = Operations(tags=["Ratings"])


class MarkIn(In):
    """A mark on one dimension, and a sentence that somebody else could check."""

    mark: int = Field(ge=1, le=5)
    evidence: str = Field(min_length=1, max_length=500)


class RateParty(In):
    """A mark on each dimension of one's own side."""

    marks: dict[Line, MarkIn] = Field(max_length=20)


class SupplierRating(Out):
    """A rating that your organisation gave, when."""

    pack: str
    rated_at: datetime
    marks: dict[str, MarkOut]


class SupplierChapter(Out):
    """One engagement with a provider."""

    engagement: str
    name: str
    stage: Stage
    starts_on: date
    ends_on: date
    met: int = Field(description="Of the figures that were judged, those that kept their level.")
    judged: int
    statements: int
    disputes: int
    credits: list[dict[str, str]]
    rating: float | None = Field(description="The mean of your newest rating.")
    ratings: list[SupplierRating]
    outcome: str = Field(description="What the last mid-term or closing review decided.")


class Supplier(Out):
    """A provider as your organisation's own records know it."""

    provider: Party
    engagements: list[SupplierChapter]


@operations.acts("/evidence-packs/{pack_id}/rating", "rate_party", PackWhole)
def rate(request: ViewerRequest, pack_id: str, given: RateParty) -> PackWhole:
    """Rate the other party; it reads nothing of it until both ratings are handed over."""
    found = find(EvidencePack, request.viewer, pack_id, *FOLLOWED)
    marks = {name: Mark(each.mark, each.evidence) for name, each in given.marks.items()}
    rate_party(pack=found, marks=marks, by=request.viewer, as_of=datetime.now(UTC))
    return whole(found, request.viewer)


@operations.acts("/evidence-packs/{pack_id}/rating/hand-over", "hand_over_rating", PackWhole)
def hand_over(request: ViewerRequest, pack_id: str) -> PackWhole:
    """Hand your rating over; the second one opens both."""
    found = find(EvidencePack, request.viewer, pack_id, *FOLLOWED)
    hand_over_rating(pack=found, by=request.viewer, as_of=datetime.now(UTC))
    return whole(found, request.viewer)


@operations.reads("/suppliers/{supplier_id}", "supplier", Supplier)
def supplier(request: ViewerRequest, supplier_id: str) -> Supplier:
    """Return what your organisation's own records say of a provider."""
    found = find(Organisation, request.viewer, supplier_id)
    if found.side != Side.PROVIDER:
        raise Http404
    return Supplier(
        provider=party(found),
        engagements=[chapter_out(each) for each in history_of(request.viewer, found)],
    )


def chapter_out(chapter: Chapter) -> SupplierChapter:
    """Return one engagement with a provider."""
    engagement = chapter.engagement
    return SupplierChapter(
        engagement=engagement.public_id,
        name=engagement.name,
        stage=Stage(engagement.stage),
        starts_on=engagement.starts_on,
        ends_on=engagement.ends_on,
        met=chapter.met,
        judged=chapter.judged,
        statements=chapter.statements,
        disputes=chapter.disputes,
        credits=[balance_values(each) for each in chapter.balances],
        rating=None if chapter.rating is None else cut(chapter.rating),
        ratings=[
            SupplierRating(pack=each.pack.public_id, rated_at=each.rated_at, marks=each.marks)
            for each in chapter.ratings
        ],
        outcome=chapter.outcome,
    )
