"""Action items: what somebody is to do by a day; open ones stand on each next agenda."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Side


class ActionOutcome(StrEnum):
    """How an action item ended."""

    DONE = "done"
    DROPPED = "dropped"


class ActionItem(EngagementShared):
    """
    A task with one owner and a day.

    It stands on every agenda of its `forum`, or of all forums without one, until it is done or
    dropped. `first_due_on` stays as the day was first given. `change` counts what its calendar
    entry saw.
    """

    task = models.CharField(max_length=300)
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, related_name="actions", null=True, blank=True
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="actions", null=True, blank=True
    )
    owner = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])
    given_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    change = models.PositiveIntegerField(default=0)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(
        max_length=7, choices=[(each.value, each.value) for each in ActionOutcome], blank=True
    )
    note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None, outcome="")
                | (models.Q(done_on__isnull=False) & ~models.Q(outcome="")),
                name="an_action_ends_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("given_on")),
                name="an_action_is_due_after_it_was_given",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "done_on", "due_on"])]

    def __str__(self) -> str:
        return self.task
