"""A forum's meetings, planned ahead: kept in step with its cadence and with the holidays."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tallystick.actions.meetings_invited import invite_to, invite_to_near, told_of
from tallystick.engine.governance.cadence import Occurrence, occurrences
from tallystick.records.action_items import ActionItem
from tallystick.records.decisions import Decision
from tallystick.records.forums import Forum, holidays_of
from tallystick.records.meetings import Meeting, MeetingState

AHEAD = timedelta(days=120)
FARTHEST = timedelta(days=740)
"""A forum that meets seldom has at least its next meeting, however far away it is."""


def local_day(forum: Forum, at: datetime) -> date:
    """Return the day of an instant where the forum's clock is."""
    return at.astimezone(ZoneInfo(forum.zone)).date()


def plan_ahead(forum: Forum, since: date, as_of: datetime) -> int:
    """
    Make, move and take away planned meetings from a day on; return how many changed.

    Whoever has a seat is invited to what is soon, and hears of what is taken away. What was
    prepared, held, skipped, moved or called by a person stays as it is. Whoever calls holds the
    transaction and the lock.
    """
    wanted = {each.day: each for each in _wanted(forum, since, as_of)}
    stored = {each.day: each for each in forum.meetings.filter(day__gte=since)}
    gone = [
        each
        for day, each in stored.items()
        if _is_free(each) and day not in wanted and each.state == MeetingState.PLANNED
    ]
    late = [
        each
        for day, each in stored.items()
        if _is_free(each) and day in wanted and _brought_up(each, wanted[day])
    ]
    new = [_meeting(forum, each, as_of) for day, each in wanted.items() if day not in stored]
    _take_away(gone, as_of)
    Meeting.objects.bulk_update(late, ["due_at", "holiday", "clock", "state", "change"])
    Meeting.objects.bulk_create(new)
    invite_to_near(forum, as_of)
    return len(gone) + len(late) + len(new)


def _take_away(gone: Sequence[Meeting], as_of: datetime) -> None:
    """Drop what somebody was told of, and cancel it for them; the rest leaves no trace."""
    named = {
        key
        for noun, field in (
            (Decision, "asked_in"),
            (Decision, "decided_in"),
            (ActionItem, "meeting"),
        )
        for key in noun.objects.filter(**{f"{field}__in": gone}).values_list(field, flat=True)
    }
    told = told_of(gone)
    kept = [each for each in gone if each.pk in named or each in told]
    for each in kept:
        each.state, each.change = MeetingState.DROPPED, each.change + 1
    Meeting.objects.bulk_update(kept, ["state", "change"])
    keys = {each.pk for each in gone} - {each.pk for each in kept}
    Meeting.objects.filter(pk__in=keys).delete()
    invite_to(kept, as_of)


def _wanted(forum: Forum, since: date, as_of: datetime) -> Iterable[Occurrence]:
    today = local_day(forum, as_of)
    last = forum.ended_on + timedelta(days=1) if forum.ended_on else date.max
    holidays = holidays_of(forum.engagement, today)
    until = min(today + AHEAD, last)
    found = occurrences(forum.cadence, since, until, holidays) if since < until else []
    if any(each.day >= today for each in found):
        return found
    begin, end = max(since, today), min(today + FARTHEST, last)
    seldom = occurrences(forum.cadence, begin, end, holidays) if begin < end else []
    return [*found, *seldom[:1]]


def _is_free(meeting: Meeting) -> bool:
    return (
        meeting.state in (MeetingState.PLANNED, MeetingState.DROPPED)
        and meeting.agenda is None
        and not meeting.moved_because
        and not meeting.called_because
    )


def _brought_up(meeting: Meeting, wanted: Occurrence) -> bool:
    told = (wanted.at, wanted.moved_from, wanted.clock or "", MeetingState.PLANNED)
    if told == (meeting.due_at, meeting.holiday, meeting.clock, meeting.state):
        return False
    meeting.due_at, meeting.holiday, meeting.clock, meeting.state = told
    meeting.change += 1
    return True


def _meeting(forum: Forum, wanted: Occurrence, as_of: datetime) -> Meeting:
    return Meeting(
        engagement=forum.engagement,
        forum=forum,
        day=wanted.day,
        due_at=wanted.at,
        holiday=wanted.moved_from,
        clock=wanted.clock or "",
        planned_at=as_of,
    )
