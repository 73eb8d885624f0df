"""Transition, demand, reviews and what is left at the close."""

from typing import Literal, Self

from pydantic import Field, model_validator

from tallystick.engine.guardrails.fields import Count, Day, Name, Text, Window
from tallystick.engine.guardrails.parts.part import Part, refuse_twice


class Milestone(Part):
    """A milestone of the transition: planned, expected now, and reached."""

    id: Name
    name: Text = None
    baseline_on: Day
    forecast_on: Day | None = None
    actual_on: Day | None = None


class KnowledgeItem(Part):
    """A topic that is handed over; `must` if the service cannot go live without it."""

    id: Name
    topic: Text = None
    must: bool = False
    stage: Literal["explain", "shadow", "reverse-shadow", "solo"] | None = None
    signed_on: Day | None = None


class Transition(Part):
    """The plan of the transition and the knowledge it hands over."""

    starts_on: Day | None = None
    go_live_on: Day | None = None
    milestones: list[Milestone] = Field(default=[], max_length=1_000)
    knowledge: list[KnowledgeItem] = Field(default=[], max_length=2_000)

    @model_validator(mode="after")
    def list_nothing_twice(self) -> Self:
        """Refuse two milestones or topics with the same id."""
        refuse_twice("milestones", self.milestones, lambda it: it.id)
        refuse_twice("knowledge", self.knowledge, lambda it: it.id)
        return self


class Demand(Part):
    """Work asked for in a window: foreseen, come, and come outside the plan."""

    window: Window
    forecast: Count | None = None
    actual: Count
    unplanned: Count | None = None


class ReviewHeld(Part):
    """A review of the engagement; `decision` is what it decided: go on, change, leave."""

    id: Name
    kind: Literal["monthly", "mid-term", "closing", "stage", "other"] = "other"
    held_on: Day
    decision: Text = None


ClosingKind = Literal["access", "assets", "data", "obligations", "claims"]


class ClosingItem(Part):
    """Something to be closed before the engagement is."""

    kind: ClosingKind
    what: Text = None
    done_on: Day | None = None


class Closing(Part):
    """The closing checklist, and the day on which the benefits are looked at again."""

    items: list[ClosingItem] = Field(default=[], max_length=1_000)
    benefit_review_on: Day | None = None
