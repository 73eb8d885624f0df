"""Say of a bid whether it meets each must-have."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.withdraw_bid import demand_standing
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid
from tallystick.records.roles import Duty
from tallystick.records.selections import Criterion, CriterionKind, Phase
from tallystick.records.viewer import Viewer


class NoKnockOut(Refusal):
    """Only a must-have is met or not met."""

    code = "criterion.no-knock-out"


@transaction.atomic
def check_knock_outs(
    *, bid: Bid, met: Mapping[Criterion, bool], by: Viewer, as_of: datetime
) -> Bid:
    """
    Record which must-haves a bid meets; one that is not met takes the bid out of the ranking.

    Raises:
        NotPermitted, WrongPhase, BidWithdrawn, NoKnockOut
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(bid.selection, Phase.SCORING, Phase.MODERATING)
    bid = Bid.objects.select_related("supplier").get(pk=bid.pk)
    demand_standing(bid)
    for criterion in met:
        if criterion.selection_id != selection.pk or criterion.kind != CriterionKind.KNOCK_OUT:
            raise NoKnockOut(
                f"“{criterion.name}” is no must-have of this selection.",
                place=criterion.public_id,
                remedy="Answer the must-haves; everything else is scored.",
            )
    bid.knock_outs |= {criterion.public_id: answer for criterion, answer in met.items()}
    bid.save(update_fields=["knock_outs"])
    tell(
        bid,
        f"Checked the must-haves of {bid.supplier.name}.",
        action="check_knock_outs",
        payload={"met": {criterion.name: answer for criterion, answer in met.items()}},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return bid
