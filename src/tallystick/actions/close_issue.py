"""Close an issue that was resolved: the last word is that of the side that raised it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.issue_turns import locked
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.issues import Issue, IssueState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NotResolved(Refusal):
    """Nobody has said yet how it was resolved, or it is closed already."""

    code = "issue.not-resolved"


class NotYours(Refusal):
    """The side that raised an issue has the last word."""

    code = "issue.not-yours-to-close"


@transaction.atomic
def close_issue(*, issue: Issue, by: Viewer, as_of: datetime) -> Issue:
    """
    Close a resolved issue.

    Raises:
        NotPermitted, NotYours, NotResolved
    """
    require(by, Duty.SETTLE_ISSUE)
    issue = locked(issue)
    if issue.side != by.organisation.side:
        raise NotYours(
            f"The {issue.side} raised this issue and has the last word.",
            place="issue",
            remedy=f"Ask the {issue.side} to close it.",
        )
    if issue.state != IssueState.RESOLVED:
        raise NotResolved(
            f"“{issue.title}” is {issue.state}.",
            place="issue",
            remedy="Say first how it was resolved."
            if issue.state == IssueState.OPEN
            else "Nothing needs doing.",
        )
    issue.state, issue.closed_at, issue.closed_by = IssueState.CLOSED.value, as_of, by.person
    issue.save(update_fields=["state", "closed_at", "closed_by"])
    enter(
        issue,
        f"Closed the issue “{issue.title}”.",
        action="close_issue",
        payload={"resolution": issue.resolution},
        chain=issue.engagement,
        by=by,
        as_of=as_of,
    )
    return issue
