"""The gate of an engagement: its snapshot, the findings, and passing it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from ninja import Query

from tallystick.actions.pass_gate import pass_gate
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, Out, SafePage, listed
from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tallystick.records.snapshots import snapshot_document

operations = Operations(tags=["Gates and findings"])


class AtStakeOut(Out):
    """Money that a finding puts at risk, exactly."""

    amount: Decimal
    currency: str | None


class FindingOut(Out):
    """A guardrail that the engagement violates now; one that is waived blocks nothing."""

    key: str
    code: str
    severity: Severity
    stage: Stage
    place: str
    sentence: str
    remedy: str
    practice: int
    blocking: bool
    at_stake: AtStakeOut | None
    waived_until: date | None
    waived_because: str


class GateAsked(In):
    """The stage whose gate is to be passed, so that one call passes one gate."""

    stage: Stage


class GatePassed(Out):
    """Which gate was passed, and where the engagement stands now."""

    passed: Stage
    stage: Stage
    passed_at: datetime


def finding_out(finding: Finding) -> FindingOut:
    """Return a finding of the engine."""
    return FindingOut(key=finding.key, **finding.as_dict())


def _plain(value: Any) -> Any:
    # Shares as numbers and days as text, as `tallystick measure --format json` prints them.
    return float(value) if isinstance(value, Decimal) else _day(value)


def _day(value: date) -> str:
    return value.isoformat()


@operations.reads("/engagements/{engagement_id}/snapshot", "snapshot", dict[str, Any])
def snapshot(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """
    Return the engagement as guardrails see it: a document that `tallystick check` reads.

    Its JSON Schema is published in docs/reference/guardrails/engagement.schema.json.
    """
    engagement = find(Engagement, request.viewer, engagement_id)
    document = snapshot_document(engagement, datetime.now(UTC).date())
    text = json.dumps(document, default=_plain)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@operations.reads("/engagements/{engagement_id}/findings", "findings", Listed[FindingOut])
def findings(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[FindingOut]:
    """Return what the guardrails find now, gravest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    return listed(findings_of(engagement, datetime.now(UTC)), asked, finding_out)


@operations.acts("/engagements/{engagement_id}/gate/pass", "pass_gate", GatePassed)
def passed(request: ViewerRequest, engagement_id: str, given: GateAsked) -> GatePassed:
    """Pass the gate of the present stage; refused while a blocking finding is open."""
    engagement = find(Engagement, request.viewer, engagement_id)
    passage = pass_gate(
        engagement=engagement, read=given.stage, by=request.viewer, as_of=datetime.now(UTC)
    )
    return GatePassed(
        passed=passage.stage, stage=passage.engagement.stage, passed_at=passage.passed_at
    )
