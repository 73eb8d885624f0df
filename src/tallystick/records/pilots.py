"""Paid pilots: what was seen of a bidder at work, before anything is signed."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.bids import Bid


class Pilot(ClientPrivate):
    """
    A few paid days of work with a bidder's people.

    `seen` holds for each behaviour a mark from 1 to 5 and what it rests on; it is empty until
    the pilot was held.
    """

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="pilot")
    held_on = models.DateField()
    task = models.CharField(max_length=200)
    seen = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)
    observed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
