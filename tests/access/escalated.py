"""The world's issues: a ladder that was tried, an issue that climbed, and an echo."""

from collections.abc import Callable

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.echo_change import echo_change
from tallystick.actions.raise_issue import IssueWording, raise_issue
from tallystick.actions.record_ladder_test import record_ladder_test
from tallystick.actions.state_ladder_level import LevelWording, state_ladder_level
from tallystick.actions.state_post import PostWording, state_post
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.echoes import Echo, EchoKind
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Ended, Escalation, Issue, IssueSeverity, IssueState, Opened
from tallystick.records.ladders import LadderLevel, LadderTest, Tried
from tallystick.records.objectives import Objective
from tallystick.records.posts import Post
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer
from tests.cast import TODAY

Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def escalate(engagement: Engagement, lead: Viewer, reader: Viewer, token: Token) -> dict[str, str]:
    """Give an engagement a ladder, an issue that was answered once, and an echo."""
    level = LevelWording(
        1,
        trigger=token("Trigger"),
        client_post=_post(engagement, token("Client contact"), Side.CLIENT, lead, lead),
        provider_post=_post(engagement, token("Provider contact"), Side.PROVIDER, reader, lead),
        channel=token("Channel"),
        respond_minutes=60,
    )
    state_ladder_level(engagement=engagement, wording=level, by=lead, as_of=TODAY)
    record_ladder_test(
        engagement=engagement,
        tested_on=TODAY.date(),
        result=Tried.SOMEBODY_SILENT,
        words=token("Seen"),
        by=lead,
        as_of=TODAY,
    )
    issue = raise_issue(
        engagement=engagement,
        wording=IssueWording(token("Issue"), token("Happened")),
        by=lead,
        as_of=TODAY,
    )
    answer_issue(issue=issue, words=token("Answer"), by=reader, as_of=TODAY)
    if reader.may(Duty.ECHO):
        # An objective still waits for the provider's word.
        signed = Agreement.objects.filter(engagement=engagement, state=AgreementState.IN_FORCE)
        for agreement in signed.select_related("engagement"):
            echo_change(what=agreement, words=token("Echo"), by=reader, as_of=TODAY)
    return {"issue_id": issue.public_id}


def _post(engagement: Engagement, name: str, side: Side, holder: Viewer, by: Viewer) -> Post:
    wording = PostWording(name, side, holder.person)
    return state_post(engagement=engagement, wording=wording, by=by, as_of=TODAY)


def escalation_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add an issue with two turns, and a row of each kind beside it."""
    if number == 0:
        LadderLevel.objects.create(
            engagement=engagement, level=2, stated_at=TODAY, stated_by=by.person
        )
    LadderTest.objects.create(
        engagement=engagement,
        tested_on=TODAY.date(),
        result=Tried.ALL_ANSWERED,
        recorded_at=TODAY,
        recorded_by=by.person,
    )
    issue = Issue.objects.create(
        engagement=engagement,
        title=f"Issue {number}",
        what_happened="It stood still.",
        severity=IssueSeverity.LOW,
        side=Side.PROVIDER,
        raised_at=TODAY,
        raised_by=by.person,
        state=IssueState.OPEN,
    )
    first = Issue.objects.filter(engagement=engagement).order_by("id")[0]
    ended = {"ended": Ended.ANSWERED, "ended_at": TODAY, "ended_by": by.person}
    for each, turn, end in ((issue, 1, ended), (issue, 2, {}), (first, 100 + number, ended)):
        Escalation.objects.create(
            engagement=engagement,
            issue=each,
            number=turn,
            level=1,
            side=Side.CLIENT,
            why=Opened.ANSWER,
            reached_at=TODAY,
            opened_by=by.person,
            asked=by.person,
            due_at=TODAY,
            minutes=60,
            **end,
        )
    objective = Objective.objects.filter(engagement=engagement).order_by("id")[0]
    Echo.objects.create(
        engagement=engagement,
        kind=EchoKind.OBJECTIVE,
        objective=objective,
        version=1_000 + number,
        echoed_at=TODAY,
        echoed_by=by.person,
    )
