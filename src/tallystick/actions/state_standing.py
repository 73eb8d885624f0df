"""Write down how a bidder stands: its accounts, its identifier, its certificates."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.bid_evidence import FigureOutside, calendar_day, demand_room, held_bid
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.records.bids import Bid, Certificate, Supplier
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_CERTIFICATES = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What is known of the company: `our_share` of its revenue from 0 to 1, Altman's Z''.

    A malformed identifier is kept as the bidder gave it; a guardrail says so.
    """

    lei: str = ""
    lei_valid_until: date | None = None
    our_share: Decimal | None = None
    z_score: Decimal | None = None
    standing: str = ""


@transaction.atomic
def state_standing(*, bid: Bid, standing: Standing, by: Viewer, as_of: datetime) -> Supplier:
    """
    Keep the standing of the company behind a bid; it holds for each bid of that company.

    Raises:
        NotPermitted, TextTooLong, WrongPhase, BidWithdrawn, FigureOutside, DayRefused
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    supplier = bid.supplier
    supplier.lei = checked(standing.lei, "lei", longest=20, needed=False).upper()
    supplier.lei_valid_until = calendar_day(standing.lei_valid_until, "lei_valid_until")
    supplier.our_share = _between(standing.our_share, "our_share", 0, 1, 4)
    supplier.z_score = _between(standing.z_score, "z_score", -1_000, 1_000, 3)
    supplier.standing = checked(standing.standing, "standing", longest=4_000, needed=False)
    supplier.save()
    tell(
        supplier,
        f"Wrote down how {supplier.name} stands.",
        action="state_standing",
        payload={
            "lei": supplier.lei,
            "lei_valid_until": str(supplier.lei_valid_until or ""),
            "our_share": str(supplier.our_share or ""),
            "z_score": "" if supplier.z_score is None else str(supplier.z_score),
            "standing": supplier.standing,
        },
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return supplier


@transaction.atomic
def record_certificate(
    *, bid: Bid, name: str, valid_until: date | None = None, by: Viewer, as_of: datetime
) -> Certificate:
    """
    Keep a certificate of the company behind a bid; one of the same name is renewed.

    One that has expired is kept too: a guardrail says so.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn, DayRefused,
        TooMuchEvidence
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    name = checked(name, "name", longest=120)
    known = Certificate.objects.filter(supplier=bid.supplier)
    name = known.filter(name__iexact=name).values_list("name", flat=True).first() or name
    if not known.filter(name=name).exists():
        demand_room(known.count(), MOST_CERTIFICATES, "certificates", "name")
    kept, _ = Certificate.objects.update_or_create(
        supplier=bid.supplier,
        name=name,
        defaults={
            "client": bid.client,
            "valid_until": calendar_day(valid_until, "valid_until"),
            "seen_at": as_of,
        },
    )
    tell(
        kept,
        f"Saw the certificate “{name}” of {bid.supplier.name}.",
        action="record_certificate",
        payload={"name": name, "valid_until": str(valid_until or "")},
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return kept


def _between(
    value: Decimal | None, place: str, least: int, most: int, places: int
) -> Decimal | None:
    if value is None:
        return None
    if not value.is_finite() or not least <= value <= most:
        raise FigureOutside(
            f"The {place.replace('_', ' ')} lies between {least} and {most}.",
            place=place,
            remedy="Take it from the bidder's accounts.",
        )
    return round(value, places)
