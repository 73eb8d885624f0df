"""Bids of a selection: kept sealed, opened together, held against the must-haves, debriefed."""

from datetime import UTC, datetime
from decimal import Decimal

from ninja import Query
from pydantic import AwareDatetime, Field

from tallystick.actions.award_selection import debrief_bid
from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.record_bid import BidTerms, record_bid
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.api.lookup import NamesNothing, ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.selection_values import BidOut, bid_out, must_haves_of
from tallystick.api.selections import criterion_named, selection_found
from tallystick.api.values import In, Line, Listed, Out, SafePage, Words, listed
from tallystick.api.values import OptionalLine as Short
from tallystick.api.values import OptionalWords as Text
from tallystick.records.awards import Debrief
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Selections"])
WITH = ("selection", "supplier", "debrief")


class RecordBid(In):
    """A bid as it came; figures by the id of the measured criterion that they answer."""

    supplier: Line
    price: Decimal = Field(description="Of the whole term.")
    currency: Short = Field("", description="If given, it must be the selection's.")
    received_at: AwareDatetime
    contacts: list[Short] = Field([], max_length=50, description="None of them may judge.")
    values: dict[str, Decimal] = Field({}, max_length=200)
    note: Text = ""


class WithdrawBid(In):
    """Why a bid is out."""

    reason: Words


class CheckKnockOuts(In):
    """Whether a bid meets each must-have, by the must-have's id."""

    met: dict[str, bool] = Field(min_length=1, max_length=200)


class WriteDebrief(In):
    """What a bidder that did not win is told of its own bid."""

    text: Words


class DebriefOut(Out):
    """What a bidder was told of its own bid."""

    id: str
    bid: str
    text: str
    written_at: datetime
    written_by: str


def bid_found(request: ViewerRequest, bid_id: str) -> Bid:
    """Return the bid that an address names, with all that it tells."""
    return find(Bid, request.viewer, bid_id, *WITH)


def bid_named(viewer: Viewer, selection: Selection, key: str) -> Bid:
    """
    Return the bid of a selection that the field `bid` of a body names.

    Raises:
        NamesNothing: if this selection has none of this id.
    """
    found = Bid.objects.visible_to(viewer).filter(selection=selection, public_id=key)
    bid: Bid | None = found.select_related("supplier").first()
    if bid is None:
        raise NamesNothing(
            f"There is no bid {key!r} in this selection.",
            place="bid",
            remedy="Give the id that the list of bids gave you.",
        )
    return bid


def _out(request: ViewerRequest, bid_id: str) -> BidOut:
    bid = bid_found(request, bid_id)
    return bid_out(bid, must_haves_of(request.viewer, bid.selection))


@operations.reads("/selections/{selection_id}/bids", "bids", Listed[BidOut])
def bids(request: ViewerRequest, selection_id: str, asked: Query[SafePage]) -> Listed[BidOut]:
    """Return the bids in the order in which they came; what they offer once they are opened."""
    selection = selection_found(request, selection_id)
    must_haves = must_haves_of(request.viewer, selection)
    rows = Bid.objects.visible_to(request.viewer).filter(selection=selection)
    known = rows.select_related(*WITH).order_by("received_at", "id")
    return listed(known, asked, lambda bid: bid_out(bid, must_haves))


@operations.acts("/selections/{selection_id}/bids/record", "record_bid", BidOut, status=201)
def record(request: ViewerRequest, selection_id: str, given: RecordBid) -> BidOut:
    """Keep a bid that came before the deadline; its price is sealed until all are opened."""
    bid = record_bid(
        selection=selection_found(request, selection_id),
        terms=BidTerms(**given.model_dump()),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(request, bid.public_id)


@operations.acts("/bids/{bid_id}/withdraw", "withdraw_bid", BidOut)
def withdrawn(request: ViewerRequest, bid_id: str, given: WithdrawBid) -> BidOut:
    """Take a bid out of the competition, for a reason; it stays in the record."""
    withdraw_bid(
        bid=bid_found(request, bid_id),
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(request, bid_id)


@operations.acts("/bids/{bid_id}/knock-outs", "check_knock_outs", BidOut)
def checked(request: ViewerRequest, bid_id: str, given: CheckKnockOuts) -> BidOut:
    """Say which must-haves a bid meets; one that is not met takes it out of the ranking."""
    bid = bid_found(request, bid_id)
    met = {
        criterion_named(request.viewer, bid.selection, key, f"met.{key[:20]}"): answer
        for key, answer in given.met.items()
    }
    check_knock_outs(bid=bid, met=met, by=request.viewer, as_of=datetime.now(UTC))
    return _out(request, bid_id)


@operations.reads("/selections/{selection_id}/debriefs", "debriefs", Listed[DebriefOut])
def debriefs(
    request: ViewerRequest, selection_id: str, asked: Query[SafePage]
) -> Listed[DebriefOut]:
    """Return what bidders that did not win were told, the newest first."""
    selection = selection_found(request, selection_id)
    rows = Debrief.objects.visible_to(request.viewer).filter(bid__selection=selection)
    known = rows.select_related("bid", "written_by").order_by("-written_at", "-id")
    return listed(known, asked, _told)


@operations.acts("/bids/{bid_id}/debrief", "debrief_bid", DebriefOut, status=201)
def debrief(request: ViewerRequest, bid_id: str, given: WriteDebrief) -> DebriefOut:
    """Write what a bidder that did not win is told of its own bid, and of no other."""
    written = debrief_bid(
        bid=bid_found(request, bid_id),
        text=given.text,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _told(written)


def _told(debrief: Debrief) -> DebriefOut:
    return DebriefOut(
        id=debrief.public_id,
        bid=debrief.bid.public_id,
        text=debrief.text,
        written_at=debrief.written_at,
        written_by=debrief.written_by.name,
    )
