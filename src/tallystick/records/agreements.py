"""Agreements: versions of the machine-readable service-level document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db import models

from tallystick.engine.service_levels.succession import Span, gaps_beside, gaps_between
from tallystick.records.audience import EngagementShared
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation


class AgreementState(StrEnum):
    """
    Where a version stands.

    `draft` is never stored here: a draft has a table of its own. Whether a version that is in
    force is ahead, over or superseded follows from the day; `standing_of` tells it.
    """

    DRAFT = "draft"
    PROPOSED = "proposed"
    SIGNED_BY_ONE = "signed-by-one"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    REPLACED = "replaced"


OPEN = frozenset({AgreementState.PROPOSED, AgreementState.SIGNED_BY_ONE})
"""The states in which a version waits for signatures."""

LAPSED = frozenset({AgreementState.WITHDRAWN, AgreementState.DECLINED, AgreementState.REPLACED})
"""The states of a proposal that came to nothing; signatures on it are void."""


class Agreement(EngagementShared):
    """
    One version of the agreement document, known by its hash, from its proposal on.

    `document` is the validated document; nothing edits it, a change is a new version. A version
    that was recorded from paper was `proposed_for` nobody. `accepted_gaps` are the spans without
    agreement, (from, until) pairs of days, that its proposer accepted.
    """

    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    state = models.CharField(max_length=13, choices=[(s.value, s.value) for s in AgreementState])
    state_at = models.DateTimeField()
    in_force_from = models.DateField()
    in_force_until = models.DateField()
    signed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    proposed_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    accepted_gaps = models.JSONField(default=list, blank=True)

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "version"], name="agreement_version_once"
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=models.Q(state__in=sorted(state.value for state in OPEN)),
                name="one_proposal_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_until__gt=models.F("in_force_from")),
                name="agreement_ends_later",
            ),
            # What only one party may see has a table of its own.
            models.CheckConstraint(
                condition=~models.Q(state=AgreementState.DRAFT.value), name="agreement_is_no_draft"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AgreementState.IN_FORCE.value)
                | models.Q(signed_on__isnull=False),
                name="agreement_in_force_was_signed",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "state", "-version"])]

    @property
    def level_names(self) -> dict[str, str]:
        """Return the name of each service level by its id, in the document's order."""
        levels = self.document["service_levels"]
        return {level["id"]: level.get("name", level["id"]) for level in levels}

    def level_called(self, key: str) -> str:
        """Return the name of a service level; one that the document lacks keeps its id."""
        return self.level_names.get(key, key)

    @property
    def is_open(self) -> bool:
        """Return whether the version waits for signatures."""
        return self.state in OPEN

    @property
    def has_lapsed(self) -> bool:
        """Return whether the version was proposed and came to nothing."""
        return self.state in LAPSED

    @property
    def span(self) -> Span:
        """Return the days of the version: the first, and the one after the last."""
        return self.in_force_from, self.in_force_until

    @property
    def on_paper(self) -> bool:
        """Return whether both parties signed it on paper, outside Tallystick."""
        return self.proposed_for_id is None


def standing_of(agreement: Agreement, today: date, *, followed: bool = False) -> str:
    """
    Return where a version stands today: its state, or for one in force what the day makes of it.

    That is ahead, in-force, ended, or superseded where another version followed.
    """
    if agreement.state != AgreementState.IN_FORCE:
        return str(agreement.state)
    if today < agreement.in_force_from:
        return "ahead"
    if today < agreement.in_force_until:
        return str(AgreementState.IN_FORCE)
    return str(AgreementState.SUPERSEDED) if followed else "ended"


def the_one_for(agreements: Iterable[Agreement], on: date | None) -> Agreement | None:
    """
    Return the version that holds on a day; else the last before it, else the first to come.

    A renewal is recorded ahead of its first day and must not hide the one that still holds.
    Without a day, the one that begins last.
    """
    in_order = sorted(agreements, key=lambda each: (each.in_force_from, each.pk))
    begun = [each for each in in_order if on is None or each.in_force_from <= on]
    if begun:
        return begun[-1]
    return in_order[0] if in_order else None


def agreement_on(engagement: Engagement, on: date) -> Agreement | None:
    """Return an engagement's version in force for a day, as `the_one_for` chooses it."""
    return the_one_for(engagement.agreements.filter(state=AgreementState.IN_FORCE), on)


def signed_before(engagement: Engagement, first: date) -> Agreement | None:
    """Return the version that both signed and that begins last before a day; None if none."""
    earlier = _signed(engagement).filter(in_force_from__lt=first)
    return earlier.order_by("-in_force_from").first()


def signed_after(engagement: Engagement, first: date) -> Agreement | None:
    """Return the version that both signed and that begins first after a day; None if none."""
    later = _signed(engagement).filter(in_force_from__gt=first)
    return later.order_by("in_force_from").first()


def gaps_around(engagement: Engagement, span: Span) -> list[Span]:
    """Return the gaps between signed versions and a span, beside that span."""
    spans = [each for each in _spans(engagement) if each != span]
    return gaps_beside(span, spans)


def gaps_in(engagement: Engagement) -> list[Span]:
    """Return the spans between signed versions in which no agreement is in force."""
    return gaps_between(_spans(engagement))


def _signed(engagement: Engagement) -> models.QuerySet[Agreement]:
    return engagement.agreements.filter(state=AgreementState.IN_FORCE)


def _spans(engagement: Engagement) -> list[Span]:
    return list(_signed(engagement).values_list("in_force_from", "in_force_until"))


def open_proposal(engagement: Engagement) -> Agreement | None:
    """Return the version that waits for signatures, if there is one."""
    return engagement.agreements.filter(state__in=OPEN).first()


def next_proposal(agreement: Agreement) -> Agreement | None:
    """Return the proposal that came after a version: what stands in a replaced one's place."""
    proposed = agreement.engagement.agreements.exclude(proposed_for=None)
    return proposed.filter(version__gt=agreement.version).order_by("version").first()


def replaced_proposal(agreement: Agreement) -> Agreement | None:
    """Return the proposal that a version set aside; None if it set none aside."""
    proposed = agreement.engagement.agreements.exclude(proposed_for=None)
    before = proposed.filter(version__lt=agreement.version).order_by("-version").first()
    return before if before and before.state == AgreementState.REPLACED else None


def next_version(engagement: Engagement) -> int:
    """Return the number of the next proposal; it counts only what both parties see."""
    numbers = engagement.agreements.values_list("version", flat=True)
    return max(numbers, default=0) + 1


def followed() -> models.Exists:
    """Return whether another signed version begins later, to annotate rows with."""
    return models.Exists(
        Agreement.objects.filter(
            engagement=models.OuterRef("engagement"),
            state=AgreementState.IN_FORCE,
            in_force_from__gt=models.OuterRef("in_force_from"),
        )
    )
