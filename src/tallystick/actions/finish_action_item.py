"""Finish an action item: it is done, or it is dropped for a reason."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.give_action_item import ActionItemRefused
from tallystick.actions.governing import tell
from tallystick.actions.refusals import NotPermitted, require
from tallystick.actions.texts import checked
from tallystick.records.action_items import ActionItem, ActionOutcome
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def finish_action_item(
    *,
    item: ActionItem,
    outcome: ActionOutcome,
    on: date,
    note: str = "",
    by: Viewer,
    as_of: datetime,
) -> ActionItem:
    """
    Close an action item, once; the side that owns it says that it is done.

    Raises:
        NotPermitted, ActionItemRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.MEET)
    rows = ActionItem.objects.select_for_update(of=("self",))
    item = rows.select_related("engagement__client", "owner").get(pk=item.pk)
    if by.organisation.side != item.side:
        raise NotPermitted(
            f"{item.owner.name} of the {item.side} owns this action.",
            remedy="Let their side say that it is done, or give it to somebody of your own.",
        )
    _check(item, on, as_of)
    item.note = checked(note, "note", longest=4_000, needed=outcome is ActionOutcome.DROPPED)
    item.outcome, item.done_on = outcome.value, on
    item.closed_at, item.closed_by = as_of, by.person
    item.save()
    tell(
        item,
        f"{outcome.value.capitalize()}: “{item.task}”.",
        action="finish_action_item",
        payload={"outcome": outcome.value, "done_on": on.isoformat(), "note": item.note},
        by=by,
        as_of=as_of,
    )
    return item


def _check(item: ActionItem, on: date, as_of: datetime) -> None:
    if item.done_on is not None:
        raise ActionItemRefused(
            f"The action was closed on {item.done_on}.", remedy="Give a new one if more is needed."
        )
    if not item.given_on <= on <= as_of.date():
        raise ActionItemRefused(
            f"It was not done on {on}.",
            place="on",
            remedy=f"Give a day from {item.given_on}, when it was given, until today.",
        )
