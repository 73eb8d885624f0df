"""What a party says of a statement: it attests it, or disputes it point by point."""

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Side
from tallystick.records.statements import Statement

_SIDES = [(side.value, side.value) for side in Side]


class Attestation(EngagementShared):
    """A party's word that it takes a statement as it stands; once, and not taken back."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="attestations")
    side = models.CharField(max_length=10, choices=_SIDES)
    attested_at = models.DateTimeField()
    attested_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "side"], name="a_party_attests_a_statement_once"
            )
        ]


class Dispute(EngagementShared):
    """
    One point of a statement that a party does not accept: what is wrong, what it should be.

    It is about a measurement as a whole, about an `item` of it, or about a `component` from
    `since` until `until`. The party's attestation settles it, and so does a restatement.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="disputes")
    side = models.CharField(max_length=10, choices=_SIDES)
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="disputes")
    item = models.CharField(max_length=200, blank=True)
    component = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    what_is_wrong = models.TextField()
    should_be = models.TextField()
    disputed_at = models.DateTimeField()
    disputed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since=None, until=None) | models.Q(until__gt=models.F("since")),
                name="dispute_ends_later",
            )
        ]
        indexes = [models.Index(fields=["statement", "id"])]
