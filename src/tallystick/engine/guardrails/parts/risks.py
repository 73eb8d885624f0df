"""Risks, the appetite for them, contingency plans, the reserve, and issues."""

from typing import Literal

from pydantic import Field

from tallystick.engine.guardrails.fields import Amount, Day, Name, Share, Text
from tallystick.engine.guardrails.parts.part import Part

RiskCategory = Literal[
    "people",
    "legal",
    "concentration",
    "exit",
    "security",
    "technology",
    "delivery",
    "financial",
    "other",
]


class Exceedance(Part):
    """A point of a loss-exceedance curve: the chance that a year's loss is `loss` or more."""

    loss: Amount
    probability: Share


class Risk(Part):
    """
    A risk of the register; `level` is that of the risk which is left after its response.

    `exceedance` are points of its residual curve, `plan` the id of its contingency plan,
    `cause` the code of its cause, as lessons and issues carry it.
    """

    id: Name
    title: Text = None
    category: RiskCategory | None = None
    cause: Text = None
    level: Literal["high", "medium", "low"] | None = None
    owners: list[Name] = Field(default=[], max_length=50)
    response: Text = None
    identified_on: Day | None = None
    reviewed_on: Day | None = None
    closed_on: Day | None = None
    plan: Text = None
    exceedance: list[Exceedance] = Field(default=[], max_length=100)


class ContingencyPlan(Part):
    """What is done when a risk comes true: on which sign, by whom, and when it was tried."""

    id: Name
    title: Text = None
    trigger: Text = None
    owner: Text = None
    written_on: Day | None = None
    tested_on: Day | None = None


class Reserve(Part):
    """What is left of the reserve, and the 80th percentile of what may still be lost."""

    remaining: Amount
    exposure_p80: Amount


class Issue(Part):
    """
    Something that went wrong; `prior_risk` names the risk that foresaw it.

    `unanswered_since` is since when nobody is left on the escalation ladder to answer it.
    """

    id: Name
    title: Text = None
    raised_on: Day
    cause: Text = None
    prior_risk: Text = None
    cost: Amount | None = None
    unanswered_since: Day | None = None
