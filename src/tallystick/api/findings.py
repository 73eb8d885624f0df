"""Findings over time: each as it was kept, and how many were open."""

from datetime import UTC, date, datetime

from ninja import Query
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, Out, SafePage, listed
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.finding_history import health_by_stage, kept_findings, trend
from tallystick.records.kept_findings import KeptFinding

operations = Operations(tags=["Gates and findings"])


class KeptFindingOut(Out):
    """A finding from when it was first found until it was found no more."""

    id: str
    code: str
    place: str = Field(description="With the ids of what stands there, not with numbers.")
    sentence: str
    severity: Severity
    stage: Stage = Field(description="The engagement's stage when it opened.")
    opened_at: datetime
    closed_at: datetime | None
    closed_because: str = Field(description="Empty where it was mended.")
    waived_until: date | None


class KeptAsked(SafePage):
    """Which of them."""

    severity: Severity | None = None
    stage: Stage | None = None
    open: bool | None = Field(None, description="Only those that are open, or are not.")


class TrendAsked(In):
    """Of which stage; without one, of all."""

    stage: Stage | None = None


class TrendPoint(Out):
    """How many findings were open at the end of a week or month, or now."""

    window: str
    at: datetime
    blocker: int
    major: int
    minor: int


class StageHealthOut(Out):
    """What became of the findings that opened in one stage."""

    stage: Stage
    opened: int
    closed: int
    open: int
    waived: int
    median_days: int | None


class FindingsTrend(Out):
    """Open findings over time, and by stage."""

    points: list[TrendPoint]
    stages: list[StageHealthOut]


def _out(row: KeptFinding) -> KeptFindingOut:
    return KeptFindingOut(
        id=row.public_id,
        code=row.code,
        place=row.place,
        sentence=row.sentence,
        severity=Severity(row.severity),
        stage=Stage(row.stage),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_because=row.closed_because,
        waived_until=row.waived_until,
    )


def _fits(row: KeptFinding, asked: KeptAsked) -> bool:
    return (
        asked.severity in {None, row.severity}
        and asked.stage in {None, row.stage}
        and asked.open in {None, row.closed_at is None}
    )


@operations.reads(
    "/engagements/{engagement_id}/findings/kept", "kept_findings", Listed[KeptFindingOut]
)
def kept(
    request: ViewerRequest, engagement_id: str, asked: Query[KeptAsked]
) -> Listed[KeptFindingOut]:
    """Return the findings that were kept, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = [each for each in kept_findings(request.viewer, engagement) if _fits(each, asked)]
    return listed(rows, asked, _out)


@operations.reads("/engagements/{engagement_id}/findings/trend", "findings_trend", FindingsTrend)
def over_time(
    request: ViewerRequest, engagement_id: str, asked: Query[TrendAsked]
) -> FindingsTrend:
    """Return how many findings were open over time, and what became of them by stage."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = kept_findings(request.viewer, engagement)
    chosen = [row for row in rows if asked.stage in {None, row.stage}]
    return FindingsTrend(
        points=[
            TrendPoint(
                window=each.window,
                at=each.at,
                **{severity.value: number for severity, number in each.open.items()},
            )
            for each in trend(chosen, datetime.now(UTC))
        ],
        stages=[
            StageHealthOut(
                stage=each.stage,
                opened=each.opened,
                closed=each.closed,
                open=each.open,
                waived=each.waived,
                median_days=each.days,
            )
            for each in health_by_stage(rows)
        ],
    )
