"""Give somebody an action item, or change it while it is open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from tallystick.actions.governance_tellings import tell_task
from tallystick.actions.governing import demand_own, side_of, tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.open_items import hold_to_change
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.action_items import ActionItem
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.people import Person
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

FARTHEST = timedelta(days=3_660)


class ActionItemRefused(Refusal):
    """An action item cannot be due, or done, on this day; or it is over already."""

    code = "action-item.refused"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, by whom, until when; since when it is asked for, today if not said."""

    task: str
    owner: Person
    due_on: date
    forum: Forum | None = None
    meeting: Meeting | None = None
    given_on: date | None = None


@transaction.atomic
def give_action_item(
    *,
    engagement: Engagement,
    task: Task,
    amends: ActionItem | None = None,
    by: Viewer,
    as_of: datetime,
) -> ActionItem:
    """
    Keep what somebody is to do; amended, it goes to another owner or day while it is open.

    The party that owns it or that gave it may amend it. What is sent twice is given once.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, ActionItemRefused, NotOfEngagement
    """
    require(by, Duty.MEET)
    held_engagement(engagement.pk)
    given_on = _given_on(task, amends, by, as_of)
    demand_own(engagement, task.forum, "forum")
    demand_own(engagement, task.meeting, "meeting")
    words = checked(task.task, "task", longest=300)
    if not amends and (said := _said_before(engagement, task, words, by, as_of)):
        return said
    owner_before = amends.owner_id if amends else None
    item = amends or ActionItem(engagement=engagement, given_at=as_of, given_by=by.person)
    item.task = words
    item.side = side_of(engagement, task.owner, "owner")
    item.owner, item.forum, item.due_on, item.given_on = (
        task.owner, task.forum, task.due_on, given_on,
    )  # fmt: skip
    if amends:
        item.change += 1
    else:
        item.meeting, item.first_due_on = task.meeting, task.due_on
    item.save()
    tell(
        item,
        f"{'Changed' if amends else 'Gave'} {task.owner.name} the action “{item.task}”, due on "
        f"{item.due_on}.",
        action="give_action_item",
        payload=_plain(item),
        by=by,
        as_of=as_of,
    )
    if item.owner_id != owner_before:
        tell_task(item, by, as_of)
    return item


def _said_before(
    engagement: Engagement, task: Task, words: str, by: Viewer, as_of: datetime
) -> ActionItem | None:
    """Return the action that one click too many has given already."""
    same: dict[str, Any] = {"owner": task.owner, "due_on": task.due_on, "forum": task.forum}
    same |= {"task": words, "meeting": task.meeting}
    rows = ActionItem.objects.filter(engagement=engagement)
    return sent_before(rows, "given_at", "given_by", by=by, as_of=as_of, **same)


def _plain(item: ActionItem) -> dict[str, Any]:
    return {
        "task": item.task,
        "owner": item.owner.public_id,
        "due_on": item.due_on.isoformat(),
        "forum": item.forum.public_id if item.forum else None,
    }


def _given_on(task: Task, amends: ActionItem | None, by: Viewer, as_of: datetime) -> date:
    if amends is not None:
        hold_to_change(amends, by)
        if amends.done_on is not None:
            raise ActionItemRefused(
                f"The action was closed on {amends.done_on}.", remedy="Give a new one."
            )
    given_on = amends.given_on if amends else task.given_on or as_of.date()
    if not 0 <= (as_of.date() - given_on).days <= 3_660:
        raise ActionItemRefused(
            f"Nobody was given it on {given_on}.",
            place="given_on",
            remedy="Give the day on which it was agreed, today or before.",
        )
    if not given_on <= task.due_on <= given_on + FARTHEST:
        raise ActionItemRefused(
            f"It cannot be due on {task.due_on}.",
            place="due_on",
            remedy=f"Give a day from {given_on} on.",
        )
    return given_on
