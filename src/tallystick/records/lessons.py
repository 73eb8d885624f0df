"""Lessons: what an engagement taught, and each engagement's answer to it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.guardrails.snapshot import Answer
from tallystick.records.audience import Audience, ClientPrivate, Record
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation
from tallystick.records.reviews import ReviewFinding

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class LessonState(StrEnum):
    """How far a lesson has come; only a changed practice is a lesson learned."""

    OBSERVATION = "observation"
    IDENTIFIED = "identified"
    VALIDATED = "validated"
    APPLIED = "applied"
    VERIFIED = "verified"
    RETIRED = "retired"


class Lesson(Record):
    """
    What happened, why, what it cost, and what prevents it next time.

    `stages`, `service_types` and `practices` say where it applies; an empty list means
    everywhere. Open to everyone in the client's organisation.
    """

    audience = Audience.OPEN_LESSON

    client = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lessons")
    shared_with = models.ManyToManyField(Organisation, related_name="lessons_received", blank=True)
    finding = models.ForeignKey(
        ReviewFinding, on_delete=models.PROTECT, related_name="lessons", null=True, blank=True
    )
    title = models.CharField(max_length=160)
    context = models.TextField()
    what_happened = models.TextField()
    root_cause = models.TextField()
    effect = models.TextField()
    preventive_action = models.TextField()
    stages = models.JSONField(default=list)
    service_types = models.JSONField(default=list)
    practices = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in LessonState])
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["client", "-published_at"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the client's own; for a provider those shared with it."""
        if viewer.is_client:
            return models.Q(client=viewer.organisation)
        shared = cls.shared_with.through._default_manager.filter(organisation=viewer.organisation)
        return models.Q(pk__in=shared.values("lesson"))

    def __str__(self) -> str:
        return self.title


class Disposition(ClientPrivate):
    """An engagement's answer to a suggested lesson: how it is adopted, why not, or until when."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="dispositions"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="dispositions")
    answer = models.CharField(max_length=16, choices=[(a.value, a.value) for a in Answer])
    note = models.TextField(blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "lesson"], name="one_disposition_per_lesson"
            )
        ]
