"""The business case: what the whole costs, not the price alone."""

from pydantic import Field

from tallystick.engine.guardrails.fields import Amount, Day, Text
from tallystick.engine.guardrails.parts.part import Part
from tallystick.engine.objectives import CostKind


class CostLine(Part):
    """One line of the total cost over the term."""

    kind: CostKind
    amount: Amount
    note: Text = None


class BusinessCase(Part):
    """The lines of the total cost, and how the delivery model was tried."""

    lines: list[CostLine] = Field(default=[], max_length=500)
    pilot_on: Day | None = None
    delivery_model_assessed_on: Day | None = None
