"""Objectives: read them, state one, acknowledge one or all, say how important one is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Prefetch
from ninja import Query
from pydantic import Field

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.acknowledge_objectives import acknowledge_objectives
from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.objective_values import (
    AcknowledgementOut,
    ObjectiveOut,
    ObjectiveWhole,
    PlannedValue,
    objective_out,
    whole_out,
)
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Listed, OptionalWords, Out, SafePage, Words, listed
from tallystick.engine.objectives import Planned
from tallystick.engine.objectives.starters import STARTERS
from tallystick.records.engagements import Engagement
from tallystick.records.importance import Importance
from tallystick.records.objective_figures import fared, in_short, known_values
from tallystick.records.objectives import Objective, ObjectiveVersion
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Objectives"])

Text = Annotated[OptionalWords, Field(max_length=200)]
Owner = Annotated[OptionalWords, Field(max_length=120)]
Figure = Annotated[OptionalWords, Field(max_length=40)]


class Wording(In):
    """What an objective says; what is left empty is named by a guardrail."""

    statement: Annotated[Words, Field(max_length=300)]
    kind: Figure = "objective"
    goal: Text = ""
    parent: Id | None = Field(None, description="An objective that this one is a part of.")
    stakeholder: Owner = ""
    weight: int = 1
    measure: Text = ""
    unit: Figure = ""
    direction: Figure = Field("", description="higher, lower or maintain; empty: by the target.")
    baseline_value: Figure = ""
    baseline_on: date | None = None
    baseline_method: Text = ""
    baseline_n: Annotated[OptionalWords, Field(max_length=9)] = Field(
        "", description="Of how many observations the baseline is."
    )
    benchmark: Annotated[OptionalWords, Field(max_length=4_000)] = Field(
        "", description="What others reach: numbers in the target's unit, with blanks between."
    )
    benchmark_source: Text = ""
    target: Figure = ""
    tolerance: Figure = ""
    due_on: date | None = None
    profile: Annotated[list[PlannedValue], Field(max_length=200)] = []
    source: Text = ""
    frequency: Figure = ""
    service_level: Annotated[OptionalWords, Field(max_length=80)] = ""
    client_owner: Owner = ""
    provider_owner: Owner = ""
    assumptions: Annotated[OptionalWords, Field(max_length=4_000)] = ""


class ObjectiveStated(Wording):
    """An objective to state; with `amends`, a new version of that one."""

    amends: Id | None = None
    seen: Annotated[OptionalWords, Field(max_length=20)] = Field(
        "", description="The version that was read; if given, no other is amended."
    )


class VersionRead(In):
    """The version that was read; if given, no other is acknowledged."""

    version: int | None = Field(None, ge=1, le=1_000_000)


class BriefRead(In):
    """The objectives that were read, each with the version that it had."""

    read: Annotated[dict[Id, int], Field(max_length=500)]


class BriefAcknowledged(Out):
    """The words that were recorded."""

    acknowledged: list[AcknowledgementOut]


class ImportanceGiven(In):
    """How important an objective is to the caller's party, from 1 to 5."""

    importance: int


class StarterOut(Out):
    """An objective to begin with; baseline and target are your own to measure and agree."""

    key: str
    intent: str
    services: list[str] = Field(description="Service types it is for; none: any.")
    statement: str
    measure: str
    unit: str
    direction: str
    source: str
    frequency: str
    example: str
    trap: str


def _rows(viewer: Viewer, *further: str) -> Any:
    kept = ObjectiveVersion.objects.visible_to(viewer).select_related("stated_by")
    own = Importance.objects.visible_to(viewer).order_by("round")
    along: tuple[Any, ...] = (
        Prefetch("versions", queryset=kept),
        Prefetch("importances", queryset=own, to_attr="own_importances"),
        "acknowledgements__acknowledged_by",
        "shared_importances",
        *further,
    )
    return (
        Objective.objects.visible_to(viewer)
        .select_related("engagement", "parent")
        .prefetch_related(*along)
        .order_by("id")
    )


