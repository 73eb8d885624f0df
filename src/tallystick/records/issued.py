"""Issues as readers see them: whose turn it is, how long is left, and what happened so far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Escalation, Issue, IssueState, open_turn
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import PrivateRisk, PrivateRiskStep
from tallystick.records.viewer import Viewer

FOLLOWED = (
    "engagement__client", "engagement__provider", "objective", "raised_by", "closed_by", "risk",
)  # fmt: skip
"""What is read along with an issue."""

TURNS = Prefetch(
    "escalations",
    Escalation.objects.order_by("number").select_related("post", "asked", "opened_by", "ended_by"),
)
"""Its turns in their order."""


@dataclass(frozen=True, slots=True)
class Wait:
    """
    The open turn of an issue at a moment.

    `left` are the working seconds until the answer is due, below nothing once it is overdue; None
    where no clock runs.
    """

    turn: Escalation
    left: int | None

    @property
    def is_overdue(self) -> bool:
        """Return whether the time to respond is over."""
        return self.left is not None and self.left <= 0

    @property
    def is_stuck(self) -> bool:
        """Return whether nobody is left to climb to."""
        return self.turn.exhausted_at is not None

    @property
    def standing(self) -> str:
        """Return one word on how the turn stands."""
        if self.is_stuck:
            return "nobody-left"
        return "overdue" if self.is_overdue else "waiting"


def can_be_answered(engagement: Engagement) -> bool:
    """Return whether a provider reads the engagement, so that an issue could be raised."""
    return bool(engagement.provider_id) and engagement.award_is_known


def foreseen_by(viewer: Viewer, issues: Collection[Issue]) -> dict[int, AnyRisk]:
    """Return the risks that came true with issues, as far as the viewer reads them, by issue."""
    found: dict[int, AnyRisk] = {each.pk: each.risk for each in issues if each.risk}
    steps = PrivateRiskStep.objects.visible_to(viewer).filter(issue__in=[e.pk for e in issues])
    for step in steps.select_related("risk"):
        if step.issue_id is not None:
            found[step.issue_id] = step.risk
    return found


def issues_from(viewer: Viewer, risk: AnyRisk) -> QuerySet[Issue]:
    """Return the issues that a risk became, the newest first."""
    rows = Issue.objects.visible_to(viewer)
    if isinstance(risk, PrivateRisk):
        steps = PrivateRiskStep.objects.visible_to(viewer).filter(risk=risk)
        rows = rows.filter(pk__in=steps.values("issue"))
    else:
        rows = rows.filter(risk=risk)
    return rows.order_by("-raised_at", "-id")


def issues_of(viewer: Viewer, engagement_id: int) -> QuerySet[Issue]:
    """Return the issues of an engagement that a viewer reads, those that are open first."""
    rows = Issue.objects.visible_to(viewer).filter(engagement=engagement_id)
    return rows.select_related(*FOLLOWED).prefetch_related(TURNS).order_by("-raised_at", "-id")


def with_turns(issue: Issue) -> Issue:
    """Return an issue with its turns read along."""
    prefetch_related_objects([issue], TURNS)
    return issue


def wait_of(issue: Issue, clocks: Clocks, now: datetime) -> Wait | None:
    """Return who is waited for; None once the issue is resolved."""
    turn = open_turn(issue)
    if turn is None:
        return None
    if turn.due_at is None:
        return Wait(turn, None)
    left = clocks.left(issue.engagement_id, turn.calendar, turn.agreement_id, now, turn.due_at)
    return Wait(turn, left)


def waits_for(viewer: Viewer, engagements: Sequence[int]) -> dict[int, list[Issue]]:
    """
    Return the issues that wait for the viewer's party, by engagement; one query.

    Those are its turns, and what was resolved and is its to close.
    """
    own = viewer.organisation.side
    turns = Escalation.objects.filter(ended_at=None, side=own).values("issue")
    waiting = Q(pk__in=turns) | Q(state=IssueState.RESOLVED, side=own)
    rows = Issue.objects.visible_to(viewer).filter(waiting, engagement__in=engagements)
    found: dict[int, list[Issue]] = {key: [] for key in engagements}
    for each in rows.order_by("raised_at", "id"):
        found[each.engagement_id].append(each)
    return found
