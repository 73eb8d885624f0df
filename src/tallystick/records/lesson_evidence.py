"""What a lesson rests on, and what its readers said of it."""

from enum import StrEnum

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson


class Source(StrEnum):
    """What gave reason for a lesson, by the page that tells of it."""

    REVIEW_FINDING = "review-finding"
    MEASUREMENT = "measurement"
    DISPUTE = "dispute"
    RELIEF_CLAIM = "relief-claim"
    GUARDRAIL_FINDING = "guardrail-finding"
    DECISION = "decision"
    DOCUMENT = "document"
    ISSUE = "issue"
    RISK = "risk"


class LessonEvidence(ClientPrivate):
    """
    One thing that a lesson rests on.

    `target` is the public id of what `source` names (of the engagement, for the finding of a
    guardrail), or the address of a document; `told` is what it said when the lesson was written.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="evidence")
    source = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Source])
    target = models.CharField(max_length=500)
    told = models.TextField()

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["client", "source", "target"])]


class LessonFeedback(ClientPrivate):
    """Whether a suggested lesson was of use, by one person in one engagement."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="feedback")
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="lesson_feedback"
    )
    useful = models.BooleanField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "engagement", "given_by"], name="one_word_on_a_lesson_each"
            )
        ]
