"""Factories of governance: posts, forums and their meetings, as the tests of acts need them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tallystick.actions.hold_meeting import hold_meeting
from tallystick.actions.state_forum import ForumWording, state_forum
from tallystick.actions.state_post import PostWording, state_post
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, an_engagement

MONDAY = datetime(2026, 7, 6, 9, tzinfo=UTC)
"""Today, as the cast has it."""


def a_post(
    engagement: Engagement, by: Viewer, name: str, side: Side = Side.CLIENT, **filled: Any
) -> Post:
    """Return a post; who holds it and who stands in may be viewers."""
    people = {key: getattr(each, "person", each) for key, each in filled.items()}
    wording = PostWording(name, side, **people)
    return state_post(engagement=engagement, wording=wording, by=by, as_of=TODAY)


def a_forum(
    lead: Viewer, manager: Viewer, engagement: Engagement | None = None, **changes: Any
) -> Forum:
    """Return a monthly forum, on first Tuesdays at ten in Berlin, chaired by both viewers."""
    engagement = engagement or an_engagement()
    name = changes.get("name", "Service review")
    ours = a_post(engagement, lead, f"Chair of {name}", holder=lead)
    theirs = a_post(engagement, lead, f"Our chair of {name}", Side.PROVIDER, holder=manager)
    usual: dict[str, Any] = {
        "name": name,
        "level": "tactical",
        "rule": "FREQ=MONTHLY;BYDAY=1TU",
        "first_on": date(2026, 7, 1),
        "at": time(10),
        "zone": "Europe/Berlin",
        "chairs": [ours, theirs],
        "standing": ["Safety"],
    }
    return state_forum(
        engagement=engagement, wording=ForumWording(**usual | changes), by=lead, as_of=TODAY
    )


def the_next(forum: Forum) -> Meeting:
    """Return the next meeting of a forum."""
    return forum.meetings.order_by("due_at")[0]


def a_meeting_held(forum: Forum, by: Viewer, *present: Viewer, **told: Any) -> Meeting:
    """Return the next meeting of a forum, held on its day."""
    meeting = the_next(forum)
    return hold_meeting(
        meeting=meeting,
        held_on=meeting.due_at.date(),
        present=[each.person for each in present or (by,)],
        by=by,
        as_of=meeting.due_at + timedelta(hours=2),
        **told,
    )
