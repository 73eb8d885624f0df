"""Selections: begin a competition, state and weigh what it judges by, open the bids."""

from datetime import UTC, datetime
from decimal import Decimal

from ninja import Query
from pydantic import AwareDatetime, Field

from tallystick.actions.open_bids import open_bids
from tallystick.actions.plan_selection import SelectionTerms, plan_selection
from tallystick.actions.remove_criterion import remove_criterion
from tallystick.actions.state_criterion import CriterionWording, state_criterion
from tallystick.actions.weigh_criteria import weigh_criteria
from tallystick.api.lookup import NamesNothing, ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.selection_values import (
    CriterionEditOut,
    CriterionOut,
    SelectionLine,
    SelectionWhole,
    criterion_out,
    edit_out,
    selection_line,
    selection_whole,
)
from tallystick.api.values import Id, In, Line, Listed, Out, SafePage, listed
from tallystick.api.values import OptionalLine as Short
from tallystick.api.values import OptionalWords as Text
from tallystick.records.engagements import Engagement
from tallystick.records.selections import Criterion, CriterionEdit, CriterionKind, Selection
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Selections"])
WITH = ("engagement", "begun_by", "single_source_approved_by")


class PlanSelection(In):
    """The terms of a competition; with `amends`, new terms of the one that there is."""

    currency: Line = Field(description="Three letters, such as EUR.")
    bids_until: AwareDatetime
    should_cost: Decimal | None = Field(None, description="Your own estimate of the whole term.")
    single_source_reason: Text = ""
    amends: bool = False


class StateCriterion(In):
    """A criterion; with `amends`, that one anew."""

    name: Line
    kind: CriterionKind = CriterionKind.JUDGED
    parent: Id | None = None
    weight: Decimal | None = None
    question: Text = ""
    unit: Short = ""
    worst: Decimal | None = None
    target: Decimal | None = None
    anchors: dict[str, Text] = Field({}, max_length=10, description="By the scores 0, 3 and 5.")
    needs_evidence: bool = True
    amends: Id | None = None
    reason: Text = Field("", description="Needed once the bids are open.")


class Compared(In):
    """How much more the first of two criteria weighs, from 1/9 to 9."""

    first: Id
    second: Id
    ratio: float = Field(gt=0, le=1_000, allow_inf_nan=False)


class WeighCriteria(In):
    """The criteria with one parent, or with none, compared in pairs."""

    parent: Id | None = None
    judged: list[Compared] = Field(min_length=1, max_length=2_000)


class Weighed(Out):
    """What the comparisons come to; a consistency ratio above 0.10 is refused."""

    weights: dict[str, str] = Field(description="Parts of 100, by the id of the criterion.")
    consistency_ratio: float


class Removed(Out):
    """What is there no more; the ledger keeps that it was."""

    id: str
    name: str


def selection_found(request: ViewerRequest, selection_id: str) -> Selection:
    """Return the selection that an address names, with all that its terms tell."""
    return find(Selection, request.viewer, selection_id, *WITH)


def criterion_named(viewer: Viewer, selection: Selection, key: str, place: str) -> Criterion:
    """
    Return the criterion of a selection that a field of a body names.

    Raises:
        NamesNothing: if this selection has none of this id.
    """
    found = Criterion.objects.visible_to(viewer).filter(selection=selection, public_id=key)
    criterion: Criterion | None = found.select_related("parent").first()
    if criterion is None:
        raise NamesNothing(
            f"There is no criterion {key!r} in this selection.",
            place=place,
            remedy="Give the id that the selection gave you.",
        )
    return criterion


