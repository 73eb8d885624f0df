"""Decisions: questions that somebody has to decide, and what was decided."""

from __future__ import annotations

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Side


class Decision(EngagementShared):
    """
    A question with one owner, and in time what was decided.

    It stands on every agenda of its `forum`, or of all forums without one, until it is decided.
    `asked_in` and `decided_in` are the meetings; both can happen outside of one.
    """

    question = models.CharField(max_length=300)
    background = models.TextField(blank=True)
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True
    )
    owner = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])
    asked_on = models.DateField()
    asked_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="questions", null=True, blank=True
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_on=None, decision="")
                | (models.Q(decided_on__isnull=False) & ~models.Q(decision="")),
                name="a_decision_has_words_and_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on=None)
                | models.Q(decided_on__gte=models.F("asked_on")),
                name="decided_after_it_was_asked",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "decided_on", "asked_on"])]

    def __str__(self) -> str:
        return self.question
