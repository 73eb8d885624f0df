"""Invitations to a forum's meetings: to whoever holds a seat, or stands in, a fortnight ahead."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tallystick.actions.invite import invite
from tallystick.actions.mail_words import mail_is_off
from tallystick.engine.icalendars import Dated
from tallystick.records.calendar_dates import DATING
from tallystick.records.forums import Forum, Seat
from tallystick.records.mail import Mail
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.people import Person
from tallystick.records.posts import Staffing

SOON = timedelta(days=14)
"""So long before a meeting people are invited: a calendar feed tells of those further ahead."""


def invite_to_near(forum: Forum, as_of: datetime) -> None:
    """Invite to what the forum holds soon, and tell of changes to what people were invited to."""
    if mail_is_off():
        return
    ahead = Meeting.objects.filter(forum=forum, state=MeetingState.PLANNED, due_at__gt=as_of)
    invite_to(ahead.select_related("forum", "engagement").order_by("due_at"), as_of)


def invite_to(meetings: Iterable[Meeting], as_of: datetime) -> None:
    """
    Invite to meetings of one forum that are soon, or that people were invited to before.

    A meeting that was skipped or dropped is cancelled for those who were invited to it.
    """
    dated = {} if mail_is_off() else {each: _dated(each) for each in meetings}
    known = told_of(dated)
    people = _seated(next(iter(dated)).forum) if dated else []
    for meeting, event in dated.items():
        if event.cancelled:
            invited = Person.objects.filter(mails__event=event.key).distinct()
            invite(dated=event, people=invited, as_of=as_of)
        elif meeting.due_at <= as_of + SOON or meeting in known:
            invite(dated=event, people=people, as_of=as_of)


def told_of(meetings: Iterable[Meeting]) -> set[Meeting]:
    """Return to which meetings anybody was invited."""
    keys = {_dated(each).key: each for each in meetings}
    rows = Mail.objects.filter(event__in=keys).values_list("event", flat=True)
    return {keys[event] for event in rows.distinct()}


def _dated(meeting: Meeting) -> Dated:
    [dated] = DATING["Meeting"].dates(meeting)
    return dated


def _seated(forum: Forum) -> list[Person]:
    seats = Seat.objects.filter(forum=forum).select_related("post__holder", "post__deputy")
    staffing = Staffing([forum.engagement])
    speakers = [staffing.speaker(each.post) for each in seats.order_by("id")]
    return [each for each in speakers if each is not None]
