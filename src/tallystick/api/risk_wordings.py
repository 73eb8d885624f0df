"""What operations take about risks, contingency plans, indicators and simulations."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tallystick.api.risk_values import RegisterName
from tallystick.api.values import Id, In, Line, OptionalLine, OptionalWords, Words
from tallystick.engine.risk import Comparison
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.indicators import SignSource

Figure = Annotated[str, Field(max_length=40)]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=2)]


class PlanStepIn(In):
    """A step of a contingency plan."""

    name: Line
    minutes: int = Field(ge=0)
    who: OptionalLine = ""


class IdentifyRisk(In):
    """A risk to keep; `amends` names one to word anew, which stays in its register."""

    register_name: RegisterName = "shared"
    title: Line
    category: Annotated[str, Field(max_length=16)]
    owner: Id
    cause: OptionalWords = ""
    event: OptionalWords = ""
    effect: OptionalWords = ""
    cause_code: Annotated[str, Field(max_length=40)] = ""
    proximity: Annotated[str, Field(max_length=8)] = ""
    supplier: OptionalLine = ""
    objective: Id | None = None
    service_level: OptionalLine = ""
    leads_to: Id | None = None
    amends: Id | None = None
    different: bool = False


class FrequencyIn(In):
    """How often: rate with low, likely and high a year, or once with a chance from 0 to 1."""

    kind: Literal["rate", "once"]
    low: Figure = ""
    likely: Figure = ""
    high: Figure = ""
    chance: Figure = ""


class MagnitudeIn(In):
    """What it costs each time: pert, or lognormal with a 90 % interval and perhaps a cap."""

    kind: Literal["pert", "lognormal"]
    low: Figure
    likely: Figure = ""
    high: Figure
    cap: Figure = ""


class PriceIn(In):
    """How often, and how much each time."""

    frequency: FrequencyIn
    magnitude: MagnitudeIn


class RiskControlIn(In):
    """A control; both factors say what it leaves, from 0 to 1."""

    name: Line
    cost: Figure = "0"
    on_frequency: Figure = "1"
    on_magnitude: Figure = "1"


class AssessRisk(In):
    """What a risk may cost; without `residual` it is the inherent risk with all controls."""

    currency: Annotated[str, Field(min_length=3, max_length=3)]
    inherent: PriceIn
    controls: Annotated[list[RiskControlIn], Field(max_length=20)] = []
    residual: PriceIn | None = None
    note: OptionalWords = ""


class RiskNote(In):
    """Why something is done about a risk."""

    note: Words


class RespondToRisk(In):
    """What is done about a risk."""

    response: Annotated[str, Field(max_length=8)]
    words: Words
    actionee: Id | None = None
    plan: Id | None = None


class RecordOccurrence(In):
    """
    What happened; a shared risk becomes an issue of its title and these words.

    A private one becomes an issue only if `issue_title` and `issue_words` say how the provider
    reads of it; in a shared one they stand in for its title and the words.
    """

    on: date
    words: Words
    cost: Amount | None = None
    again: bool = False
    issue_title: OptionalLine = ""
    issue_words: OptionalWords = ""


class ShareRisk(In):
    """Who owns the risk once it is shared, and whether its figures are shared too."""

    with_figures: bool
    owner: Id | None = None


class WritePlan(In):
    """A contingency plan; `risk` is one that it is for, `amends` a plan to write anew."""

    register_name: RegisterName = "shared"
    title: Line
    trigger: Words
    steps: Annotated[list[PlanStepIn], Field(max_length=50)]
    may_activate: Line
    owner: Id
    recovery_minutes: int = Field(ge=0, le=10**6)
    loss_minutes: int | None = Field(None, ge=0, le=10**6)
    cost: Amount | None = None
    currency: Annotated[str, Field(max_length=3)] = ""
    risk: Id | None = None
    amends: Id | None = None


class RecordTest(In):
    """A test that was held."""

    on: date
    result: RunResult
    words: Words


class RunPlan(In):
    """Why a plan is carried out."""

    kind: RunKind
    why: Words


class TickStep(In):
    """A step, counted from 0, and whether it is done."""

    step: int
    done: bool = True


class EndRun(In):
    """How a run went."""

    result: RunResult
    words: Words


class StateIndicator(In):
    """An indicator: what it reads and when it warns."""

    name: Line
    source: SignSource
    comparison: Comparison
    threshold: Annotated[Decimal, Field(max_digits=20, decimal_places=6)]
    consecutive: int = Field(1, ge=1, le=1_000)
    service_level: OptionalLine = ""
    objective: Id | None = None


class ReadIndicator(In):
    """A reading by hand."""

    on: date
    value: Annotated[Decimal, Field(max_digits=20, decimal_places=6)]


class SimulateRisks(In):
    """How risks are simulated; a provider always simulates what is shared."""

    shared: bool
    correlation: float = Field(0.0, ge=0, lt=1)


class AppetitePoint(In):
    """A loss, and the chance a year of it or more that is borne, from 0 to 1."""

    loss: Amount
    chance: Annotated[Decimal, Field(max_digits=9, decimal_places=8)]


class SetRiskBudget(In):
    """Appetite, reserve, and the cost estimate: least, likeliest, highest."""

    currency: Annotated[str, Field(min_length=3, max_length=3)]
    appetite: Annotated[list[AppetitePoint], Field(max_length=10)] = []
    remaining: Amount | None = None
    base: tuple[Amount, Amount, Amount] | None = None
