"""Meetings: what a forum's cadence gives, and what became of each."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from tallystick.engine.governance.cadence import ClockChange
from tallystick.records.audience import EngagementShared
from tallystick.records.forums import Forum
from tallystick.records.roles import Side


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"
    DROPPED = "dropped"


COUNTED = ~models.Q(state=MeetingState.DROPPED)
"""Meetings that count: one that was dropped counts nowhere."""


class Meeting(EngagementShared):
    """
    One meeting of a forum.

    `day` is that of the cadence and stays what it is, or the day for which somebody called it,
    `called_because`. `due_at` is when it is held: on a `holiday` it went to the next working day,
    and `moved_because` says why a person moved it since. `agenda` is frozen as it was prepared.
    `change` counts what its calendar entry saw. It was dropped where the cadence gives it no more
    and somebody was invited to it, or something names it: nobody waits for it, and it counts
    nowhere. Whether each side had its quorum is kept as it was on the day.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField()
    due_at = models.DateTimeField()
    holiday = models.DateField(null=True, blank=True)
    clock = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in ClockChange], blank=True
    )
    moved_because = models.CharField(max_length=300, blank=True)
    called_because = models.CharField(max_length=300, blank=True)
    change = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=7,
        choices=[(s.value, s.value) for s in MeetingState],
        default=MeetingState.PLANNED,
    )
    skipped_because = models.CharField(max_length=300, blank=True)
    held_on = models.DateField(null=True, blank=True)
    client_quorum = models.BooleanField(null=True, blank=True)
    provider_quorum = models.BooleanField(null=True, blank=True)
    agenda = models.JSONField(null=True, blank=True)
    agenda_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    minuted_at = models.DateTimeField(null=True, blank=True)
    minuted_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    planned_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["forum", "day"], name="a_day_has_one_meeting"),
            models.CheckConstraint(
                condition=~models.Q(state=MeetingState.HELD.value)
                | models.Q(
                    held_on__isnull=False,
                    client_quorum__isnull=False,
                    provider_quorum__isnull=False,
                ),
                name="a_meeting_held_was_counted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MeetingState.SKIPPED.value)
                | ~models.Q(skipped_because=""),
                name="a_meeting_is_skipped_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["engagement", "due_at"]),
            models.Index(fields=["forum", "state", "due_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {self.due_at:%Y-%m-%d}"


class Attendance(EngagementShared):
    """Somebody who was at a meeting; `seated` if they held a seat of the forum, or stood in."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])
    seated = models.BooleanField()

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="a_person_attends_a_meeting_once"
            )
        ]