def _whole(viewer: Viewer, objective: Objective) -> ObjectiveWhole:
    recorded = ("actuals__recorded_by", "actuals__corrects")
    stored = _rows(viewer, *recorded).get(pk=objective.pk)
    seen = fared(stored, known_values([stored])[stored.pk], datetime.now(UTC).date())
    return whole_out(stored, seen)


def _named(key: str | None, engagement: Engagement, viewer: Viewer, place: str) -> Objective | None:
    if key is None:
        return None
    return named(Objective, viewer, key, "engagement", "parent", place=place, within=engagement)


@operations.reads("/engagements/{engagement_id}/objectives", "objectives", Listed[ObjectiveOut])
def objectives(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ObjectiveOut]:
    """Return the objectives of an engagement, in the order in which they were first stated."""
    engagement = find(Engagement, request.viewer, engagement_id)
    stored = list(_rows(request.viewer).filter(engagement=engagement))
    values, today = known_values(stored), datetime.now(UTC).date()
    return listed(
        stored, asked, lambda each: objective_out(each, in_short(each, values[each.pk], today))
    )


@operations.reads("/objectives/{objective_id}", "objective", ObjectiveWhole)
def objective(request: ViewerRequest, objective_id: str) -> ObjectiveWhole:
    """Return an objective with every wording, every value, and both sides' word on its weight."""
    return _whole(request.viewer, find(Objective, request.viewer, objective_id))


@operations.reads("/objective-starters", "objective_starters", Listed[StarterOut])
def objective_starters(request: ViewerRequest, asked: Query[SafePage]) -> Listed[StarterOut]:
    """Return what "cheaper" and "faster" can be measured by, for each type of service."""
    return listed(
        STARTERS,
        asked,
        lambda each: StarterOut(
            services=list(each.services),
            **{name: getattr(each, name) for name in StarterOut.model_fields if name != "services"},
        ),
    )


@operations.acts(
    "/engagements/{engagement_id}/objectives/state", "state_objective", ObjectiveWhole, status=201
)
def state(request: ViewerRequest, engagement_id: str, given: ObjectiveStated) -> ObjectiveWhole:
    """State an objective, or a new version of one, which awaits a new acknowledgement."""
    engagement = find(Engagement, request.viewer, engagement_id)
    profile = tuple(Planned(each.on, Decimal(each.value)) for each in given.profile)
    stated = state_objective(
        engagement=engagement,
        wording=ObjectiveWording(
            **given.model_dump(exclude={"amends", "parent", "profile", "seen"}),
            parent=_named(given.parent, engagement, request.viewer, "parent"),
            profile=profile,
        ),
        amends=_named(given.amends, engagement, request.viewer, "amends"),
        seen=given.seen,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(request.viewer, stated)


@operations.acts("/objectives/{objective_id}/acknowledge", "acknowledge_objective", ObjectiveWhole)
def acknowledge(
    request: ViewerRequest, objective_id: str, asked: Query[VersionRead]
) -> ObjectiveWhole:
    """Say for the provider that the present version was read and understood."""
    found = find(Objective, request.viewer, objective_id, "engagement")
    acknowledge_objective(
        objective=found, read=asked.version, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _whole(request.viewer, found)


@operations.acts(
    "/engagements/{engagement_id}/objectives/acknowledge",
    "acknowledge_objectives",
    BriefAcknowledged,
)
def acknowledge_all(
    request: ViewerRequest, engagement_id: str, given: BriefRead
) -> BriefAcknowledged:
    """Say for the provider that all objectives were read as they were worded; all or none."""
    engagement = find(Engagement, request.viewer, engagement_id)
    words = acknowledge_objectives(
        engagement=engagement, read=given.read, by=request.viewer, as_of=datetime.now(UTC)
    )
    return BriefAcknowledged(acknowledged=[AcknowledgementOut.of(each) for each in words])


@operations.acts("/objectives/{objective_id}/importance", "rate_importance", ObjectiveWhole)
def importance(request: ViewerRequest, objective_id: str, given: ImportanceGiven) -> ObjectiveWhole:
    """Say how important an objective is; the other party reads it once both have said it."""
    found = find(Objective, request.viewer, objective_id, "engagement")
    rate_importance(
        objective=found, importance=given.importance, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _whole(request.viewer, found)
