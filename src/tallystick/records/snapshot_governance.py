"""Who does what, meetings, decisions and action items, as they stand in a snapshot."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.action_items import ActionItem
from tallystick.records.activities import Activity, Responsibility, matrix_of
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.meetings import COUNTED, Meeting
from tallystick.records.posts import Staffing

LOOKED_BACK = timedelta(days=366)
"""What is over longer ago is history: no guardrail looks at it."""

MOST_MEETINGS, MOST_DECISIONS, MOST_ACTIONS = 2_000, 5_000, 10_000


@dataclass(slots=True)
class GovernanceRows:
    """The rows of one engagement's governance, in the snapshot's order."""

    staffing: Staffing
    activities: list[Activity] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[ActionItem] = field(default_factory=list)


def governance_of(engagements: Sequence[Engagement], on: date | None) -> dict[int, GovernanceRows]:
    """Return the rows of each engagement by its primary key, in a fixed number of queries."""
    staffing = Staffing(engagements)
    rows: defaultdict[int, GovernanceRows] = defaultdict(lambda: GovernanceRows(staffing))
    since = (on or date.max) - LOOKED_BACK
    for activity in matrix_of(Activity.objects.filter(engagement__in=engagements)):
        rows[activity.engagement_id].activities.append(activity)
    for meeting in _meetings(engagements, since, on):
        rows[meeting.engagement_id].meetings.append(meeting)
    asked = Decision.objects.filter(engagement__in=engagements)
    lately = Q(decided_on=None) | Q(decided_on__gte=since)
    for decision in asked.filter(lately).order_by("asked_on", "id"):
        rows[decision.engagement_id].decisions.append(decision)
    given = ActionItem.objects.filter(engagement__in=engagements)
    open_or_lately = Q(done_on=None) | Q(due_on__gte=since)
    for item in given.filter(open_or_lately).select_related("owner").order_by("due_on", "id"):
        rows[item.engagement_id].actions.append(item)
    return {each.pk: rows[each.pk] for each in engagements}


def _meetings(engagements: Sequence[Engagement], since: date, on: date | None) -> Iterable[Meeting]:
    # What is still to come tells guardrails nothing.
    until = (on or date.max - LOOKED_BACK) + timedelta(days=1)
    due = Meeting.objects.filter(
        COUNTED, engagement__in=engagements, due_at__date__gte=since, due_at__date__lt=until
    )
    named = due.select_related("forum").defer("agenda", "minutes")
    return named.order_by("forum", "due_at", "id")


def governance_values(rows: GovernanceRows) -> dict[str, Any]:
    """Return responsibilities, forums with their meetings, decisions and actions."""
    return {
        "responsibilities": [_activity(each, rows.staffing) for each in rows.activities],
        "forums": _forums(rows.meetings),
        "decisions": [_decision(each) for each in rows.decisions[-MOST_DECISIONS:]],
        "actions": [_action(each) for each in rows.actions[-MOST_ACTIONS:]],
    }


def _activity(activity: Activity, staffing: Staffing) -> dict[str, Any]:
    parts = list(activity.responsibilities.all())
    return {"activity": activity.name} | {
        letter.word: [_holder(each, staffing) for each in parts if each.letter == letter]
        for letter in Letter
    }


def _holder(part: Responsibility, staffing: Staffing) -> dict[str, Any]:
    # Where somebody stands in, the post is not a hole; where nobody does, it is called by its name.
    speaker = staffing.speaker(part.post)
    return {
        "name": speaker.name if speaker else part.post.name,
        "side": part.post.side,
        "vacant_since": None if speaker else staffing.vacant_since(part.post),
    }


def _forums(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    by_forum: defaultdict[int, list[Meeting]] = defaultdict(list)
    for each in meetings:
        by_forum[each.forum_id].append(each)
    return [
        {
            "id": held[0].forum.public_id,
            "name": held[0].forum.name,
            "level": held[0].forum.level,
            "meetings": [
                {
                    "due_on": each.due_at.date(),
                    "held_on": each.held_on,
                    "client_quorum": each.client_quorum,
                    "provider_quorum": each.provider_quorum,
                }
                for each in held[-MOST_MEETINGS:]
            ],
        }
        for held in by_forum.values()
    ]


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.public_id,
        "question": decision.question,
        "asked_on": decision.asked_on,
        "decided_on": decision.decided_on,
    }


def _action(item: ActionItem) -> dict[str, Any]:
    return {
        "id": item.public_id,
        "task": item.task,
        "owner": item.owner.name,
        "side": item.side,
        "due_on": item.due_on,
        "done_on": item.done_on,
    }
