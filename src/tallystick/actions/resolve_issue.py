"""Resolve an issue: say what was done; nobody is waited for but who raised it, to close it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.governance_tellings import tell_resolved
from tallystick.actions.issue_turns import end_turn, locked, turn_of
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.issues import Ended, Issue, IssueState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def resolve_issue(*, issue: Issue, resolution: str, by: Viewer, as_of: datetime) -> Issue:
    """
    Record that an issue is resolved; either side may say so, at any turn.

    Raises:
        NotPermitted, NotOpen, TextNeeded, TextTooLong
    """
    require(by, Duty.SETTLE_ISSUE)
    issue = locked(issue)
    turn = turn_of(issue)
    said = checked(resolution, "resolution")
    end_turn(turn, Ended.RESOLVED, as_of, by=by, words=said)
    issue.state, issue.resolution, issue.resolved_at = IssueState.RESOLVED.value, said, as_of
    issue.save(update_fields=["state", "resolution", "resolved_at"])
    enter(
        issue,
        f"Resolved the issue “{issue.title}” for {by.organisation.name}.",
        action="resolve_issue",
        payload={"resolution": said, "turn": turn.number},
        chain=issue.engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([issue.engagement], as_of, by=by)
    tell_resolved(issue, by, as_of)
    return issue
