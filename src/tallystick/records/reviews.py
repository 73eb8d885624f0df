"""Reviews: people look at the evidence and decide what each finding is."""

from enum import StrEnum

from django.db import models

from tallystick.engine.reviews.parts import OF_AN_ENGAGEMENT, Outcome, ReviewKind
from tallystick.records.audience import EngagementShared
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.statements import Statement


class Review(EngagementShared):
    """
    A month's statement, or the engagement as a whole, reviewed: what people made of it.

    A monthly review has a `statement`. A mid-term or closing one has a `pack`, the `document`
    that the client signed with its `digest`, and an `outcome`; its `summary` are the reasons.
    """

    kind = models.CharField(
        max_length=10,
        choices=[(each.value, each.value) for each in ReviewKind],
        default=ReviewKind.MONTHLY,
    )
    statement = models.OneToOneField(
        Statement, on_delete=models.PROTECT, related_name="review", null=True, blank=True
    )
    pack = models.OneToOneField(
        EvidencePack, on_delete=models.PROTECT, related_name="review", null=True, blank=True
    )
    document = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=71, blank=True)
    outcome = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in Outcome], blank=True
    )
    summary = models.TextField(blank=True)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind=ReviewKind.MONTHLY.value, statement__isnull=False, pack=None, outcome=""
                )
                | (
                    models.Q(
                        kind__in=[each.value for each in OF_AN_ENGAGEMENT],
                        statement=None,
                        pack__isnull=False,
                    )
                    & ~models.Q(outcome="")
                    & ~models.Q(digest="")
                ),
                name="review_of_a_statement_or_a_pack",
            ),
            # An engagement ends once, whoever is quicker.
            models.UniqueConstraint(
                fields=["engagement"],
                condition=models.Q(kind=ReviewKind.CLOSING.value),
                name="one_closing_review",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "-held_at"])]


class FindingDecision(StrEnum):
    """What people made of a finding."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class ReviewFinding(EngagementShared):
    """A finding as it was put before a review, and what was decided."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=12)
    severity = models.CharField(max_length=10)
    place = models.CharField(max_length=200)
    sentence = models.TextField()
    remedy = models.TextField()
    decision = models.CharField(
        max_length=10, choices=[(d.value, d.value) for d in FindingDecision]
    )
    reason = models.TextField(blank=True)

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "review"])]
