"""Name a client of a bidder who is to be asked, or mend what is known of one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.bid_evidence import (
    calendar_day,
    chosen,
    demand_of,
    demand_room,
    held_bid,
    on_scale,
)
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid, folded
from tallystick.records.references import Reference, ReferenceSource, Relationship
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST = 50


class RefereeTwice(Refusal):
    """One organisation would count as two voices."""

    code = "reference.referee-twice"


class RefereeIsBidder(Refusal):
    """Nobody is a reference for themselves."""

    code = "reference.referee-is-bidder"


class NotYourCall(Refusal):
    """A call stands in the words of whoever held it."""

    code = "reference.not-your-call"


@dataclass(frozen=True, slots=True)
class Referee:
    """
    Whom to ask: a client of the bidder, past or present.

    `similarity` says in per cent how alike its service is to ours; `ended_on` the day its
    contract ended.
    """

    organisation: str
    contact: str = ""
    source: str = ReferenceSource.NOMINATED
    relationship: str = Relationship.LIVE
    similarity: int = 100
    ended_on: date | None = None


@transaction.atomic
def plan_reference(
    *, bid: Bid, referee: Referee, amends: Reference | None = None, by: Viewer, as_of: datetime
) -> Reference:
    """
    Keep a reference without a call; `amends` mends one, after its call only by its interviewer.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn, RefereeTwice,
        RefereeIsBidder, NotYourCall, EvidenceOfAnotherBid, FigureOutside, DayRefused,
        ChoiceUnknown, TooMuchEvidence
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    if amends:
        # As it is now: a call that was recorded meanwhile is not written over.
        amends = Reference.objects.get(pk=amends.pk)
        demand_own(amends, by)
        demand_of(bid, amends.bid_id)
    values = _checked(bid, referee, amends)
    reference = amends or Reference(client=bid.client, bid=bid, planned_at=as_of)
    for name, value in values.items():
        setattr(reference, name, value)
    reference.save()
    tell(
        reference,
        f"{'Mended' if amends else 'Planned'} the reference “{reference.organisation}” of "
        f"{bid.supplier.name}.",
        action="plan_reference",
        payload={"bid": bid.public_id}
        | {name: str(value) for name, value in values.items() if value not in ("", None)},
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return reference


def demand_own(reference: Reference, by: Viewer) -> None:
    """
    Let a call that was held be touched by its interviewer alone.

    Raises:
        NotYourCall
    """
    if reference.called_on and reference.interviewer_id != by.person.pk:
        raise NotYourCall(
            f"Another colleague held the call with “{reference.organisation}”.",
            place="reference",
            remedy="Ask them to mend it, or call another client of the bidder.",
        )


def _checked(bid: Bid, referee: Referee, amends: Reference | None) -> dict[str, Any]:
    organisation = checked(referee.organisation, "organisation", longest=120)
    key = folded(organisation)
    if key == bid.supplier.key:
        raise RefereeIsBidder(
            f"{organisation} is the bidder itself.",
            place="organisation",
            remedy="Name one of its clients.",
        )
    others = Reference.objects.filter(bid=bid)
    if amends:
        others = others.exclude(pk=amends.pk)
    else:
        demand_room(others.count(), MOST, "references", "organisation")
    if others.filter(key=key).exists():
        raise RefereeTwice(
            f"“{organisation}” is a reference of this bid already; two of its people are one "
            "voice.",
            place="organisation",
            remedy="Note the second person as a contact of the same reference.",
        )
    ended = calendar_day(referee.ended_on, "ended_on")
    live = chosen(referee.relationship, Relationship, "relationship") == Relationship.LIVE
    return {
        "organisation": organisation,
        "key": key,
        "contact": checked(referee.contact, "contact", longest=200, needed=False),
        "source": chosen(referee.source, ReferenceSource, "source"),
        "relationship": str(referee.relationship),
        "similarity": on_scale(referee.similarity, "similarity", 0, 100),
        # A contract that lasts has not ended.
        "ended_on": None if live else ended,
    }
