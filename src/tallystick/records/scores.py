"""Evaluators and their scores: each one's own until all are in, then the client's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, ClientPrivate
from tallystick.records.bids import Bid
from tallystick.records.selections import Criterion, Selection

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Evaluator(ClientPrivate):
    """
    A person who scores a selection, and the declaration of interests that comes before it.

    `interests` is what was declared, empty for none; whoever is `barred_because` of it, or of
    anything else, scores no more and counts no more.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="evaluators")
    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True, blank=True)
    interests = models.TextField(blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    barred_at = models.DateTimeField(null=True, blank=True)
    barred_because = models.TextField(blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["selection", "person"], name="evaluator_once")
        ]


class Score(ClientPrivate):
    """
    One evaluator's score of one bid on one criterion, 0 to 5, with what it rests on.

    Until the scoring of the selection is closed only its writer reads it: whoever sees another's
    score first no longer judges alone.
    """

    audience = Audience.OWN_UNTIL_CLOSED

    evaluator = models.ForeignKey(Evaluator, on_delete=models.PROTECT, related_name="scores")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(max_digits=3, decimal_places=1)
    evidence = models.TextField(blank=True)
    scored_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["evaluator", "bid", "criterion"], name="a_bid_is_scored_once_by_each"
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0) & models.Q(value__lte=5),
                name="score_is_on_the_scale",
            ),
        ]
        indexes = [models.Index(fields=["bid", "criterion"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the client's, and the viewer's own or of a selection whose scoring is closed."""
        mine = models.Q(evaluator__person=viewer.person)
        closed = models.Q(evaluator__selection__scored_at__isnull=False)
        return super().visibility(viewer) & (mine | closed)


class Consensus(ClientPrivate):
    """What the evaluators agreed on for one bid and one criterion, moderated, and why."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="agreed")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="agreed")
    value = models.DecimalField(max_digits=3, decimal_places=1)
    note = models.TextField()
    moderated_at = models.DateTimeField()
    moderated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["bid", "criterion"], name="agreed_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0) & models.Q(value__lte=5),
                name="agreed_on_the_scale",
            ),
        ]
