"""Open an issue again that was called resolved or closed, and is not done with."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.issue_turns import Next, begin_turn, locked
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.closed import is_over
from tallystick.records.issues import Issue, IssueState, Opened
from tallystick.records.ladders import LEVELS
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer


class StillOpen(Refusal):
    """There is nothing to open again."""

    code = "issue.still-open"


class OverAlready(Refusal):
    """The engagement was closed."""

    code = "issue.engagement-over"


@transaction.atomic
def reopen_issue(*, issue: Issue, words: str, by: Viewer, as_of: datetime) -> Issue:
    """
    Open an issue again, on the level it had come to; the other side is asked.

    Raises:
        NotPermitted, StillOpen, OverAlready, TextNeeded, TextTooLong
    """
    require(by, Duty.SETTLE_ISSUE)
    issue = locked(issue)
    if issue.state == IssueState.OPEN:
        raise StillOpen(
            f"“{issue.title}” is open.", place="issue", remedy="Answer it, or escalate it."
        )
    if is_over(issue.engagement):
        raise OverAlready(
            f"{issue.engagement.name} was closed.",
            place="issue",
            remedy="Raise it where the work goes on now.",
        )
    said = checked(words, "words")
    last = issue.escalations.order_by("-number").first()
    other = Side(by.organisation.side).other
    issue.state, issue.resolution, issue.resolved_at = IssueState.OPEN.value, "", None
    issue.closed_at, issue.closed_by = None, None
    issue.save(update_fields=["state", "resolution", "resolved_at", "closed_at", "closed_by"])
    level = last.level if last else LEVELS[0]
    turn = begin_turn(issue, Next(other, level, Opened.REOPENED, said), as_of, by=by)
    enter(
        issue,
        f"Opened the issue “{issue.title}” again; the {other} is asked on level {turn.level}.",
        action="reopen_issue",
        payload={"words": said, "turn": turn.number},
        chain=issue.engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([issue.engagement], as_of, by=by)
    return issue
