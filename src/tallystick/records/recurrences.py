"""Mistakes that a lesson had warned of before: people say which they are."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.lessons import Lesson
from tallystick.records.reviews import ReviewFinding


class Recurrence(ClientPrivate):
    """
    A later mistake, and whether a person holds it for a repeat of what a lesson told.

    The mistake is a later lesson or the confirmed finding of a review; exactly one of the two.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="recurrences")
    later = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="repeats", null=True, blank=True
    )
    finding = models.ForeignKey(
        ReviewFinding, on_delete=models.PROTECT, related_name="repeats", null=True, blank=True
    )
    repeats = models.BooleanField()
    note = models.TextField(blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(later__isnull=True) ^ models.Q(finding__isnull=True),
                name="recurrence_of_one_mistake",
            ),
            models.UniqueConstraint(fields=["lesson", "later"], name="one_judgement_of_a_lesson"),
            models.UniqueConstraint(
                fields=["lesson", "finding"], name="one_judgement_of_a_finding"
            ),
        ]
