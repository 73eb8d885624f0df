"""The day and time that a person gives a meeting: none that is over, far away, or a holiday."""

from datetime import date, datetime, time, timedelta

from tallystick.actions.meetings_planned import local_day
from tallystick.engine.governance.cadence import instant_of
from tallystick.engine.governance.working_days import next_working_day
from tallystick.engine.refusals import Refusal
from tallystick.records.forums import Forum, holidays_of

FARTHEST = timedelta(days=366)


class MeetingDayRefused(Refusal):
    """A meeting cannot be held on this day."""

    code = "meeting.day-refused"


def begins_at(forum: Forum, on: date, at: time, as_of: datetime) -> tuple[datetime, str]:
    """
    Return when a meeting begins on a forum's clock, and what that clock does in that hour.

    Raises:
        MeetingDayRefused
    """
    today = local_day(forum, as_of)
    if not today <= on <= today + FARTHEST:
        raise MeetingDayRefused(
            f"A meeting is not held on {on}.",
            place="on",
            remedy="Choose a day from today on, within a year.",
        )
    holidays = holidays_of(forum.engagement, on)
    if on in holidays:
        raise MeetingDayRefused(
            f"{on} is a holiday of the agreement's calendars.",
            place="on",
            remedy=f"Choose another day, such as {next_working_day(on, holidays)}.",
        )
    due_at, clock = instant_of(on, at.replace(second=0, microsecond=0), forum.zone)
    if due_at < as_of:
        raise MeetingDayRefused(
            "That moment is over.", place="at", remedy="Choose a later time of the day."
        )
    return due_at, clock or ""
