"""Guardrails raised from lessons; the built-in ones are code."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.lessons import Lesson


class Guardrail(ClientPrivate):
    """
    A check that every engagement of the client must satisfy, until it is retired.

    It is never deleted: what it found stays in the history under its code.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="guardrails")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    stage = models.CharField(max_length=12)
    severity = models.CharField(max_length=10)
    condition = models.TextField()
    rationale = models.TextField()
    remedy = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    retired_because = models.TextField(blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["client", "code"], name="guardrail_code_once")
        ]
