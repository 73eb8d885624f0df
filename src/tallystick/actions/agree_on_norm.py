"""Write down how two teams will work on a point on which they differ."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.bid_evidence import chosen, held_bid
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bids import Bid
from tallystick.records.norms import NormsMeasure
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def agree_on_norm(*, bid: Bid, item: str, text: str, by: Viewer, as_of: datetime) -> NormsMeasure:
    """
    Keep what was agreed with a bidder about one point; a later word on it replaces the earlier.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn, ChoiceUnknown
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    kept, _ = NormsMeasure.objects.update_or_create(
        bid=bid,
        item=chosen(item, ITEMS, "item"),
        defaults={
            "client": bid.client,
            "text": checked(text, "text", longest=2_000),
            "agreed_at": as_of,
            "agreed_by": by.person,
        },
    )
    tell(
        kept,
        f"Agreed with {bid.supplier.name} how to work on “{ITEMS[item][1]}”",
        action="agree_on_norm",
        payload={"bid": bid.public_id, "item": item, "text": kept.text},
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return kept
