"""End a forum: it meets no more after a day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tallystick.actions.governing import tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.meetings_planned import local_day, plan_ahead
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.forums import Forum
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class ForumEndRefused(Refusal):
    """A forum cannot end on this day."""

    code = "forum.end-refused"


@transaction.atomic
def end_forum(*, forum: Forum, on: date, by: Viewer, as_of: datetime) -> Forum:
    """
    Give a forum its last day; planned meetings after it are taken away unless prepared.

    Raises:
        NotPermitted, ForumEndRefused
    """
    require(by, Duty.GOVERN)
    held_engagement(forum.engagement.pk)
    today = local_day(forum, as_of)
    if not max(forum.first_on, today) <= on <= today + timedelta(days=3_660):
        raise ForumEndRefused(
            f"A forum does not end on {on}.",
            place="on",
            remedy="Choose today or a later day, not before its first one.",
        )
    forum.ended_on = on
    forum.save(update_fields=["ended_on"])
    plan_ahead(forum, today, as_of)
    tell(
        forum,
        f"The forum “{forum.name}” ends on {on}.",
        action="end_forum",
        payload={"ended_on": on.isoformat()},
        by=by,
        as_of=as_of,
    )
    return forum
