"""Issues: something that went wrong, raised by either side, and whose turn it is until it ends."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from tallystick.engine.lessons.causes import Cause
from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.ladders import LEVELS
from tallystick.records.objectives import Objective
from tallystick.records.posts import Post
from tallystick.records.roles import Side

_SIDES = [(side.value, side.value) for side in Side]


class IssueSeverity(StrEnum):
    """How much an issue weighs, in the eyes of who raised it."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class IssueState(StrEnum):
    """How far an issue has come; the side that raised it has the last word."""

    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Issue(EngagementShared):
    """
    Something that went wrong and needs the other side.

    `service_level` is the id of a level in the agreement, `risk` the risk of both parties that
    came true with it; one that only the client keeps names its issue in its own step. Who is
    waited for stands in its escalations; a resolved one waits for the side that raised it, to
    close it or open it again.
    """

    title = models.CharField(max_length=160)
    what_happened = models.TextField()
    severity = models.CharField(max_length=8, choices=[(s.value, s.value) for s in IssueSeverity])
    cause = models.CharField(
        max_length=32, choices=[(each.value, each.value) for each in Cause], blank=True
    )
    cost = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    service_level = models.CharField(max_length=80, blank=True)
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="issues", null=True, blank=True
    )
    risk = models.ForeignKey(
        "records.Risk", on_delete=models.PROTECT, related_name="issues", null=True, blank=True
    )
    side = models.CharField(max_length=10, choices=_SIDES)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in IssueState])
    resolution = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost=None, currency="")
                | (models.Q(cost__gte=0) & ~models.Q(currency="")),
                name="an_issue_costs_in_a_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(state=IssueState.OPEN.value, resolved_at=None)
                | (~models.Q(state=IssueState.OPEN.value) & models.Q(resolved_at__isnull=False)),
                name="an_open_issue_is_not_resolved",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "state", "-raised_at"])]

    def __str__(self) -> str:
        return self.title


class Opened(StrEnum):
    """Why a turn began."""

    RAISED = "raised"
    ANSWER = "answer"
    CLOCK = "clock"
    BY_HAND = "by-hand"
    REOPENED = "reopened"


class Ended(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    CLOCK = "clock"
    BY_HAND = "by-hand"
    RESOLVED = "resolved"


class Escalation(EngagementShared):
    """
    One turn of an issue: a side that is waited for, at a level, until an instant.

    Turns are only added; the last one is open until it ends. `asked` is who spoke for the post as
    the turn began, `stands_in` whether as its deputy. `due_at` was counted on `calendar` of
    `agreement` (round the clock without one), `minutes` after `reached_at`. `note` says what the
    ladder did on the way. `exhausted_at` is since when nobody was left to climb to.
    """

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="escalations")
    number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10, choices=_SIDES)
    why = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Opened])
    reached_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    opened_with = models.TextField(blank=True)
    note = models.TextField(blank=True)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    stands_in = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    calendar = models.CharField(max_length=80, blank=True)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due_at = models.DateTimeField(null=True, blank=True)
    exhausted_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=8, choices=[(e.value, e.value) for e in Ended], blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    words = models.TextField(blank=True)

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="a_turn_has_its_number"),
            models.UniqueConstraint(
                fields=["issue"], condition=models.Q(ended_at=None), name="one_turn_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=LEVELS), name="a_turn_is_on_a_level"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended="")),
                name="an_ended_turn_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["engagement", "issue", "number"]),
            models.Index(
                fields=["due_at"], condition=models.Q(ended_at=None), name="turns_by_due_instant"
            ),
        ]


def open_turn(issue: Issue) -> Escalation | None:
    """Return whose turn it is; None once the issue is resolved. Read `escalations` along."""
    return next((each for each in issue.escalations.all() if each.ended_at is None), None)
