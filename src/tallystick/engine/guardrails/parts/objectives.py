"""Objectives: what shall be better, by when, and how both sides weigh it."""

from enum import StrEnum

from pydantic import Field

from tallystick.engine.guardrails.fields import Amount, Day, Name, Number, Rating, Text
from tallystick.engine.guardrails.parts.part import Part


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Baseline(Part):
    """Where a measure stood before the work began."""

    value: Text = None
    on: Day | None = None
    method: Text = None


class Projection(Part):
    """What part of the way from baseline to target will be gone on the due day, as seen `on`."""

    attainment: Amount
    on: Day


class Objective(Part):
    """
    A measurable goal with two owners; `shared_on` is the day the provider was given it.

    `history` are earlier values of the same measure and `benchmark` those of others, in the
    target's unit; `better` says which way is better. Both sides say from 1 to 5 how important
    it is to them.
    """

    id: Name
    statement: Text = None
    measure: Text = None
    unit: Text = None
    baseline: Baseline | None = None
    target: Text = None
    better: Better | None = None
    history: list[Number] = Field(default=[], max_length=1_000)
    benchmark: list[Number] = Field(default=[], max_length=1_000)
    due_on: Day | None = None
    source: Text = None
    client_owner: Text = None
    provider_owner: Text = None
    importance_client: Rating | None = None
    importance_provider: Rating | None = None
    shared_on: Day | None = None
    acknowledged_on: Day | None = None
    projection: Projection | None = None

    @property
    def label(self) -> str:
        """Return what people call it: its statement, cut short, or its id."""
        if not self.statement:
            return self.id
        short = self.statement if len(self.statement) <= 80 else f"{self.statement[:79]}…"
        return f"“{short}”"
