"""Selections: a competition for an engagement, and the criteria that its bids are judged by."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement

if TYPE_CHECKING:
    from datetime import datetime


class Phase(StrEnum):
    """Where a selection stands; criteria may change until bids are opened."""

    PREPARING = "preparing"
    SCORING = "scoring"
    MODERATING = "moderating"
    AWARDED = "awarded"


class Selection(ClientPrivate):
    """
    A competition for one engagement; what it weighs, and who competes, only the client reads.

    `should_cost` is what the client's own estimate says the whole term costs, in `currency`. A
    bid counts if it came by `bids_until`. Opening the bids freezes criteria and knock-outs.
    """

    engagement = models.OneToOneField(
        Engagement, on_delete=models.PROTECT, related_name="selection"
    )
    currency = models.CharField(max_length=3)
    should_cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    bids_until = models.DateTimeField()
    single_source_reason = models.TextField(blank=True)
    single_source_approved_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    awarded_at = models.DateTimeField(null=True, blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(should_cost=None) | models.Q(should_cost__gt=0),
                name="should_cost_is_money",
            )
        ]

    @property
    def phase(self) -> Phase:
        """Return where the selection stands."""
        if self.awarded_at:
            return Phase.AWARDED
        if self.scored_at:
            return Phase.MODERATING
        return Phase.SCORING if self.opened_at else Phase.PREPARING

    def takes_bids(self, as_of: datetime) -> bool:
        """Return whether a bid that arrives now counts."""
        return self.opened_at is None and as_of <= self.bids_until


class CriterionKind(StrEnum):
    """How a criterion is answered: by judgement, by a figure, by the price, by yes or no."""

    GROUP = "group"
    JUDGED = "judged"
    MEASURED = "measured"
    PRICE = "price"
    KNOCK_OUT = "knock-out"


WEIGHED = (
    CriterionKind.GROUP,
    CriterionKind.JUDGED,
    CriterionKind.MEASURED,
    CriterionKind.PRICE,
)


class Criterion(ClientPrivate):
    """
    What bids are judged by: a group, a leaf with fixed anchors, or a knock-out without weight.

    `weight` is a share of 100 among those with the same `parent`. `worst` is worth nothing and
    `target` everything; for a judged one they are 0 and 5, and `anchors` says in words what
    earns 0, 3 and 5.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="criteria")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in CriterionKind])
    name = models.CharField(max_length=120)
    question = models.TextField(blank=True)
    weight = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    worst = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    anchors = models.JSONField(default=dict, blank=True)
    needs_evidence = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    stated_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["selection", "name"], name="criterion_name_once"),
            models.CheckConstraint(
                condition=models.Q(weight=None)
                | (models.Q(weight__gte=0) & models.Q(weight__lte=100)),
                name="weight_is_a_share",
            ),
        ]
        indexes = [models.Index(fields=["selection", "position"])]

    def __str__(self) -> str:
        return self.name


class CriterionEdit(ClientPrivate):
    """A change of weight, anchors or knock-out after the bids were opened; never taken back."""

    selection = models.ForeignKey(
        Selection, on_delete=models.PROTECT, related_name="criterion_edits"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="edits")
    what = models.CharField(max_length=10)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["selection", "edited_at"])]
