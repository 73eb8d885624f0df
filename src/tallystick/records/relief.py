"""Claims of relief: items or minutes that the provider asks to leave out, and how each ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.service_levels.availability import Excuse
from tallystick.engine.service_levels.dealings.claims import ClaimStanding, claim_standing
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround, ReliefTerms
from tallystick.engine.values import seconds
from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.dealing_terms import relief_terms, zone_of

_DECIDED = (ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.WITHDRAWN)


class ReliefClaim(EngagementShared):
    """
    What the provider asks to be left out of a service level in one window, and why.

    Either `items`, by their external ids as evidence writes them, or the time from `since` until
    `until`, in which `component` was down. Nothing edits a claim.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="relief_claims")
    service_level = models.CharField(max_length=80)
    window = models.CharField(max_length=20)
    ground = models.CharField(max_length=20, choices=[(g.value, g.value) for g in ReliefGround])
    what_happened = models.TextField()
    items = models.JSONField(default=list)
    source = models.CharField(max_length=80, blank=True)
    component = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since=None, until=None) | models.Q(until__gt=models.F("since")),
                name="relief_claim_ends_later",
            )
        ]
        indexes = [models.Index(fields=["agreement", "service_level", "window"])]

    @property
    def level_name(self) -> str:
        """Return what the agreement calls the service level."""
        return self.agreement.level_called(self.service_level)

    @property
    def decided(self) -> ClaimState | None:
        """Return how the claim ended by somebody's word; None while it has not."""
        found = getattr(self, "decision", None)
        return ClaimState(found.state) if found else None

    def standing_at(self, as_of: datetime) -> ClaimStanding:
        """Return what the claim counts as at a moment."""
        return claim_standing(
            self.decided,
            relief_terms(self.agreement) or ReliefTerms(),
            zone=zone_of(self.agreement),
            claimed_at=self.claimed_at,
            as_of=as_of,
        )


class ReliefDecision(EngagementShared):
    """
    The last word on a claim: the client's, or `withdrawn` by the provider that made it.

    There is one, whoever is quicker.
    """

    claim = models.OneToOneField(ReliefClaim, on_delete=models.PROTECT, related_name="decision")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in _DECIDED])
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")


def claims_under(agreement: Agreement) -> models.QuerySet[ReliefClaim]:
    """Return the claims under every version of an agreement, oldest first: a window is the same."""
    claims = ReliefClaim.objects.filter(
        engagement=agreement.engagement_id, agreement__document__id=agreement.document["id"]
    )
    return claims.select_related("agreement", "decision").order_by("id")


def approved_at(agreement: Agreement, as_of: datetime) -> list[ReliefClaim]:
    """Return the claims under an agreement that count as approved at a moment, oldest first."""
    return [
        each
        for each in claims_under(agreement)
        if each.standing_at(as_of).state is ClaimState.APPROVED
    ]


def of_level(claims: Iterable[ReliefClaim], level: str) -> list[ReliefClaim]:
    """Return those claims that are about one service level."""
    return [each for each in claims if each.service_level == level]


def items_of(claims: Iterable[ReliefClaim], sources: set[str]) -> frozenset[str]:
    """
    Return the items that claims relieve, as histories of imports of these sources name them.

    Ids are written SOURCE/ID where there are several sources; a claim that was made when there
    was one only still means that one's item.
    """
    several = len(sources) > 1
    return frozenset(
        f"{each.source}/{item}" if several and each.source else item
        for each in claims
        for item in each.items
    )


def excuses_of(claims: Iterable[ReliefClaim]) -> list[Excuse]:
    """Return the stretches that claims leave out of an availability."""
    return [
        Excuse(seconds(each.since), seconds(each.until), f"Relief was approved: {each.ground}.")
        for each in claims
        if each.since and each.until
    ]


def relief_digest(claims: Iterable[ReliefClaim]) -> str:
    """Return what names the decisions that a measurement used; empty without any."""
    named = [_named(each) for each in claims]
    return digest(canonical_bytes(named)) if named else ""


def _named(claim: ReliefClaim) -> Mapping[str, Any]:
    decision = getattr(claim, "decision", None)
    return {
        "claim": claim.public_id,
        "decision": decision.public_id if decision else "by silence",
        "service_level": claim.service_level,
        "window": claim.window,
        "items": claim.items,
        "source": claim.source,
        "component": claim.component,
        "since": claim.since.isoformat() if claim.since else None,
        "until": claim.until.isoformat() if claim.until else None,
    }
