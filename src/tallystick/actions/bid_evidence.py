"""What the acts on evidence about bidders share: the bid is in, and figures are on their scale."""

from collections.abc import Mapping
from datetime import date, datetime

from tallystick.actions.selection_phases import locked
from tallystick.actions.withdraw_bid import demand_standing
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid
from tallystick.records.selections import Phase, Selection

GATHERING = (Phase.PREPARING, Phase.SCORING, Phase.MODERATING)
"""Until the award; what was known by then stays as it was."""
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


class FigureOutside(Refusal):
    """A figure lies outside its scale."""

    code = "evidence.figure-outside"


class DayRefused(Refusal):
    """A day is still to come, comes before another, or stands in no calendar that we keep."""

    code = "evidence.day-refused"


class TooMuchEvidence(Refusal):
    """More entries of one kind than anybody reads."""

    code = "evidence.too-much"


class EvidenceOfAnotherBid(Refusal):
    """What is known of one bidder is not moved to another."""

    code = "evidence.of-another-bid"


class ChoiceUnknown(Refusal):
    """A word is none of those that can be chosen."""

    code = "evidence.choice-unknown"


def held_selection(selection: Selection) -> Selection:
    """
    Return a selection that still gathers evidence, held until the act is done.

    Raises:
        WrongPhase
    """
    return locked(selection, *GATHERING)


def held_bid(bid: Bid) -> Bid:
    """
    Return a bid that is in, its selection held until the act is done.

    Raises:
        WrongPhase, BidWithdrawn
    """
    selection = held_selection(bid.selection)
    held: Bid = Bid.objects.select_related("supplier", "client").get(pk=bid.pk)
    held.selection = selection
    demand_standing(held)
    return held


def demand_of(bid: Bid, bid_id: int) -> None:
    """
    Let an entry be mended only as part of its own bid.

    Raises:
        EvidenceOfAnotherBid
    """
    if bid_id != bid.pk:
        raise EvidenceOfAnotherBid(
            "The entry belongs to another bid.",
            place="amends",
            remedy=f"Enter it anew for the bid of {bid.supplier.name}.",
        )


def demand_room(count: int, most: int, what: str, place: str) -> None:
    """
    Let only so many entries of a kind stand beside each other.

    Raises:
        TooMuchEvidence
    """
    if count >= most:
        raise TooMuchEvidence(
            f"There are {count} {what} already.",
            place=place,
            remedy="Keep those that say most; take one away first.",
        )


def on_scale(value: int, place: str, least: int, most: int) -> int:
    """
    Return a whole number that lies between two others.

    Raises:
        FigureOutside: naming the field.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise FigureOutside(
            f"The {place.replace('_', ' ')} is a whole number from {least} to {most}.",
            place=place,
            remedy=f"Choose one from {least} to {most}.",
        )
    return value


def chosen(value: str, among: Mapping[str, object] | type, place: str) -> str:
    """
    Return a word that can be chosen.

    Raises:
        ChoiceUnknown: naming the field.
    """
    known = [str(each) for each in among]  # type: ignore[union-attr]
    if str(value) not in known:
        raise ChoiceUnknown(
            f"{str(value)[:40]!r} is no {place.replace('_', ' ')} that we know.",
            place=place,
            remedy=f"Choose one of {', '.join(known)}.",
        )
    return str(value)


def calendar_day(value: date | None, place: str) -> date | None:
    """
    Return a day of the years that calendars keep.

    Raises:
        DayRefused
    """
    if value is not None and not FIRST <= value <= LAST:
        raise DayRefused(
            f"The {place.replace('_', ' ')} is in the year {value.year}.",
            place=place,
            remedy="Give a year from 1970 to 2199.",
        )
    return value


def past_day(value: date, place: str, as_of: datetime) -> date:
    """
    Return a day that has come.

    Raises:
        DayRefused
    """
    calendar_day(value, place)
    if value > as_of.date():
        raise DayRefused(
            f"The {place.replace('_', ' ')}, {value}, is still to come.",
            place=place,
            remedy="Record it once it has happened.",
        )
    return value


def demand_order(since: date | None, until: date | None, place: str) -> None:
    """
    Let nothing end before it begins.

    Raises:
        DayRefused
    """
    if since and until and until < since:
        raise DayRefused(
            f"It would end on {until}, before it begins on {since}.",
            place=place,
            remedy="Look at both days; one of them is wrong.",
        )
