"""Engagements: list them, read one, plan one, appoint its provider."""

from datetime import UTC, date, datetime
from typing import Annotated

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from tallystick.actions.appoint_provider import appoint_provider
from tallystick.actions.plan_engagement import plan_engagement
from tallystick.api.lookup import ViewerRequest, find, named_provider
from tallystick.api.routing import Operations
from tallystick.api.values import (
    Id,
    In,
    Line,
    Listed,
    OptionalLine,
    OptionalWords,
    Out,
    Party,
    SafePage,
    Words,
    listed,
    party,
)
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Engagements"])

BEFORE_THE_AWARD = (Stage.DEFINE, Stage.SELECT)


class PassedGate(Out):
    """A gate that was passed."""

    stage: Stage
    passed_at: datetime
    passed_by: str


class EngagementLine(Out):
    """An engagement in a list."""

    id: str
    name: str
    scope: str
    service_type: ServiceType
    stage: Stage
    client: Party
    provider: Party | None
    starts_on: date
    ends_on: date


class EngagementWhole(EngagementLine):
    """An engagement with the gates it has passed."""

    gates: list[PassedGate]


class EngagementsAsked(SafePage):
    """Which engagements."""

    q: OptionalLine = Field("", description="Text that the name or the scope contains.")
    stage: Stage | None = None
    service_type: ServiceType | None = None


class Plan(In):
    """What planning an engagement takes."""

    name: Annotated[Line, Field(max_length=120)]
    scope: OptionalWords = ""
    service_type: ServiceType
    starts_on: date
    ends_on: date


class Appointment(In):
    """Which provider, and why; the reason stays with the client."""

    provider: Id
    reason: Words


def _line(engagement: Engagement) -> EngagementLine:
    return EngagementLine(**_values(engagement))


def _values(engagement: Engagement) -> dict[str, object]:
    return {
        "id": engagement.public_id,
        "name": engagement.name,
        "scope": engagement.scope,
        "service_type": engagement.service_type,
        "stage": engagement.stage,
        "client": party(engagement.client),
        "provider": party(engagement.provider) if engagement.provider else None,
        "starts_on": engagement.starts_on,
        "ends_on": engagement.ends_on,
    }


def _whole(engagement: Engagement, viewer: Viewer) -> EngagementWhole:
    passed = GatePassage.objects.visible_to(viewer).filter(engagement=engagement)
    if not viewer.is_client:
        # What came before the award is the client's own story.
        passed = passed.exclude(stage__in=BEFORE_THE_AWARD)
    gates = [
        PassedGate(stage=each.stage, passed_at=each.passed_at, passed_by=each.passed_by.name)
        for each in passed.select_related("passed_by").order_by("passed_at", "id")
    ]
    return EngagementWhole(**_values(engagement), gates=gates)


def _narrowed(rows: QuerySet[Engagement], asked: EngagementsAsked) -> QuerySet[Engagement]:
    if asked.q:
        rows = rows.filter(name__icontains=asked.q) | rows.filter(scope__icontains=asked.q)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.service_type:
        rows = rows.filter(service_type=asked.service_type)
    return rows


@operations.reads("/engagements", "engagements", Listed[EngagementLine])
def engagements(request: ViewerRequest, asked: Query[EngagementsAsked]) -> Listed[EngagementLine]:
    """Return the engagements that you may see, by name."""
    rows = _narrowed(Engagement.objects.visible_to(request.viewer), asked)
    return listed(rows.select_related("client", "provider").order_by("name", "id"), asked, _line)


@operations.acts("/engagements/plan", "plan_engagement", EngagementWhole, status=201)
def plan(request: ViewerRequest, given: Plan) -> EngagementWhole:
    """Begin an engagement in its define stage."""
    made = plan_engagement(
        name=given.name,
        scope=given.scope,
        service_type=given.service_type,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(made, request.viewer)


@operations.reads("/engagements/{engagement_id}", "engagement", EngagementWhole)
def engagement(request: ViewerRequest, engagement_id: str) -> EngagementWhole:
    """Return one engagement and the gates it has passed."""
    found = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _whole(found, request.viewer)


@operations.acts("/engagements/{engagement_id}/provider", "appoint_provider", EngagementWhole)
def appoint(request: ViewerRequest, engagement_id: str, given: Appointment) -> EngagementWhole:
    """Name the provider, at the end of the selection."""
    found = find(Engagement, request.viewer, engagement_id, "client", "provider")
    appointed = appoint_provider(
        engagement=found,
        provider=named_provider(request.viewer, given.provider),
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(appointed, request.viewer)
