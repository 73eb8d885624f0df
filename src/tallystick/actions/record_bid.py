"""Record a bid that came before the deadline, from a supplier that is known or new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.figures import REMEDY, storable
from tallystick.actions.plan_selection import money
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import kept_moment, locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import decimal_text
from tallystick.records.bids import Bid, Supplier, folded
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Duty, Side
from tallystick.records.selections import Criterion, CriterionKind, Phase, Selection
from tallystick.records.viewer import Viewer

MOST_CONTACTS = 50


class BidTooLate(Refusal):
    """A bid came after the deadline that all were told."""

    code = "bid.too-late"


class BidFromTomorrow(Refusal):
    """A bid cannot have come at a moment that is still to be."""

    code = "bid.from-tomorrow"


class SupplierBidTwice(Refusal):
    """A company bids once; two bidders of one name are one."""

    code = "bid.supplier-twice"


class CurrencyMixed(Refusal):
    """Prices are compared in one currency."""

    code = "bid.currency-mixed"


class FigureRefused(Refusal):
    """A figure answers no measured criterion of the selection, or cannot be kept."""

    code = "bid.figure-refused"


@dataclass(frozen=True, slots=True)
class BidTerms:
    """
    What a bid says.

    `contacts` are the names or addresses of the bidder's people; `values` the figures that it
    offers for measured criteria, by their public id; `currency`, if given, is checked.
    """

    supplier: str
    price: Decimal
    received_at: datetime
    currency: str = ""
    contacts: Sequence[str] = ()
    values: Mapping[str, Decimal] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def record_bid(*, selection: Selection, terms: BidTerms, by: Viewer, as_of: datetime) -> Bid:
    """
    Keep a bid; nobody judges it before all are opened together.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidTooLate, BidFromTomorrow,
        SupplierBidTwice, CurrencyMixed, MoneyRefused, FigureRefused, MomentRefused
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.PREPARING)
    _demand_in_time(selection, terms.received_at, as_of)
    if terms.currency and terms.currency.strip().upper() != selection.currency:
        raise CurrencyMixed(
            f"The bid is in {terms.currency.strip().upper()[:10]}, the selection in "
            f"{selection.currency}.",
            place="currency",
            remedy=f"Ask the bidder for its price in {selection.currency}: rates move.",
        )
    bid = Bid(
        client=by.organisation,
        selection=selection,
        price=money(terms.price, "price"),
        received_at=terms.received_at,
        contacts=_contacts(terms.contacts),
        values=_figures(selection, terms.values),
        note=checked(terms.note, "note", needed=False),
    )
    bid.supplier = _supplier(selection, terms.supplier, by, as_of)
    bid.save()
    # The entry tells no figure: the chain is read before the bids are opened.
    tell(
        bid,
        f"Recorded the bid of {bid.supplier.name}.",
        action="record_bid",
        payload={
            "supplier": bid.supplier.name,
            "received_at": terms.received_at.isoformat(),
        },
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return bid


def _demand_in_time(selection: Selection, received_at: datetime, as_of: datetime) -> None:
    kept_moment(received_at, "received_at")
    if received_at > as_of:
        raise BidFromTomorrow(
            "The bid would have come at a moment that is still to be.",
            place="received_at",
            remedy="Give the moment at which it came.",
        )
    if received_at > selection.bids_until:
        raise BidTooLate(
            "The bid came after the deadline.",
            place="received_at",
            remedy="Leave it out; or, before any bid is opened, move the deadline for everybody.",
        )


def _supplier(selection: Selection, name: str, by: Viewer, as_of: datetime) -> Supplier:
    name = checked(name, "supplier", longest=120)
    found, _ = Supplier.objects.get_or_create(
        client=by.organisation,
        key=folded(name),
        defaults={
            "name": name,
            "kept_at": as_of,
            "organisation": Organisation.objects.filter(
                side=Side.PROVIDER, name__iexact=name
            ).first(),
        },
    )
    if Bid.objects.filter(selection=selection, supplier=found, withdrawn_at=None).exists():
        raise SupplierBidTwice(
            f"{found.name} has a bid here already.",
            place="supplier",
            remedy="Two companies of one name need a word that tells them apart; a bid that comes "
            "again, or was written down wrong, is taken out first and recorded anew.",
        )
    return found


def _contacts(given: Sequence[str]) -> list[str]:
    kept = [checked(each, "contacts", longest=200, needed=False) for each in given]
    return list(dict.fromkeys(each for each in kept if each))[:MOST_CONTACTS]


def _figures(selection: Selection, values: Mapping[str, Decimal]) -> dict[str, str]:
    known = set(
        Criterion.objects.filter(selection=selection, kind=CriterionKind.MEASURED).values_list(
            "public_id", flat=True
        )
    )
    for key, value in values.items():
        if key not in known:
            raise FigureRefused(
                "A figure answers no measured criterion of this selection.",
                place=f"values.{key[:20]}",
                remedy="Give one number for each measured criterion, by its id.",
            )
        if not storable(value):
            raise FigureRefused("The figure cannot be kept.", place=f"values.{key}", remedy=REMEDY)
    return {key: decimal_text(value + 0) for key, value in values.items()}
