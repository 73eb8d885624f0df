"""The competition for an engagement: criteria, bids, scores, references, the teams' norms."""

from typing import Literal, Self

from pydantic import Field, model_validator

from tallystick.engine.guardrails.fields import Amount, Day, Name, Number, Share, Text
from tallystick.engine.guardrails.parts.part import Part, refuse_twice


class Criterion(Part):
    """What bids are judged by; weights count in proportion to their sum."""

    id: Name
    name: Text = None
    weight: Amount
    price: bool = False


class CriterionEdit(Part):
    """
    A change of a weight, a scale's anchors or a knock-out.

    `after_opening` is for whoever knows the hour: a change on the very day of the opening, and
    later than it.
    """

    criterion: Name
    what: Literal["weight", "anchors", "gate"]
    on: Day
    after_opening: bool = False
    before: Text = None
    after: Text = None


class Bid(Part):
    """One supplier's offer; `compliant` is empty until the knock-outs were checked."""

    id: Name
    supplier: Text = None
    price: Amount | None = None
    compliant: bool | None = None


class Evaluator(Part):
    """A person who scores, and the day of the declaration of interests."""

    name: Name
    interests_declared_on: Day | None = None


class Score(Part):
    """One evaluator's score of a bid on a criterion, before any consensus."""

    bid: Name
    criterion: Name
    evaluator: Name
    score: Number
    evidence: Text = None


class Reference(Part):
    """A client of a bidder; `called_on` is empty until somebody spoke to it."""

    bid: Name
    organisation: Text = None
    source: Literal["nominated", "found"] = "nominated"
    relationship: Literal["live", "ended", "exited"] = "live"
    called_on: Day | None = None


class NormGap(Part):
    """How far both teams' answers lie apart on one item of the survey, in points of 100."""

    dimension: Name
    points: Amount
    mitigation: Text = None


class Norms(Part):
    """The survey of working norms, answered by both delivery teams."""

    surveyed_on: Day | None = None
    gaps: list[NormGap] = Field(default=[], max_length=200)


class Sensitivity(Part):
    """
    How firm the ranking is.

    `rank_one_share` is the share of plausible weightings in which the preferred bid is first;
    `flip_points` the smallest shift of one weight, in percentage points, that puts another first.
    """

    rank_one_share: Share | None = None
    flip_points: Amount | None = None


class Selection(Part):
    """A competition; `preferred` is the bid that leads or won."""

    opened_on: Day | None = None
    single_source_reason: Text = None
    single_source_approved_by: Text = None
    should_cost: Amount | None = None
    preferred: Text = None
    criteria: list[Criterion] = Field(default=[], max_length=200)
    criteria_edits: list[CriterionEdit] = Field(default=[], max_length=2_000)
    bids: list[Bid] = Field(default=[], max_length=200)
    evaluators: list[Evaluator] = Field(default=[], max_length=200)
    scores: list[Score] = Field(default=[], max_length=20_000)
    moderated_on: Day | None = None
    references: list[Reference] = Field(default=[], max_length=500)
    norms: Norms | None = None
    pilot_on: Day | None = None
    overlap_hours: Amount | None = None
    sensitivity: Sensitivity | None = None

    @model_validator(mode="after")
    def list_nothing_twice(self) -> Self:
        """Refuse two criteria, bids or evaluators with the same id."""
        refuse_twice("criteria", self.criteria, lambda it: it.id)
        refuse_twice("bids", self.bids, lambda it: it.id)
        refuse_twice("evaluators", self.evaluators, lambda it: it.name)
        return self
