"""Who does what, whom to call, and how the two organisations meet and decide."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tallystick.engine.guardrails.fields import Count, Day, Name, Text
from tallystick.engine.guardrails.parts.part import Part, Side, refuse_twice


class Holder(Part):
    """Somebody with a part in an activity; `vacant_since` if the post stands empty."""

    name: Name
    side: Side | None = None
    vacant_since: Day | None = None


class Activity(Part):
    """One row of the responsibility matrix over both organisations (RACI)."""

    activity: Name
    accountable: list[Holder] = Field(default=[], max_length=50)
    responsible: list[Holder] = Field(default=[], max_length=50)
    consulted: list[Holder] = Field(default=[], max_length=50)
    informed: list[Holder] = Field(default=[], max_length=50)


class Contact(Part):
    """One side's contact on a level of the escalation matrix."""

    name: Name
    deputy: Text = None
    left_on: Day | None = None


class EscalationLevel(Part):
    """One level: when it is used, whom it reaches on both sides, how, and how fast."""

    level: Annotated[int, Field(ge=1, le=9)]
    trigger: Text = None
    client: Contact | None = None
    provider: Contact | None = None
    channel: Text = None
    respond_within: Text = None


class Escalation(Part):
    """The escalation matrix and the day on which it was last tried."""

    levels: list[EscalationLevel] = Field(default=[], max_length=9)
    tested_on: Day | None = None

    @model_validator(mode="after")
    def list_no_level_twice(self) -> Self:
        """Refuse two rows of the same level."""
        refuse_twice("levels", self.levels, lambda it: str(it.level))
        return self


class Meeting(Part):
    """A meeting as planned; `held_on` is empty if it was not held."""

    due_on: Day
    held_on: Day | None = None
    client_quorum: bool | None = None
    provider_quorum: bool | None = None


class Forum(Part):
    """A series of meetings of both sides."""

    id: Name
    name: Text = None
    level: Literal["operational", "tactical", "strategic"]
    meetings: list[Meeting] = Field(default=[], max_length=2_000)


class Decision(Part):
    """A question that a forum was asked to decide."""

    id: Name
    question: Text = None
    asked_on: Day
    decided_on: Day | None = None


class Action(Part):
    """Something that a forum asked somebody to do."""

    id: Name
    task: Text = None
    owner: Text = None
    side: Side | None = None
    due_on: Day
    done_on: Day | None = None


class Acknowledgement(Part):
    """The word of the provider's delivery lead, or its absence, on something that changed."""

    subject: Name
    kind: Literal["objective", "service-level", "agreement", "change"]
    changed_on: Day
    acknowledged_on: Day | None = None


class HandOffs(Part):
    """Tickets handed from one team of the provider to another, and those that came back."""

    passed: Count
    bounced: Count
