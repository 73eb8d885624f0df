"""Objectives: read them, state one, acknowledge one."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Listed, OptionalWords, Out, SafePage, Words, listed
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Objectives"])

Text = Annotated[OptionalWords, Field(max_length=200)]
Owner = Annotated[OptionalWords, Field(max_length=120)]
Figure = Annotated[OptionalWords, Field(max_length=40)]


class Wording(In):
    """What an objective says; what is left empty is named by a guardrail."""

    statement: Annotated[Words, Field(max_length=300)]
    measure: Text = ""
    unit: Figure = ""
    baseline_value: Figure = ""
    baseline_on: date | None = None
    baseline_method: Text = ""
    target: Figure = ""
    due_on: date | None = None
    source: Text = ""
    client_owner: Owner = ""
    provider_owner: Owner = ""


class ObjectiveStated(Wording):
    """An objective to state; with `amends`, a new version of that one."""

    amends: Id | None = None


class AcknowledgementOut(Out):
    """The provider's word on one version."""

    version: int
    acknowledged_at: datetime
    acknowledged_by: str


class ObjectiveOut(Out):
    """An objective as it stands, and the versions that the provider acknowledged."""

    id: str
    statement: str
    measure: str
    unit: str
    baseline_value: str
    baseline_on: date | None
    baseline_method: str
    target: str
    due_on: date | None
    source: str
    client_owner: str
    provider_owner: str
    version: int
    stated_at: datetime
    acknowledged: bool = Field(description="Whether the present version is.")
    acknowledgements: list[AcknowledgementOut]


WORDED = tuple(field.name for field in fields(ObjectiveWording))


def _out(objective: Objective) -> ObjectiveOut:
    given = sorted(objective.acknowledgements.all(), key=lambda each: each.version)
    return ObjectiveOut(
        id=objective.public_id,
        **{name: getattr(objective, name) for name in WORDED},
        version=objective.version,
        stated_at=objective.stated_at,
        acknowledged=any(each.version == objective.version for each in given),
        acknowledgements=[
            AcknowledgementOut(
                version=each.version,
                acknowledged_at=each.acknowledged_at,
                acknowledged_by=each.acknowledged_by.name,
            )
            for each in given
        ],
    )


def _amended(key: str | None, engagement: Engagement, viewer: Viewer) -> Objective | None:
    if key is None:
        return None
    return named(Objective, viewer, key, "engagement", place="amends", within=engagement)


@operations.reads("/engagements/{engagement_id}/objectives", "objectives", Listed[ObjectiveOut])
def objectives(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ObjectiveOut]:
    """Return the objectives of an engagement, in the order in which they were first stated."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Objective.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.prefetch_related("acknowledgements__acknowledged_by").order_by("id")
    return listed(known, asked, _out)


@operations.acts(
    "/engagements/{engagement_id}/objectives/state", "state_objective", ObjectiveOut, status=201
)
def state(request: ViewerRequest, engagement_id: str, given: ObjectiveStated) -> ObjectiveOut:
    """State an objective, or a new version of one, which awaits a new acknowledgement."""
    engagement = find(Engagement, request.viewer, engagement_id)
    stated = state_objective(
        engagement=engagement,
        wording=ObjectiveWording(**given.model_dump(exclude={"amends"})),
        amends=_amended(given.amends, engagement, request.viewer),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(stated)


@operations.acts("/objectives/{objective_id}/acknowledge", "acknowledge_objective", ObjectiveOut)
def acknowledge(request: ViewerRequest, objective_id: str) -> ObjectiveOut:
    """Say for the provider that the present version was read and understood."""
    objective = find(Objective, request.viewer, objective_id, "engagement")
    acknowledge_objective(objective=objective, by=request.viewer, as_of=datetime.now(UTC))
    return _out(objective)
