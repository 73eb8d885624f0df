"""Who may run a forum's meetings: its chairs of either side, and whoever stands in for them."""

from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, seats_read
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.posts import Staffing
from tallystick.records.viewer import Viewer


class NotInTheChair(Refusal):
    """Somebody else runs the meeting."""

    code = "meeting.not-in-the-chair"


class MeetingOver(Refusal):
    """A meeting that was held or skipped is not planned any more."""

    code = "meeting.over"


def may_chair(by: Viewer, forum: Forum, staffing: Staffing) -> bool:
    """
    Return whether somebody runs the meetings of a forum for their side.

    That is who holds the chair's post or stands in; where nobody does, anyone of that side.
    `forum` was read along with its seats.
    """
    side = by.organisation.side
    chairs = [seat.post for seat in forum.seats.all() if seat.chairs and seat.side == side]
    people = {
        person.pk
        for post in chairs
        for person in (staffing.holder(post), staffing.deputy(post))
        if person is not None
    }
    return by.person.pk in people if people else True


def demand_chair(by: Viewer, meeting: Meeting) -> Staffing:
    """
    Let only a chair of the forum go on; return who holds the posts today.

    Raises:
        NotInTheChair
    """
    return demand_chair_of(by, meeting.forum_id, meeting.engagement)


def demand_chair_of(by: Viewer, forum_id: int, engagement: Engagement) -> Staffing:
    """
    Let only a chair of a forum go on; return who holds the posts of its engagement today.

    Raises:
        NotInTheChair
    """
    forum = Forum.objects.prefetch_related(seats_read()).get(pk=forum_id)
    staffing = Staffing([engagement])
    if may_chair(by, forum, staffing):
        return staffing
    names = sorted(
        speaker.name
        for seat in forum.seats.all()
        if seat.chairs and (speaker := staffing.speaker(seat.post))
    )
    raise NotInTheChair(
        f"“{forum.name}” is chaired by {' and '.join(names)}.",
        remedy="Ask one of them, or change who takes the chair.",
    )


def demand_planned(meeting: Meeting) -> None:
    """
    Let only a meeting go on that is still to be held.

    Raises:
        MeetingOver
    """
    if meeting.state != MeetingState.PLANNED:
        raise MeetingOver(
            f"The meeting was {meeting.state}.",
            remedy="Open the next one of the forum.",
        )


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now, held until the transaction ends."""
    # The related rows are read again: what the caller holds may be older than the lock.
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("forum", "engagement__client", "engagement__provider").get(
        pk=meeting.pk
    )
