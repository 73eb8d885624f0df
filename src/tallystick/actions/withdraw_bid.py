"""Take a bid out of the competition: its supplier withdrew it, or it is excluded."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid
from tallystick.records.roles import Duty
from tallystick.records.selections import Phase
from tallystick.records.viewer import Viewer


class BidWithdrawn(Refusal):
    """The bid is out already."""

    code = "bid.withdrawn"


def demand_standing(bid: Bid) -> None:
    """
    Let only a bid that is in go on.

    Raises:
        BidWithdrawn
    """
    if bid.withdrawn_at:
        raise BidWithdrawn(
            f"The bid of {bid.supplier.name} was withdrawn.",
            place="bid",
            remedy="It stays in the record and is judged no more.",
        )


@transaction.atomic
def withdraw_bid(*, bid: Bid, reason: str, by: Viewer, as_of: datetime) -> Bid:
    """
    Mark a bid as withdrawn, for a reason.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(bid.selection, Phase.PREPARING, Phase.SCORING, Phase.MODERATING)
    bid = Bid.objects.select_related("supplier").get(pk=bid.pk)
    demand_standing(bid)
    bid.withdrawn_because = checked(reason, "reason", longest=1_000)
    bid.withdrawn_at = as_of
    bid.save(update_fields=["withdrawn_at", "withdrawn_because"])
    tell(
        bid,
        f"Took the bid of {bid.supplier.name} out.",
        action="withdraw_bid",
        payload={"reason": bid.withdrawn_because},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return bid
