"""Statements: a window's figures for both parties, and the review of one."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from ninja import Query
from pydantic import Field

from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.restate_statement import restate_statement
from tallystick.api.credits import CreditNoteOut
from tallystick.api.gates import FindingOut, finding_out
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.measurements import MeasurementOut, measurement_out, with_way_back
from tallystick.api.routing import Operations
from tallystick.api.stated import (
    ClaimOut,
    DisputeOut,
    StandingOut,
    StatementDifferenceOut,
    claim_out,
    dispute_out,
)
from tallystick.api.values import Id, In, Line, Listed, Out, SafePage, Words, listed
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.records.agreements import Agreement
from tallystick.records.answers import SAID, standing_at
from tallystick.records.engagements import Engagement
from tallystick.records.findings import proposed_findings
from tallystick.records.measurements import Measurement
from tallystick.records.stated import standing_values, statement_values
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Statements"])

FOLLOWED = (
    "engagement__client", "engagement__provider", "agreement", "issued_by", "review",
    "superseded_by", "supersedes__agreement",
)  # fmt: skip
"""What is read along with a statement that is given whole."""


class StatementLine(Out):
    """A statement in a list."""

    id: str
    engagement: str
    agreement: str
    agreement_digest: str
    window: str
    window_start: datetime
    window_end: datetime
    verdicts: dict[Verdict, int] = Field(description="How many service levels fared how.")
    review: str | None = Field(description="The review that was held of it.")
    supersedes: str | None = Field(description="The statement whose place it took.")
    superseded_by: str | None = Field(description="The later statement that took its place.")
    reason: str = Field(description="Why it was restated; empty for the first.")
    issued_at: datetime
    issued_by: str
    standing: StandingOut


class StatementWhole(StatementLine):
    """
    A statement with the measurements it pins.

    `proposed_findings` are what its review has to decide: for the client, while it is not held.
    """

    measurements: list[MeasurementOut]
    credits: CreditNoteOut | None = Field(
        description="The credit note as the figures stood when the statement was issued."
    )
    disputes: list[DisputeOut]
    relief: list[ClaimOut]
    difference: StatementDifferenceOut | None = Field(
        description="Of a restatement: in what it differs from the statement before."
    )
    would_differ: StatementDifferenceOut | None = Field(
        description="In what it would differ if it were restated now; null if in nothing."
    )
    proposed_findings: list[FindingOut]
    files: dict[str, str] = Field(
        description="Addresses of the statement as `pdf`, and as the `bundle` that "
        "`tallystick verify` computes again; `checkpoint` hands out the signed head of the shared "
        "ledger, to keep."
    )


class Restate(In):
    """Why a statement is issued again."""

    reason: Words


class Issue(In):
    """Which agreement and month."""

    agreement: Id
    window: Line = Field(description="A month, such as 2026-03.")


def _values(statement: Statement) -> dict[str, Any]:
    review = getattr(statement, "review", None)
    later = getattr(statement, "superseded_by", None)
    counted = Counter(Verdict(each.verdict) for each in statement.measurements.all())
    same = ("window", "window_start", "window_end", "issued_at")
    return {
        "id": statement.public_id,
        "engagement": statement.engagement.public_id,
        "agreement": statement.agreement.public_id,
        "agreement_digest": statement.agreement.digest,
        "verdicts": {verdict: counted[verdict] for verdict in Verdict},
        "review": review.public_id if review else None,
        "issued_by": statement.issued_by.name,
        "supersedes": statement.supersedes.public_id if statement.supersedes else None,
        "superseded_by": later.public_id if later else None,
        "reason": statement.reason,
        "standing": standing_values(
            standing_at(statement, datetime.now(UTC)),
            statement.engagement,
            closed=later is not None,
        ),
    } | {name: getattr(statement, name) for name in same}


def _line(statement: Statement) -> StatementLine:
    return StatementLine(**_values(statement))


def whole(statement: Statement, viewer: Viewer) -> StatementWhole:
    """Return a statement with everything that its page shows, as it stands now."""
    stated = statement_values(statement, datetime.now(UTC))
    pinned = Measurement.objects.visible_to(viewer).filter(statements=statement)
    values = _values(statement)
    open_to = viewer.is_client and values["review"] is None
    proposed = proposed_findings(statement) if open_to else []
    return StatementWhole(
        **values,
        measurements=[measurement_out(each) for each in with_way_back(pinned).order_by("id")],
        credits=stated["credits"],
        disputes=[dispute_out(each) for each in stated["disputes"]],
        relief=[claim_out(each) for each in stated["relief"]],
        difference=stated["difference"],
        would_differ=stated["would_differ"],
        proposed_findings=[finding_out(each) for each in proposed],
        files={
            "pdf": reverse("statement", args=[statement.public_id]) + "?format=pdf",
            "bundle": reverse("statement_bundle", args=[statement.public_id]),
            "checkpoint": reverse("checkpoint", args=[statement.engagement.public_id]),
        },
    )


@operations.reads("/engagements/{engagement_id}/statements", "statements", Listed[StatementLine])
def statements(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[StatementLine]:
    """Return the statements of an engagement, the newest window first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Statement.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related(
        "engagement__client", "engagement__provider", "agreement", "issued_by", "review",
        "supersedes", "superseded_by",
    )  # fmt: skip
    ordered = known.prefetch_related("measurements", *SAID).order_by("-window_start", "-id")
    return listed(ordered, asked, _line)


@operations.reads("/statements/{statement_id}", "statement", StatementWhole)
def statement(request: ViewerRequest, statement_id: str) -> StatementWhole:
    """Return one statement with its measurements."""
    found = find(Statement, request.viewer, statement_id, *FOLLOWED)
    return whole(found, request.viewer)


@operations.acts(
    "/engagements/{engagement_id}/statements/issue", "issue_statement", StatementWhole, status=201
)
def issue(request: ViewerRequest, engagement_id: str, given: Issue) -> StatementWhole:
    """Issue the statement of a month to both parties."""
    engagement = find(Engagement, request.viewer, engagement_id)
    agreement = named(
        Agreement, request.viewer, given.agreement, "engagement", place="agreement",
        within=engagement,
    )  # fmt: skip
    issued = issue_statement(
        agreement=agreement, window=given.window, by=request.viewer, as_of=datetime.now(UTC)
    )
    return whole(issued, request.viewer)


@operations.acts(
    "/statements/{statement_id}/restate", "restate_statement", StatementWhole, status=201
)
def restate(request: ViewerRequest, statement_id: str, given: Restate) -> StatementWhole:
    """Issue the statement again with the figures as they stand now; give the restatement."""
    restated = restate_statement(
        statement=find(Statement, request.viewer, statement_id, "agreement"),
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return whole(restated, request.viewer)
