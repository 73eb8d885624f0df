"""Agreements: versions of the machine-readable service-level document."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.engagements import Engagement


class AgreementState(StrEnum):
    """Where a version stands; signing inside Tallystick adds the states before `in force`."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"


class Agreement(EngagementShared):
    """
    One version of the agreement document, known by its hash.

    `document` is the validated document; nothing edits it, a change is a new version.
    """

    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in AgreementState])
    in_force_from = models.DateField()
    in_force_until = models.DateField()
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "version"], name="agreement_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_until__gt=models.F("in_force_from")),
                name="agreement_ends_later",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "state", "-version"])]


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
