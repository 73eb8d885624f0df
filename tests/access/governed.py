"""The world's governance: posts, who does what, a forum that met, and what it left behind."""

from collections.abc import Callable
from datetime import date, time, timedelta

from tallystick.actions.ask_decision import Question, ask_decision
from tallystick.actions.decide_question import decide_question
from tallystick.actions.give_action_item import Task, give_action_item
from tallystick.actions.hold_meeting import hold_meeting
from tallystick.actions.state_activity import ActivityWording, state_activity
from tallystick.actions.state_channel import ChannelWording, state_channel
from tallystick.actions.state_forum import ForumWording, state_forum
from tallystick.actions.state_post import PostWording, state_post
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.action_items import ActionItem
from tallystick.records.activities import Activity, Responsibility
from tallystick.records.channels import Channel
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, Seat
from tallystick.records.meetings import Attendance, Meeting
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer
from tests.cast import TODAY

Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def govern(engagement: Engagement, lead: Viewer, reader: Viewer, token: Token) -> dict[str, str]:
    """Give an engagement what two organisations need to talk; return the ids of addresses."""
    chair = _post(engagement, PostWording(token("Post"), Side.CLIENT, lead.person), lead)
    # A provider may change its own posts alone, the client all.
    post = _post(engagement, PostWording(token("Post"), Side.PROVIDER, reader.person), lead)
    _post(engagement, PostWording(token("Vacant post"), Side.PROVIDER), lead)
    activity = state_activity(
        engagement=engagement,
        wording=ActivityWording(token("Activity"), [(chair, Letter.ACCOUNTABLE)]),
        by=lead,
        as_of=TODAY,
    )
    channel = state_channel(
        engagement=engagement,
        wording=ChannelWording(
            token("Purpose"), token("Medium"), hours=token("Hours"), client_post=chair
        ),
        by=lead,
        as_of=TODAY,
    )
    forum = _forum(engagement, [chair, post], lead, token)
    return {
        "post_id": post.public_id,
        "activity_id": activity.public_id,
        "channel_id": channel.public_id,
        "forum_id": forum.public_id,
    } | _met(forum, lead, reader, token)


def _forum(engagement: Engagement, seats: list[Post], lead: Viewer, token: Token) -> Forum:
    wording = ForumWording(
        name=token("Forum"),
        level="tactical",
        rule="FREQ=MONTHLY;BYDAY=1MO",
        first_on=TODAY.date(),
        at=time(8),
        zone="UTC",
        members=seats,
        standing=[token("Standing")],
    )
    return state_forum(engagement=engagement, wording=wording, by=lead, as_of=TODAY)


def _met(forum: Forum, lead: Viewer, reader: Viewer, token: Token) -> dict[str, str]:
    """Hold the first meeting of a forum; ask and give something in it."""
    engagement, meeting = forum.engagement, forum.meetings.order_by("due_at")[0]
    hold_meeting(
        meeting=meeting,
        held_on=TODAY.date(),
        present=[lead.person, reader.person],
        minutes=token("Minutes"),
        by=lead,
        as_of=TODAY,
    )
    asked = [
        ask_decision(
            engagement=engagement,
            asked=Question(
                token("Question"),
                lead.person,
                TODAY.date(),
                background=token("Background"),
                forum=forum,
                meeting=meeting,
            ),
            by=lead,
            as_of=TODAY,
        )
        for _ in range(2)
    ]
    decide_question(
        question=asked[0],
        words=token("Decided"),
        on=TODAY.date(),
        meeting=meeting,
        by=lead,
        as_of=TODAY,
    )
    item = give_action_item(
        engagement=engagement,
        task=Task(token("Task"), reader.person, TODAY.date() + timedelta(days=9), forum, meeting),
        by=lead,
        as_of=TODAY,
    )
    return {
        "meeting_id": meeting.public_id,
        "decision_id": asked[1].public_id,
        "action_id": item.public_id,
    }


def _post(engagement: Engagement, wording: PostWording, lead: Viewer) -> Post:
    return state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)


def governance_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add a row of each kind of governance."""
    stated = {"engagement": engagement, "stated_at": TODAY, "stated_by": by.person}
    post = Post.objects.create(
        **stated, name=f"Post {number}", side=by.organisation.side, holder=by.person
    )
    activity = Activity.objects.create(**stated, name=f"Activity {number}", position=number)
    Responsibility.objects.create(engagement=engagement, activity=activity, post=post, letter="A")
    Channel.objects.create(**stated, purpose=f"Purpose {number}", medium="m", client_post=post)
    forum = Forum.objects.create(
        **stated, name=f"Forum {number}", level="tactical", rule="FREQ=WEEKLY",
        first_on=date(2026, 7, 1), at=time(8), zone="UTC", minutes=60,
    )  # fmt: skip
    first = Forum.objects.filter(engagement=engagement).order_by("id")[0]
    for each in (forum, first):
        Seat.objects.create(
            engagement=engagement, forum=each, post=post, side=post.side, chairs=False
        )
        _meeting_rows(each, 100 + number, by)


def _meeting_rows(forum: Forum, number: int, by: Viewer) -> None:
    engagement, day = forum.engagement, date(2030, 1, 1) + timedelta(days=number)
    meeting = Meeting.objects.create(
        engagement=engagement, forum=forum, day=day, due_at=TODAY + timedelta(days=number),
        planned_at=TODAY,
    )  # fmt: skip
    first = Meeting.objects.filter(engagement=engagement).order_by("id")[0]
    for each in {meeting, first}:
        Attendance.objects.get_or_create(
            engagement=engagement, meeting=each, person=by.person,
            defaults={"side": by.organisation.side, "seated": True},
        )  # fmt: skip
        owned = {
            "engagement": engagement, "owner": by.person, "side": by.organisation.side,
            "forum": forum,
        }  # fmt: skip
        Decision.objects.create(
            **owned, question=f"Question {number}", asked_on=TODAY.date(), asked_in=each,
            asked_at=TODAY, asked_by=by.person,
        )  # fmt: skip
        ActionItem.objects.create(
            **owned, task=f"Task {number}", meeting=each, given_on=TODAY.date(),
            due_on=TODAY.date(), first_due_on=TODAY.date(), given_at=TODAY, given_by=by.person,
        )  # fmt: skip
