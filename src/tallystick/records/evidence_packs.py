"""Evidence packs: what a mid-term or closing review opens with, computed at a moment and pinned."""

from typing import Any

from django.db import models

from tallystick.engine.reviews.parts import OF_AN_ENGAGEMENT, Outcome, ReviewKind
from tallystick.records.audience import ClientPrivate, EngagementShared

PACK_KINDS = [(each.value, each.value) for each in OF_AN_ENGAGEMENT]


class EvidencePack(EngagementShared):
    """
    The figures that both parties review, as they stood when the review was opened.

    Nothing edits a pack. Until the review is signed, a later one may take its place; the one
    before stays.
    """

    kind = models.CharField(max_length=10, choices=PACK_KINDS)
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "-opened_at"])]

    @property
    def is_closing(self) -> bool:
        """Return whether the engagement ends with this review."""
        return self.kind == ReviewKind.CLOSING


class PrivateEvidence(ClientPrivate):
    """What the client alone reads beside a pack: findings of its guardrails, and its lessons."""

    pack = models.OneToOneField(
        EvidencePack, on_delete=models.PROTECT, related_name="private_evidence"
    )
    document = models.JSONField()
    digest = models.CharField(max_length=71)


class ReviewDraft(ClientPrivate):
    """
    What the client writes about a pack before it signs: nobody else reads it.

    Signing makes a review of it that both parties read; `asides`, what is said of the private
    sections, stay here. `objectives` maps ids to what was reached, `judgements` and `asides` map
    sections to texts.
    """

    pack = models.OneToOneField(EvidencePack, on_delete=models.PROTECT, related_name="draft")
    objectives = models.JSONField(default=dict)
    judgements = models.JSONField(default=dict)
    asides = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    outcome = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in Outcome], blank=True
    )
    reasons = models.TextField(blank=True)
    benefits_on = models.DateField(null=True, blank=True)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")


def draft_document(draft: ReviewDraft, checks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the client signs: the pack by its digest, and every word that becomes shared."""
    pack = draft.pack
    return {
        "review": 1,
        "kind": pack.kind,
        "engagement": pack.engagement.public_id,
        "evidence": pack.digest,
        "objectives": draft.objectives,
        "judgements": draft.judgements,
        "findings": draft.findings,
        "outcome": draft.outcome,
        "reasons": draft.reasons,
        "benefits_on": draft.benefits_on.isoformat() if draft.benefits_on else None,
        "checks": checks,
    }


def open_packs(packs: models.QuerySet[EvidencePack]) -> models.QuerySet[EvidencePack]:
    """Return those packs that wait for a review: not superseded, and not signed."""
    return packs.filter(superseded_by=None, review=None)
