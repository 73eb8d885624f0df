"""References: what a bidder's clients say of it, call by call; the client's own file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.scoring.calls import mean_mark
from tallystick.engine.scoring.references import ReferenceCall
from tallystick.records.audience import ClientPrivate
from tallystick.records.bids import Bid

if TYPE_CHECKING:
    from fractions import Fraction


class ReferenceSource(StrEnum):
    """Who chose the reference: the bidder, or we."""

    NOMINATED = "nominated"
    FOUND = "found"


class Relationship(StrEnum):
    """How the referee stands to the bidder: a client, a client no more, one that walked out."""

    LIVE = "live"
    ENDED = "ended"
    EXITED = "exited"


class Again(StrEnum):
    """Whether the referee would hire the bidder again."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Reference(ClientPrivate):
    """
    A client of a bidder: planned without `called_on`, a call that was held with it.

    `similarity` says in per cent how alike its service is to ours; `ended_on` is the day its
    contract ended. `marks` are answers from 1 to 5 by question, `cost_percent` is what the
    contract cost in per cent of the bid. A call stands in its interviewer's words.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="references")
    organisation = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    contact = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ReferenceSource])
    relationship = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in Relationship]
    )
    ended_on = models.DateField(null=True, blank=True)
    similarity = models.PositiveSmallIntegerField()
    planned_at = models.DateTimeField()
    called_on = models.DateField(null=True, blank=True)
    interviewer = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    marks = models.JSONField(default=dict, blank=True)
    again = models.CharField(max_length=10, blank=True, choices=[(k.value, k.value) for k in Again])
    cost_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.TextField(blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["bid", "key"], name="referee_once"),
            models.CheckConstraint(
                condition=models.Q(similarity__lte=100), name="reference_similarity_is_a_share"
            ),
            models.CheckConstraint(
                condition=models.Q(called_on=None) | models.Q(interviewer__isnull=False),
                name="a_call_has_an_interviewer",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation

    @property
    def mark(self) -> Fraction | None:
        """Return the mean of the answers; None before the call."""
        return mean_mark(self.marks)

    @property
    def call(self) -> ReferenceCall | None:
        """Return the call as the engine counts it; None before it was held."""
        mark = self.mark
        if self.called_on is None or mark is None:
            return None
        return ReferenceCall(
            score=float(mark),
            independent=self.source == ReferenceSource.FOUND,
            ended=self.relationship != Relationship.LIVE,
            similarity=self.similarity / 100,
            ended_on=self.ended_on,
            # Who is unsure would not hire them again today.
            again=None if not self.again else self.again == Again.YES,
        )
