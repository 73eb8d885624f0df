"""Issues: raised by either side, answered in turns, and whose turn it is until when."""

from datetime import UTC, datetime
from decimal import Decimal

from ninja import Query

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.close_issue import close_issue
from tallystick.actions.escalate_issue import escalate_issue
from tallystick.actions.raise_issue import IssueWording, raise_issue
from tallystick.actions.reopen_issue import reopen_issue
from tallystick.actions.resolve_issue import resolve_issue
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Line, Listed, OptionalLine, Out, SafePage, Words, listed
from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.issued import FOLLOWED, Wait, foreseen_by, issues_of, wait_of, with_turns
from tallystick.records.issues import (
    Ended,
    Escalation,
    Issue,
    IssueSeverity,
    IssueState,
    Opened,
)
from tallystick.records.ladders import LEVELS
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.roles import Side

operations = Operations(tags=["Issues"])


class IssueTurnOut(Out):
    """
    One turn: the side that was asked, on which level, until when, and how it ended.

    `minutes` are counted on `calendar`, one of the agreement's, or round the clock where it is
    empty. `note` says what the ladder did on the way; `nobody_left_since` since when there was
    nobody to climb to.
    """

    number: int
    level: int
    side: Side
    why: Opened
    reached_at: datetime
    opened_by: str | None
    opened_with: str
    note: str
    post: str | None
    asked: str | None
    stands_in: bool
    minutes: int | None
    calendar: str
    due_at: datetime | None
    nobody_left_since: datetime | None
    ended: Ended | None
    ended_at: datetime | None
    ended_by: str | None
    words: str


class IssueWaitOut(Out):
    """Whose turn it is now; `seconds_left` is working time, below nothing once overdue."""

    side: Side
    level: int
    asked: str | None
    due_at: datetime | None
    seconds_left: int | None
    nobody_left: bool


class IssueOut(Out):
    """
    An issue; `waits` is null once it is resolved, then who raised it closes it.

    `risk` is the one that came true with it, if the viewer reads it.
    """

    id: str
    title: str
    what_happened: str
    severity: IssueSeverity
    cause: str
    cost: Decimal | None
    currency: str
    service_level: str
    objective: str | None
    risk: str | None
    side: Side
    raised_at: datetime
    raised_by: str
    state: IssueState
    resolution: str
    resolved_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    waits: IssueWaitOut | None
    turns: list[IssueTurnOut]


class RaiseIssue(In):
    """What went wrong; `level` is the one of the ladder that is asked first."""

    title: Line
    what_happened: Words
    severity: IssueSeverity = IssueSeverity.MEDIUM
    cause: OptionalLine = ""
    cost: Decimal | None = None
    currency: OptionalLine = ""
    service_level: OptionalLine = ""
    objective: Id | None = None
    level: int = LEVELS[0]


class SayOnIssue(In):
    """What a side says as it takes a step."""

    words: Words


class ResolveIssue(In):
    """How it was resolved."""

    resolution: Words


def _turn(turn: Escalation) -> IssueTurnOut:
    return IssueTurnOut(
        number=turn.number,
        level=turn.level,
        side=Side(turn.side),
        why=Opened(turn.why),
        reached_at=turn.reached_at,
        opened_by=turn.opened_by.name if turn.opened_by else None,
        opened_with=turn.opened_with,
        note=turn.note,
        post=turn.post.name if turn.post else None,
        asked=turn.asked.name if turn.asked else None,
        stands_in=turn.stands_in,
        minutes=turn.minutes,
        calendar=turn.calendar,
        due_at=turn.due_at,
        nobody_left_since=turn.exhausted_at,
        ended=Ended(turn.ended) if turn.ended else None,
        ended_at=turn.ended_at,
        ended_by=turn.ended_by.name if turn.ended_by else None,
        words=turn.words,
    )


def _wait(wait: Wait | None) -> IssueWaitOut | None:
    if wait is None:
        return None
    turn = wait.turn
    return IssueWaitOut(
        side=Side(turn.side),
        level=turn.level,
        asked=turn.asked.name if turn.asked else None,
        due_at=turn.due_at,
        seconds_left=wait.left,
        nobody_left=wait.is_stuck,
    )


