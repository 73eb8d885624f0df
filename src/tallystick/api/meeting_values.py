"""What the operations of meetings, decisions and action items take and give."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from tallystick.api.values import Clock, Id, In, OptionalWords, Out, Words
from tallystick.records.action_items import ActionItem, ActionOutcome
from tallystick.records.decisions import Decision
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.roles import Side


class MeetingOut(Out):
    """A meeting; `day` is that of the cadence, `holiday` the one it went away from."""

    id: str
    forum: str
    forum_name: str
    day: date
    due_at: datetime
    holiday: date | None
    clock: str
    moved_because: str
    called_because: str
    state: MeetingState
    skipped_because: str
    held_on: date | None
    client_quorum: bool | None
    provider_quorum: bool | None


class AgendaSection(Out):
    """One kind of open things on an agenda; each line names its record by `noun` and `id`."""

    kind: str
    lines: list[dict[str, Any]]
    left_off: bool


class Attendee(Out):
    """Somebody who was at a meeting."""

    id: str
    name: str
    side: Side
    seated: bool


class MeetingWhole(MeetingOut):
    """
    A meeting with its agenda, who was there, and what was said.

    Before somebody prepares it, `agenda` is what would stand on it now, and `agenda_at` null.
    """

    agenda: list[AgendaSection]
    agenda_at: datetime | None
    present: list[Attendee]
    minutes: str
    minuted_at: datetime | None


class MoveMeeting(In):
    """The day and local time of a meeting, and why it is moved there or called."""

    on: date
    at: Clock
    because: Words


class SkipMeeting(In):
    """Why a meeting does not take place."""

    because: Words


class HoldMeeting(In):
    """When a meeting was held, and who was there."""

    held_on: date
    present: list[Id] = Field(max_length=100)
    minutes: OptionalWords = ""


class WriteMinutes(In):
    """The minutes; `seen` is the `minuted_at` of those that the writer read."""

    minutes: Words
    seen: datetime | None = None


class DecisionOut(Out):
    """A question, and what was decided."""

    id: str
    question: str
    background: str
    owner: str
    side: Side
    forum: str | None
    asked_on: date
    decision: str
    decided_on: date | None


class AskDecision(In):
    """A question to decide; `amends` names one that waits."""

    question: Words
    background: OptionalWords = ""
    owner: Id
    forum: Id | None = None
    meeting: Id | None = None
    asked_on: date
    amends: Id | None = None


class DecideQuestion(In):
    """What was decided, and on which day."""

    words: Words
    on: date
    meeting: Id | None = None


class ActionItemOut(Out):
    """An action item; `outcome` is empty while it is open."""

    id: str
    task: str
    owner: str
    side: Side
    forum: str | None
    given_on: date
    due_on: date
    first_due_on: date
    outcome: str
    done_on: date | None
    note: str


class GiveActionItem(In):
    """An action to give; `amends` names one that is open."""

    task: Words
    owner: Id
    due_on: date
    forum: Id | None = None
    meeting: Id | None = None
    given_on: date | None = None
    amends: Id | None = None


class FinishActionItem(In):
    """How an action ended."""

    outcome: ActionOutcome
    on: date
    note: OptionalWords = ""


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """Return what `MeetingOut` holds; the forum was read along."""
    plain = (
        "day", "due_at", "holiday", "clock", "moved_because", "called_because", "state",
        "skipped_because", "held_on", "client_quorum", "provider_quorum",
    )  # fmt: skip
    return {name: getattr(meeting, name) for name in plain} | {
        "id": meeting.public_id,
        "forum": meeting.forum.public_id,
        "forum_name": meeting.forum.name,
    }


def decision_out(decision: Decision) -> DecisionOut:
    """Return a question; owner and forum were read along."""
    plain = ("question", "background", "side", "asked_on", "decision", "decided_on")
    return DecisionOut(
        id=decision.public_id,
        owner=decision.owner.public_id,
        forum=decision.forum.public_id if decision.forum else None,
        **{name: getattr(decision, name) for name in plain},
    )


def action_item_out(item: ActionItem) -> ActionItemOut:
    """Return an action item; owner and forum were read along."""
    plain = (
        "task", "side", "given_on", "due_on", "first_due_on", "outcome", "done_on", "note",
    )  # fmt: skip
    return ActionItemOut(
        id=item.public_id,
        owner=item.owner.public_id,
        forum=item.forum.public_id if item.forum else None,
        **{name: getattr(item, name) for name in plain},
    )
