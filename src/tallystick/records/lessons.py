"""Lessons: what an engagement taught, how far each has come, and each engagement's answer to it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.lessons.causes import Cause, LessonKind, WasARisk
from tallystick.records.audience import Audience, ClientPrivate, Record
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation
from tallystick.records.reviews import ReviewFinding

if TYPE_CHECKING:
    from datetime import datetime

    from tallystick.records.people import Person
    from tallystick.records.viewer import Viewer


class LessonState(StrEnum):
    """How far a lesson has come; only a changed practice is a lesson learned."""

    OBSERVATION = "observation"
    IDENTIFIED = "identified"
    VALIDATED = "validated"
    APPLIED = "applied"
    VERIFIED = "verified"
    RETIRED = "retired"


STATE_CHOICES = [(state.value, state.value) for state in LessonState]


class LessonWords(models.Model):
    """
    What a lesson says and where it applies, for whichever audience it was written.

    `stages`, `service_types`, `practices`, `contract_models` and `sizes` say where it applies; an
    empty list means everywhere.
    """

    title = models.CharField(max_length=160)
    kind = models.CharField(
        max_length=8,
        choices=[(each.value, each.value) for each in LessonKind],
        default=LessonKind.NEGATIVE,
    )
    context = models.TextField()
    what_happened = models.TextField()
    root_cause = models.TextField()
    cause = models.CharField(
        max_length=32, choices=[(each.value, each.value) for each in Cause], blank=True
    )
    effect = models.TextField()
    warning_signs = models.TextField(blank=True)
    preventive_action = models.TextField()
    stages = models.JSONField(default=list)
    service_types = models.JSONField(default=list)
    practices = models.JSONField(default=list)
    contract_models = models.JSONField(default=list)
    sizes = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    """One more whenever a word or the state changes, so that an index sees it."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Lesson(LessonWords, ClientPrivate):
    """
    What happened, why, what it cost, and what prevents it next time.

    Open to everyone in the client's organisation. A provider reads no lesson, but what of one was
    shared with it: a `SharedLesson`.
    """

    finding = models.ForeignKey(
        ReviewFinding, on_delete=models.PROTECT, related_name="lessons", null=True, blank=True
    )
    was_a_risk = models.CharField(
        max_length=8,
        choices=[(each.value, each.value) for each in WasARisk],
        default=WasARisk.UNKNOWN,
    )
    effect_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    effect_currency = models.CharField(max_length=3, blank=True)
    effect_days = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    author_withheld = models.BooleanField(default=False)
    owner = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=STATE_CHOICES)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        indexes = [
            models.Index(fields=["client", "-published_at"]),
            models.Index(fields=["client", "cause"]),
        ]

    @property
    def author(self) -> Person | None:
        """Return who wrote it; None where that is withheld."""
        return None if self.author_withheld else self.published_by


class LessonStep(ClientPrivate):
    """One step in the life of a lesson: the state it came to, who took it there, and why."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=STATE_CHOICES)
    note = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["client", "lesson", "id"])]


class SharedLesson(LessonWords, Record):
    """A lesson as a provider reads it: its own text, in which names and amounts may be left out."""

    audience = Audience.OPEN_LESSON

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="shares")
    client = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="lessons_received"
    )
    author = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "lesson"], name="one_shared_text_per_provider"
            )
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: what the client shared, and for a provider what was shared with it."""
        if viewer.is_client:
            return models.Q(client=viewer.organisation)
        return models.Q(organisation=viewer.organisation)

    @property
    def state(self) -> str:
        """Return the state of a lesson that its readers need not follow: it was identified."""
        return LessonState.IDENTIFIED

    @property
    def published_at(self) -> datetime:
        """Return when its readers got it."""
        return self.shared_at


Readable = Lesson | SharedLesson
"""A lesson as its viewer reads it: the client its own, a provider the text shared with it."""


class Disposition(ClientPrivate):
    """An engagement's answer to a suggested lesson: how it is adopted, why not, or until when."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="dispositions"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="dispositions")
    answer = models.CharField(max_length=16, choices=[(a.value, a.value) for a in Answer])
    note = models.TextField(blank=True)
    embodied_in = models.CharField(max_length=16, blank=True)
    embodied_id = models.CharField(max_length=120, blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "lesson"], name="one_disposition_per_lesson"
            )
        ]
