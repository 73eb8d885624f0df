"""The thresholds of the guardrails: defaults that a client may change."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tallystick.engine.guardrails.documents import DocumentFaulty, refuse
from tallystick.engine.guardrails.fields import Amount, Share

Days = Annotated[int, Field(ge=0, le=3_650)]
Few = Annotated[int, Field(ge=1, le=100)]


class PolicyFaulty(DocumentFaulty):
    """The policy does not follow its format."""

    code = "policy.faulty"


class Policy(BaseModel):
    """Thresholds, each with its default."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )

    acknowledgement_working_days: int = Field(default=10, ge=0, le=250)
    """Working days (Monday to Friday) a provider has to acknowledge an objective or a change."""

    importance_gap: int = Field(default=2, ge=1, le=4)
    """Points of five by which both sides may not differ on how important an objective is."""

    fewest_values: Few = 8
    """Values of a history or benchmark below which a target is not held against it."""

    governance_share: Share = Decimal("0.03")
    """The least part of the contract's value that governance costs."""

    fewest_bids: Few = 3
    """Compliant bids below which a competition is none."""

    fewest_references: Few = 3
    """References of the preferred bidder to be called."""

    price_weight: Share = Decimal("0.6")
    """The most that price may weigh among the criteria."""

    lowest_price: Share = Decimal("0.8")
    """The part of should-cost, or of the others' median, below which a price is abnormally low."""

    rank_one_share: Share = Decimal("0.5")
    """The share of plausible weightings in which the preferred bid must be first."""

    flip_points: Amount = Decimal(5)
    """Percentage points of weight that must not be enough to put another bid first."""

    scores_without_evidence: Share = Decimal("0.1")
    """The share of scores that may lack evidence."""

    fewest_evaluators: Few = 3
    """Evaluators below which scores are one person's taste."""

    concordance: Share = Decimal("0.5")
    """Kendall's W below which scores are moderated before they are averaged."""

    norm_gap_points: Amount = Decimal(10)
    """Points of 100 by which both teams' norms may differ without a measure against it."""

    overlap_hours: Amount = Decimal(2)
    """Hours a day in which both teams must be at work."""

    revenue_share: Share = Decimal("0.25")
    """The part of a supplier's revenue that may come from us."""

    z_score: Amount = Decimal("1.1")
    """Altman's Z'' below which a supplier is in distress."""

    roster_days: Days = 90
    """Days after which the people named in the bid must be at work."""

    missing_staff: Share = Decimal("0.3")
    """The share of people named in the bid whose absence is a finding."""

    vacancy_days: Days = 30
    """Days for which a key role may be vacant."""

    turnover: Share = Decimal("0.25")
    """The most that a team may turn over in a year."""

    volume_windows: int = Field(default=6, ge=1, le=60)
    """Newest measured windows over which the usual volume of a service level is averaged."""

    fewest_windows: Few = 6
    """Judged windows below which the chance of meeting a target is not estimated."""

    chance_of_meeting: Share = Decimal("0.5")
    """The chance of meeting the next window below which a target is unattainable."""

    at_risk: Share = Decimal("0.05")
    """The least part of the month's charge that credits put at risk."""

    change_volume: Share = Decimal("0.15")
    """The part of the contract's value that changes may reach before it is baselined anew."""

    notice_window_days: Days = 90
    """Days before the notice deadline by which the end of the term is decided."""

    claim_days: Days = 60
    """Days for which a credit or an adjustment may stay unclaimed."""

    accountable_share: Share = Decimal("0.4")
    """The share of all activities for which one person may be accountable."""

    fewest_activities: Few = 5
    """Activities below which nobody's share of them is judged."""

    test_days: Days = 365
    """Days for which a test of an escalation, a contingency plan or an exit plan holds."""

    held_rate: Share = Decimal("0.75")
    """The share of a forum's meetings of half a year that must be held."""

    fewest_meetings: Few = 3
    """Meetings of half a year below which no rate is formed."""

    overdue_actions: Share = Decimal("0.25")
    """The share of actions due in half a year that may be overdue."""

    fewest_actions: Few = 4
    """Actions due in half a year below which no share is formed."""

    decision_working_days: int = Field(default=15, ge=0, le=250)
    """Working days within which a forum decides what it is asked."""

    milestone_slip: Share = Decimal("0.1")
    """The part of the transition by which a milestone may slip."""

    unplanned_share: Share = Decimal("0.2")
    """The share of demand that may come outside the plan."""

    forecast_error: Share = Decimal("0.25")
    """The part of the forecast by which demand may miss it, two windows running."""

    bounced_share: Share = Decimal("0.15")
    """The share of hand-offs between the provider's teams that may come back."""

    high_risk_days: Days = 30
    """Days after which a high risk is reviewed again."""

    risk_days: Days = 90
    """Days after which any other risk is reviewed again."""

    surprise_share: Share = Decimal("0.5")
    """The share of a quarter's issues that no risk foresaw at which the register is a theatre."""

    fewest_issues: Few = 3
    """Issues of a quarter below which no share is formed."""

    falling_windows: int = Field(default=3, ge=2, le=24)
    """Windows in a row, each lower than the one before it, that make a falling trend."""

    unmeasured_months: int = Field(default=2, ge=1, le=24)
    """Complete months without any measurement before a service level counts as not measured."""

    watermelon: Share = Decimal("0.3")
    """How far the share of green levels may lie above that of satisfied users."""

    review_share: Share = Decimal("0.5")
    """The part of the term by which a first review is held."""

    projected_attainment: Share = Decimal("0.8")
    """The projected attainment of an objective below which a decision is due."""

    lesson_match: Share = Decimal(0)
    """Lessons that match less than this need no disposition."""

    orphan_days: Days = 60
    """Days within which a logged lesson gets an owner and an action."""

    likeness: Share = Decimal("0.6")
    """The share of words that two titles have in common from which they tell of one mistake."""

    exit_plan_days: Days = 365
    """Days after which an exit plan is out of date."""

    provider_only: Share = Decimal("0.5")
    """The share of capabilities that the provider alone may have."""

    premium: Share = Decimal("0.25")
    """The break-even premium above which one is locked in, if it rises."""

    concentration: Amount = Decimal(2_500)
    """The Herfindahl-Hirschman index above which something is concentrated."""


def read_policy(document: Any) -> Policy:
    """
    Return the policy of a document; thresholds it does not name keep their default.

    Raises:
        PolicyFaulty: for an unknown name or a value out of range, with its path.
    """
    try:
        return Policy.model_validate(document)
    except ValidationError as problem:
        raise refuse(PolicyFaulty, problem, Policy, document) from problem
