"""The credit ledger: what is owed, invoiced, paid, earned back and waived, entry by entry."""

from decimal import Decimal

from django.db import models

from tallystick.engine.service_levels.dealings.balances import Entry, EntryKind
from tallystick.records.audience import EngagementShared
from tallystick.records.statements import Statement


class CreditEntry(EngagementShared):
    """
    One line of an engagement's credit ledger; none is edited, a correction is a further one.

    The amount is `units` of the last of `decimals`: 125000 with 2 is 1,250.00, exactly.
    """

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in EntryKind])
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField()
    decimals = models.PositiveSmallIntegerField()
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="credit_entries", null=True, blank=True
    )
    window = models.CharField(max_length=20, blank=True)
    service_level = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            # A correction of what is owed may go either way; what people enter is above nothing.
            models.CheckConstraint(
                condition=models.Q(units__gt=0)
                | models.Q(kind__in=[EntryKind.OWED.value, EntryKind.EARNED_BACK.value]),
                name="credit_entry_above_nothing",
            )
        ]
        indexes = [models.Index(fields=["engagement", "id"])]

    @property
    def amount(self) -> Decimal:
        """Return the exact amount."""
        return Decimal(self.units).scaleb(-self.decimals)

    @property
    def entry(self) -> Entry:
        """Return the entry as the engine adds it up."""
        return Entry(EntryKind(self.kind), self.currency, self.amount)
