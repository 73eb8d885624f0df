"""Reviews: what people made of a statement's findings."""

from datetime import UTC, datetime
from typing import Any

from ninja import Query
from pydantic import Field

from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Listed, OptionalWords, Out, SafePage, listed
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.engagements import Engagement
from tallystick.records.library import lessons_of_review
from tallystick.records.reviews import FindingDecision, Review, ReviewFinding
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Reviews"])


class DecidedFinding(Out):
    """A finding as it was proposed and decided; `lessons` are those published from it."""

    id: str
    code: str
    severity: str
    place: str
    sentence: str
    remedy: str
    decision: FindingDecision
    reason: str
    lessons: list[str]


class ReviewLine(Out):
    """A review in a list: of a month's statement or, with an evidence pack, of the engagement."""

    id: str
    engagement: str
    kind: ReviewKind
    statement: str | None = Field(description="Of a monthly review.")
    window: str | None = Field(description="Of a monthly review.")
    pack: str | None = Field(description="Of a mid-term or closing review.")
    outcome: str = Field(description="What a mid-term or closing review decided; else empty.")
    digest: str = Field(description="Of what was signed; empty for a monthly review.")
    summary: str
    held_at: datetime
    held_by: str


class ReviewWhole(ReviewLine):
    """A review with its findings."""

    findings: list[DecidedFinding]


class Decided(In):
    """What people made of one proposed finding; a dismissal needs its reason."""

    finding: Line = Field(description="The `key` of a proposed finding of the statement.")
    decision: FindingDecision
    reason: OptionalWords = ""


class Hold(In):
    """A decision on each finding that the statement proposes."""

    verdicts: list[Decided] = Field(max_length=1000)
    summary: OptionalWords = ""


def _values(review: Review) -> dict[str, Any]:
    return {
        "id": review.public_id,
        "engagement": review.engagement.public_id,
        "kind": review.kind,
        "statement": review.statement.public_id if review.statement else None,
        "window": review.statement.window if review.statement else None,
        "pack": review.pack.public_id if review.pack else None,
        "outcome": review.outcome,
        "digest": review.digest,
        "summary": review.summary,
        "held_at": review.held_at,
        "held_by": review.held_by.name,
    }


def _line(review: Review) -> ReviewLine:
    return ReviewLine(**_values(review))


def _whole(review: Review, viewer: Viewer) -> ReviewWhole:
    findings = ReviewFinding.objects.visible_to(viewer).filter(review=review).order_by("id")
    taught = lessons_of_review(viewer, review)
    same = ("code", "severity", "place", "sentence", "remedy", "decision", "reason")
    return ReviewWhole(
        **_values(review),
        findings=[
            DecidedFinding(
                id=each.public_id,
                lessons=[lesson.public_id for lesson in taught.get(each.pk, [])],
                **{name: getattr(each, name) for name in same},
            )
            for each in findings
        ],
    )


@operations.reads("/engagements/{engagement_id}/reviews", "reviews", Listed[ReviewLine])
def reviews(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ReviewLine]:
    """Return the reviews of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Review.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related("engagement", "statement", "pack", "held_by").order_by(
        "-held_at", "-id"
    )
    return listed(known, asked, _line)


@operations.reads("/reviews/{review_id}", "review", ReviewWhole)
def review(request: ViewerRequest, review_id: str) -> ReviewWhole:
    """Return one review with its findings, and the lessons that you may read of them."""
    found = find(Review, request.viewer, review_id, "engagement", "statement", "pack", "held_by")
    return _whole(found, request.viewer)


@operations.acts("/statements/{statement_id}/review", "hold_review", ReviewWhole, status=201)
def hold(request: ViewerRequest, statement_id: str, given: Hold) -> ReviewWhole:
    """Hold the review of a statement: confirm or dismiss each proposed finding."""
    held = hold_review(
        statement=find(Statement, request.viewer, statement_id, "engagement"),
        verdicts={each.finding: Verdict(each.decision, each.reason) for each in given.verdicts},
        summary=given.summary,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(held, request.viewer)
