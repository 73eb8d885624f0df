"""Open all bids at once; from here on weights, anchors and knock-outs stand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tallystick.actions.anchored import demand_anchors
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid, standing_bids
from tallystick.records.roles import Duty
from tallystick.records.selections import Criterion, CriterionKind, Phase, Selection
from tallystick.records.valuation import criteria_of, tree_of
from tallystick.records.viewer import Viewer


class DeadlineNotOver(Refusal):
    """Whoever may still bid would know that others were read."""

    code = "selection.deadline-not-over"


class NoBids(Refusal):
    """There is nothing to open."""

    code = "selection.no-bids"


class FiguresMissing(Refusal):
    """A bid offers no figure for a measured criterion, and could not add it once it is read."""

    code = "selection.figures-missing"


@transaction.atomic
def open_bids(*, selection: Selection, by: Viewer, as_of: datetime) -> Selection:
    """
    Open the bids, once the deadline is over and the criteria are whole.

    Raises:
        NotPermitted, WrongPhase, DeadlineNotOver, NoBids, AnchorsUnwritten, FiguresMissing,
        and what `criteria_tree` raises: NoCriteria, WeightsDoNotSum, CriterionWithoutAnchors
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.PREPARING)
    if as_of <= selection.bids_until:
        raise DeadlineNotOver(
            "Bids can still come in.",
            place="bids_until",
            remedy="Wait until the deadline is over, or bring it forward for everybody.",
        )
    bids = standing_bids(selection)
    if not bids:
        raise NoBids(
            "No bid came.", place="bids", remedy="Move the deadline, and ask suppliers again."
        )
    criteria = criteria_of(selection)
    tree_of(criteria)
    for each in criteria:
        if each.kind == CriterionKind.JUDGED:
            demand_anchors(each.name, each.anchors, f"criteria.{each.public_id}")
        if each.kind == CriterionKind.MEASURED:
            _demand_figures(each, bids)
    selection.opened_at = as_of
    selection.save(update_fields=["opened_at"])
    tell(
        selection,
        f"Opened {len(bids)} bid{'' if len(bids) == 1 else 's'}.",
        action="open_bids",
        payload={
            "bids": [
                [bid.supplier.name, f"{bid.price} {selection.currency}", bid.values] for bid in bids
            ],
            "criteria": [
                [each.name, each.kind, str(each.weight), str(each.worst), str(each.target)]
                for each in criteria
            ],
        },
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return selection


def _demand_figures(criterion: Criterion, bids: Sequence[Bid]) -> None:
    lacking = [bid.name for bid in bids if criterion.public_id not in bid.values]
    if lacking:
        raise FiguresMissing(
            f"There is no figure for “{criterion.name}” of: {', '.join(lacking)}.",
            place=f"criteria.{criterion.public_id}",
            remedy="Ask for it, take the bid out and record it anew with the figure: once bids "
            "are read it would be made to fit.",
        )
