"""Rankings, awards and debriefs: what the bids were worth, who won, and what losers are told."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection


class Ranking(ClientPrivate):
    """
    The bids of a selection in their order, and how firm it is, as computed at one moment.

    `document` holds weights, figures, values, ranks and flips; `digest` is that of the figures
    and weights that it was computed from, and the random numbers begin with `seed`.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="rankings")
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    seed = models.BigIntegerField()
    draws = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=20)
    ranked_at = models.DateTimeField()
    ranked_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["selection", "-ranked_at"])]


class Award(ClientPrivate):
    """
    The proposal that one bid wins, with its reasons, and what was decided on it.

    `approved` is empty until somebody other than who proposed it decides. A refused one stays.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="awards")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="awards")
    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="awards")
    rationale = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_because = models.TextField(blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["selection"],
                condition=models.Q(approved=None) | models.Q(approved=True),
                name="one_award_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="award_needs_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["selection", "-proposed_at"])]


class Debrief(ClientPrivate):
    """What a bidder that did not win is told of its own bid, and of no other."""

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="debrief")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")


def newest_ranking(selection: Selection) -> Ranking | None:
    """Return the ranking that was computed last."""
    found: Ranking | None = (
        Ranking.objects.filter(selection=selection).order_by("-ranked_at", "-id").first()
    )
    return found


def standing_award(selection: Selection) -> Award | None:
    """Return the award that is proposed or approved; None if there is none."""
    found: Award | None = (
        Award.objects.filter(selection=selection)
        .exclude(approved=False)
        .select_related("bid__supplier", "proposed_by", "decided_by", "ranking")
        .first()
    )
    return found