def _out(issue: Issue, risk: AnyRisk | None, clocks: Clocks, now: datetime) -> IssueOut:
    same = (
        "title", "what_happened", "cause", "cost", "currency", "service_level", "raised_at",
        "resolution", "resolved_at", "closed_at",
    )  # fmt: skip
    return IssueOut(
        **{name: getattr(issue, name) for name in same},
        id=issue.public_id,
        severity=IssueSeverity(issue.severity),
        objective=issue.objective.public_id if issue.objective else None,
        risk=risk.public_id if risk else None,
        side=Side(issue.side),
        raised_by=issue.raised_by.name,
        state=IssueState(issue.state),
        closed_by=issue.closed_by.name if issue.closed_by else None,
        waits=_wait(wait_of(issue, clocks, now)),
        turns=[_turn(each) for each in issue.escalations.all()],
    )


@operations.reads("/engagements/{engagement_id}/issues", "issues", Listed[IssueOut])
def issues(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[IssueOut]:
    """Return the issues of an engagement, the newest first, and whose turn each is."""
    engagement = find(Engagement, request.viewer, engagement_id)
    clocks, now = Clocks([engagement]), datetime.now(UTC)
    rows = issues_of(request.viewer, engagement.pk)
    risks = foreseen_by(request.viewer, list(rows))
    return listed(rows, asked, lambda issue: _out(issue, risks.get(issue.pk), clocks, now))


@operations.reads("/issues/{issue_id}", "issue", IssueOut)
def issue(request: ViewerRequest, issue_id: str) -> IssueOut:
    """Return one issue with every turn of it."""
    return _shown(request, issue_id)


def _shown(request: ViewerRequest, issue_id: str) -> IssueOut:
    found = find(Issue, request.viewer, issue_id, *FOLLOWED)
    risk = foreseen_by(request.viewer, [found]).get(found.pk)
    return _out(with_turns(found), risk, Clocks([found.engagement]), datetime.now(UTC))


@operations.acts("/engagements/{engagement_id}/issues/raise", "raise_issue", IssueOut, status=201)
def raise_(request: ViewerRequest, engagement_id: str, given: RaiseIssue) -> IssueOut:
    """Raise an issue; the other side is asked."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    objective = (
        named(Objective, request.viewer, given.objective, place="objective", within=engagement)
        if given.objective
        else None
    )
    wording = IssueWording(**given.model_dump(exclude={"objective"}), objective=objective)
    raised = raise_issue(
        engagement=engagement, wording=wording, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _shown(request, raised.public_id)


@operations.acts("/issues/{issue_id}/answer", "answer_issue", IssueOut)
def answer(request: ViewerRequest, issue_id: str, given: SayOnIssue) -> IssueOut:
    """Answer for the side that is waited for; then it is the other side's turn."""
    found = find(Issue, request.viewer, issue_id)
    answer_issue(issue=found, words=given.words, by=request.viewer, as_of=datetime.now(UTC))
    return _shown(request, issue_id)


@operations.acts("/issues/{issue_id}/escalate", "escalate_issue", IssueOut)
def escalate(request: ViewerRequest, issue_id: str, given: SayOnIssue) -> IssueOut:
    """Take an issue a level up at once."""
    found = find(Issue, request.viewer, issue_id)
    escalate_issue(issue=found, words=given.words, by=request.viewer, as_of=datetime.now(UTC))
    return _shown(request, issue_id)


@operations.acts("/issues/{issue_id}/resolve", "resolve_issue", IssueOut)
def resolve(request: ViewerRequest, issue_id: str, given: ResolveIssue) -> IssueOut:
    """Say that an issue is resolved, and how."""
    found = find(Issue, request.viewer, issue_id)
    resolve_issue(
        issue=found, resolution=given.resolution, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _shown(request, issue_id)


@operations.acts("/issues/{issue_id}/reopen", "reopen_issue", IssueOut)
def reopen(request: ViewerRequest, issue_id: str, given: SayOnIssue) -> IssueOut:
    """Open an issue again that is not done with."""
    found = find(Issue, request.viewer, issue_id)
    reopen_issue(issue=found, words=given.words, by=request.viewer, as_of=datetime.now(UTC))
    return _shown(request, issue_id)


@operations.acts("/issues/{issue_id}/close", "close_issue", IssueOut)
def close(request: ViewerRequest, issue_id: str) -> IssueOut:
    """Close a resolved issue that one's own side raised."""
    found = find(Issue, request.viewer, issue_id)
    close_issue(issue=found, by=request.viewer, as_of=datetime.now(UTC))
    return _shown(request, issue_id)
