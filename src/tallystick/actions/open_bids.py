"""Open all bids at once; from here on weights, anchors and knock-outs stand."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.state_criterion import ANCHORED
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import standing_bids
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


class AnchorsUnwritten(Refusal):
    """A judged criterion does not say what earns which score."""

    code = "criterion.anchors-unwritten"


@transaction.atomic
def open_bids(*, selection: Selection, by: Viewer, as_of: datetime) -> Selection:
    """
    Open the bids, once the deadline is over and the criteria are whole.

    Raises:
        NotPermitted, WrongPhase, DeadlineNotOver, NoBids, AnchorsUnwritten, and what
        `criteria_tree` raises: NoCriteria, WeightsDoNotSum, CriterionWithoutAnchors
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
        _demand_anchors(each)
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


def _demand_anchors(criterion: Criterion) -> None:
    if criterion.kind != CriterionKind.JUDGED:
        return
    unwritten = [score for score in ANCHORED if not criterion.anchors.get(score)]
    if unwritten:
        raise AnchorsUnwritten(
            f"“{criterion.name}” does not say what earns {' and '.join(unwritten)}.",
            place=f"criteria.{criterion.public_id}",
            remedy="Write it before anybody reads a bid; afterwards it would be made to fit one.",
        )