@operations.reads("/engagements/{engagement_id}/selections", "selections", Listed[SelectionLine])
def selections(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[SelectionLine]:
    """Return the competition for an engagement: none or one."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Selection.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(rows.select_related(*WITH).order_by("id"), asked, selection_line)


@operations.reads("/selections/{selection_id}", "selection", SelectionWhole)
def selection(request: ViewerRequest, selection_id: str) -> SelectionWhole:
    """Return a selection with its criteria."""
    return selection_whole(selection_found(request, selection_id))


@operations.reads(
    "/selections/{selection_id}/criterion-edits", "criterion_edits", Listed[CriterionEditOut]
)
def edits(
    request: ViewerRequest, selection_id: str, asked: Query[SafePage]
) -> Listed[CriterionEditOut]:
    """Return what was changed after the bids were opened, the newest first."""
    rows = CriterionEdit.objects.visible_to(request.viewer).filter(
        selection=selection_found(request, selection_id)
    )
    known = rows.select_related("criterion", "edited_by").order_by("-edited_at", "-id")
    return listed(known, asked, edit_out)


@operations.acts(
    "/engagements/{engagement_id}/selections/plan", "plan_selection", SelectionWhole, status=201
)
def plan(request: ViewerRequest, engagement_id: str, given: PlanSelection) -> SelectionWhole:
    """Begin the competition for an engagement, or change its terms before bids are opened."""
    engagement = find(Engagement, request.viewer, engagement_id)
    planned = plan_selection(
        engagement=engagement,
        terms=SelectionTerms(**given.model_dump(exclude={"amends"})),
        amends=_amended(request.viewer, engagement) if given.amends else None,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return selection_whole(selection_found(request, planned.public_id))


def _amended(viewer: Viewer, engagement: Engagement) -> Selection:
    rows = Selection.objects.visible_to(viewer).filter(engagement=engagement)
    found: Selection | None = rows.first()
    if found is None:
        raise NamesNothing(
            "There is no selection for this engagement.",
            place="amends",
            remedy="Begin one: leave this out.",
        )
    return found


@operations.acts(
    "/selections/{selection_id}/criteria/state", "state_criterion", CriterionOut, status=201
)
def state(request: ViewerRequest, selection_id: str, given: StateCriterion) -> CriterionOut:
    """State a criterion, or one anew; once bids are open each change and its reason are kept."""
    chosen = selection_found(request, selection_id)
    parent = (
        criterion_named(request.viewer, chosen, given.parent, "parent") if given.parent else None
    )
    amends = (
        criterion_named(request.viewer, chosen, given.amends, "amends") if given.amends else None
    )
    stated = state_criterion(
        selection=chosen,
        wording=CriterionWording(
            parent=parent, **given.model_dump(exclude={"parent", "amends", "reason"})
        ),
        amends=amends,
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return criterion_out(stated)


@operations.acts("/criteria/{criterion_id}/remove", "remove_criterion", Removed)
def remove(request: ViewerRequest, criterion_id: str) -> Removed:
    """Take a criterion out, before anybody has opened a bid."""
    found = find(Criterion, request.viewer, criterion_id, "selection")
    told = Removed(id=found.public_id, name=found.name)
    remove_criterion(criterion=found, by=request.viewer, as_of=datetime.now(UTC))
    return told


@operations.acts("/selections/{selection_id}/weigh", "weigh_criteria", Weighed)
def weigh(request: ViewerRequest, selection_id: str, given: WeighCriteria) -> Weighed:
    """Set weights by comparing criteria in pairs, before the bids are opened."""
    chosen = selection_found(request, selection_id)
    parent = (
        criterion_named(request.viewer, chosen, given.parent, "parent") if given.parent else None
    )
    found = weigh_criteria(
        selection=chosen,
        parent=parent,
        judged={(each.first, each.second): each.ratio for each in given.judged},
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    rows = Criterion.objects.visible_to(request.viewer).filter(selection=chosen)
    kept = rows.filter(public_id__in=list(found.weights))
    return Weighed(
        weights={each.public_id: str(each.weight) for each in kept.order_by("position", "id")},
        consistency_ratio=found.ratio,
    )


@operations.acts("/selections/{selection_id}/open", "open_bids", SelectionWhole)
def opened(request: ViewerRequest, selection_id: str) -> SelectionWhole:
    """Open all bids together, once the deadline is over; the criteria stand from now on."""
    open_bids(
        selection=selection_found(request, selection_id),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return selection_whole(selection_found(request, selection_id))
