"""Questions and what was decided; action items and how they ended."""

from datetime import UTC, datetime

from ninja import Query

from tallystick.actions.ask_decision import Question, ask_decision
from tallystick.actions.decide_question import decide_question
from tallystick.actions.finish_action_item import finish_action_item
from tallystick.actions.give_action_item import Task, give_action_item
from tallystick.api.lookup import ViewerRequest, find, named, named_person
from tallystick.api.meeting_values import (
    ActionItemOut,
    AskDecision,
    DecideQuestion,
    DecisionOut,
    FinishActionItem,
    GiveActionItem,
    action_item_out,
    decision_out,
)
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, SafePage, listed
from tallystick.records.action_items import ActionItem
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting

operations = Operations(tags=["Governance"])

_READ = ("engagement__client", "engagement__provider", "owner", "forum")


@operations.reads("/engagements/{engagement_id}/decisions", "decisions", Listed[DecisionOut])
def decisions(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[DecisionOut]:
    """Return the questions, in the order in which they were asked."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Decision.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(
        rows.select_related("owner", "forum").order_by("asked_on", "id"), asked, decision_out
    )


@operations.acts("/engagements/{engagement_id}/decisions/ask", "ask_decision", DecisionOut, 201)
def ask(request: ViewerRequest, engagement_id: str, given: AskDecision) -> DecisionOut:
    """Ask for a decision, or change a question that waits."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    viewer = request.viewer
    amends = (
        named(Decision, viewer, given.amends, place="amends", within=engagement)
        if given.amends
        else None
    )
    decision = ask_decision(
        engagement=engagement,
        asked=Question(
            question=given.question,
            background=given.background,
            owner=named_person(engagement, given.owner, place="owner"),
            forum=_forum(request, engagement, given.forum),
            meeting=_meeting(request, engagement, given.meeting),
            asked_on=given.asked_on,
        ),
        amends=amends,
        by=viewer,
        as_of=datetime.now(UTC),
    )
    return decision_out(decision)


@operations.acts("/decisions/{decision_id}/decide", "decide_question", DecisionOut)
def decide(request: ViewerRequest, decision_id: str, given: DecideQuestion) -> DecisionOut:
    """Keep what was decided."""
    question = find(Decision, request.viewer, decision_id, *_READ)
    decided = decide_question(
        question=question,
        words=given.words,
        on=given.on,
        meeting=_meeting(request, question.engagement, given.meeting),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return decision_out(decided)


@operations.reads(
    "/engagements/{engagement_id}/action-items", "action_items", Listed[ActionItemOut]
)
def action_items(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ActionItemOut]:
    """Return the action items, by the day on which they are due."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = ActionItem.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(
        rows.select_related("owner", "forum").order_by("due_on", "id"), asked, action_item_out
    )


@operations.acts(
    "/engagements/{engagement_id}/action-items/give", "give_action_item", ActionItemOut, 201
)
def give(request: ViewerRequest, engagement_id: str, given: GiveActionItem) -> ActionItemOut:
    """Give somebody an action, or change one that is open."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    amends = (
        named(ActionItem, request.viewer, given.amends, place="amends", within=engagement)
        if given.amends
        else None
    )
    item = give_action_item(
        engagement=engagement,
        task=Task(
            task=given.task,
            owner=named_person(engagement, given.owner, place="owner"),
            due_on=given.due_on,
            forum=_forum(request, engagement, given.forum),
            meeting=_meeting(request, engagement, given.meeting),
            given_on=given.given_on,
        ),
        amends=amends,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return action_item_out(item)


@operations.acts("/action-items/{action_id}/finish", "finish_action_item", ActionItemOut)
def finish(request: ViewerRequest, action_id: str, given: FinishActionItem) -> ActionItemOut:
    """Say that an action is done, or dropped."""
    item = find(ActionItem, request.viewer, action_id, *_READ)
    finished = finish_action_item(
        item=item,
        outcome=given.outcome,
        on=given.on,
        note=given.note,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return action_item_out(finished)


def _forum(request: ViewerRequest, engagement: Engagement, key: str | None) -> Forum | None:
    if key is None:
        return None
    return named(Forum, request.viewer, key, place="forum", within=engagement)


def _meeting(request: ViewerRequest, engagement: Engagement, key: str | None) -> Meeting | None:
    if key is None:
        return None
    return named(Meeting, request.viewer, key, place="meeting", within=engagement)
