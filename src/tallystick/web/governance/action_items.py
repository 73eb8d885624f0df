"""Action items: what somebody is to do, and how it ended."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.actions.finish_action_item import finish_action_item
from tallystick.actions.give_action_item import give_action_item
from tallystick.actions.open_items import has_hand_in
from tallystick.records.action_items import ActionItem, ActionOutcome
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.posts import Staffing
from tallystick.records.roles import Duty
from tallystick.web.components.words import day, sentence
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.meetings import FinishForm, TaskForm
from tallystick.web.governance.decisions import meeting_named
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

_READ = ("engagement__client", "engagement__provider", "owner", "forum", "meeting__forum")
_STATES = (
    ("overdue", "Overdue"), ("open", "Open"), ("done", "Done"), ("dropped", "Dropped"),
)  # fmt: skip
COLUMNS = (
    Column("task", "Action", link=lambda row: row["url"]),
    Column("state", "State", template="governance/cells/state.html", options=_STATES),
    Column("owner", "Owner"),
    Column("side", "Side", format=sentence),
    Column("forum", "Looked after by"),
    Column("due_on", "Due"),
    Column("done_on", "Closed"),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """List the action items, open ones first."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    today = datetime.now(UTC).date()
    rows = ActionItem.objects.visible_to(request.viewer).filter(engagement=engagement)
    read = rows.select_related("owner", "forum").order_by("due_on", "id")
    staffing = Staffing([engagement])
    lines = sorted(
        (_line(each, today, staffing) for each in read),
        key=lambda line: line["done_on"] is not None,
    )
    may_meet = request.viewer.may(Duty.MEET)
    empty = Empty(
        "No action was given",
        "An action has one owner and a day. It stands on each next agenda until it is done.",
        "Give an action" if may_meet else "",
        reverse("action_item_new", args=[engagement.public_id]),
    )
    table = Table(COLUMNS, lines, request.GET, caption="Action items", empty=empty)
    if table.wants_file:
        return table.file("action-items")
    around = governance_around(request, engagement)
    return render(
        request, "governance/action_items.html", around | {"table": table, "may_meet": may_meet}
    )


def state_of(item: ActionItem, today: date) -> str:
    """Return where an action item stands."""
    if item.outcome:
        return item.outcome
    return "overdue" if item.due_on < today else "open"


def _line(item: ActionItem, today: date, staffing: Staffing) -> dict[str, Any]:
    return {
        "task": item.task,
        "url": reverse("action_item", args=[item.public_id]),
        "state": state_of(item, today),
        "owner": staffing.named(item.owner),
        "side": item.side,
        "forum": item.forum.name if item.forum else "Any forum",
        "due_on": item.due_on,
        "done_on": item.done_on,
    }


def show(request: ViewerRequest, action_id: str) -> HttpResponse:
    """Show an action item."""
    item = find(ActionItem, request.viewer, action_id, *_READ)
    may_meet = request.viewer.may(Duty.MEET)
    moved = item.due_on != item.first_due_on
    shown = {
        "item": item,
        "state": state_of(item, datetime.now(UTC).date()),
        "facts": [
            ("Owner", Staffing([item.engagement]).named(item.owner, item.side)),
            ("Due", day(item.due_on)),
            ("First due", day(item.first_due_on) if moved else ""),
            ("Given", day(item.given_on)),
            ("Looked after by", item.forum.name if item.forum else "Any forum"),
            ("Closed", day(item.done_on) if item.done_on else "Not yet"),
        ],
        "may_change": may_meet and has_hand_in(item, request.viewer),
        "may_finish": may_meet and request.viewer.organisation.side == item.side,
    }
    return render(request, "governance/action_item.html", _around(request, item) | shown)


def _around(request: ViewerRequest, item: ActionItem) -> dict[str, Any]:
    listed = reverse("action_items", args=[item.engagement.public_id])
    return governance_around(request, item.engagement, ("Action items", listed))


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Give somebody an action, perhaps in a meeting."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _give(request, engagement, None)


def edit(request: ViewerRequest, action_id: str) -> HttpResponse:
    """Change an action that is open: its owner, or its day."""
    item = find(ActionItem, request.viewer, action_id, *_READ)
    return _give(request, item.engagement, item)


def _give(request: ViewerRequest, engagement: Engagement, item: ActionItem | None) -> HttpResponse:
    now, meeting = datetime.now(UTC), meeting_named(request, engagement)
    initial = {"forum": meeting.forum.public_id if meeting else ""}
    forums = Forum.objects.visible_to(request.viewer).filter(engagement=engagement)
    form = TaskForm(engagement, list(forums.order_by("name")), item, posted(request), **initial)
    back = reverse("action_items", args=[engagement.public_id])
    if meeting:
        back = reverse("meeting", args=[meeting.public_id])
    return form_page(
        request,
        form,
        lambda: give_action_item(
            engagement=engagement,
            task=form.given(meeting),
            amends=item,
            by=request.viewer,
            as_of=now,
        ),
        lambda: governance_around(request, engagement),
        changes=item,
        title="Change the action" if item else "Give an action",
        lead="It stands on each next agenda until it is done or dropped.",
        said="The action is kept.",
        back=reverse("action_item", args=[item.public_id]) if item else back,
    )


def finish(request: ViewerRequest, action_id: str) -> HttpResponse:
    """Say that an action is done, or dropped."""
    item = find(ActionItem, request.viewer, action_id, *_READ)
    now = datetime.now(UTC)
    form = FinishForm(posted(request), initial={"on": now.date(), "outcome": "done"})
    return form_page(
        request,
        form,
        lambda: finish_action_item(
            item=item,
            outcome=ActionOutcome(form.cleaned_data["outcome"]),
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            by=request.viewer,
            as_of=now,
        ),
        lambda: _around(request, item),
        changes=item,
        title=f"Close: {item.task}",
        lead="The side that owns an action says that it is done.",
        said="The action is closed.",
        back=reverse("action_item", args=[item.public_id]),
        submit="Close the action",
    )
