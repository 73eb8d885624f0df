"""Suppliers that compete, and their bids: the client's own file, which no bidder reads."""

import re
import unicodedata

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.organisations import Organisation
from tallystick.records.people import Person
from tallystick.records.selections import Criterion, Selection


class Supplier(ClientPrivate):
    """
    A company that bids, as the client knows it; `organisation` if it is a party here already.

    `key` is its name folded for comparison, so that one company is not kept twice.
    """

    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    lei = models.CharField(max_length=20, blank=True)
    lei_valid_until = models.DateField(null=True, blank=True)
    our_share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    z_score = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    standing = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="supplier_once"),
            models.CheckConstraint(
                condition=models.Q(our_share=None)
                | (models.Q(our_share__gte=0) & models.Q(our_share__lte=1)),
                name="our_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(ClientPrivate):
    """A certificate of a supplier; one without an end does not expire."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="certificates")
    name = models.CharField(max_length=120)
    valid_until = models.DateField(null=True, blank=True)
    seen_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["supplier", "name"], name="certificate_once")
        ]


class Bid(ClientPrivate):
    """
    One supplier's offer: its price for the whole term, and whom it named as contacts.

    `values` holds the offered figures of measured criteria by their public id; `knock_outs` says
    by public id whether a must-have is met. A withdrawn bid stays, and is not judged.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="bids")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="bids")
    price = models.DecimalField(max_digits=16, decimal_places=2)
    received_at = models.DateTimeField()
    contacts = models.JSONField(default=list, blank=True)
    values = models.JSONField(default=dict, blank=True)
    knock_outs = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "supplier"],
                condition=models.Q(withdrawn_at=None),
                name="supplier_bids_once",
            ),
            models.CheckConstraint(condition=models.Q(price__gt=0), name="bid_price_is_money"),
        ]
        indexes = [models.Index(fields=["selection", "id"])]

    @property
    def name(self) -> str:
        """Return whose bid it is."""
        return self.supplier.name


def folded(name: str) -> str:
    """Return a name as it is compared: letters and digits alone, whatever their case or width."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())[:120] or name[:120]


_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


def names_person(contact: str, person: Person) -> bool:
    """
    Return whether a bidder's contact is a person: by address, or by all words of the name.

    However it is written: "Eva Okafor, procurement", "Okafor, Eva" or "Eva <eva@example.org>".
    A name of one word is shared by many, and has to be the whole contact.
    """
    written = unicodedata.normalize("NFKC", contact).casefold()
    addresses = {each.strip(".") for each in _ADDRESS.findall(written)}
    words = re.findall(r"\w+", written)
    name = re.findall(r"\w+", unicodedata.normalize("NFKC", person.name).casefold())
    named = name == words if len(name) < 2 else set(name) <= set(words)
    return person.email.casefold() in addresses or (bool(name) and named)


def standing_bids(selection: Selection) -> list[Bid]:
    """Return the bids that nobody withdrew, in the order in which they came."""
    bids: models.QuerySet[Bid] = Bid.objects.filter(selection=selection, withdrawn_at=None)
    return list(bids.select_related("supplier").order_by("received_at", "id"))


def is_compliant(bid: Bid, knock_outs: list[Criterion]) -> bool | None:
    """Return whether a bid meets every must-have; None until each was looked at."""
    met = [bid.knock_outs.get(each.public_id) for each in knock_outs]
    if False in met:
        return False
    return None if None in met else True
