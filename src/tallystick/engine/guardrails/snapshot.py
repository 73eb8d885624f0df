"""An engagement at one moment, as a document: what every guardrail looks at."""

from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from tallystick.engine.guardrails.agreement_sketch import AgreementSketch
from tallystick.engine.guardrails.documents import DocumentFaulty, contradiction, named_keys, refuse
from tallystick.engine.guardrails.fields import Amount, Currency, Day, Name, Text
from tallystick.engine.guardrails.parts.business_case import BusinessCase
from tallystick.engine.guardrails.parts.contract import (
    Adjustment,
    ChangeRequest,
    Clause,
    CreditDue,
    Regime,
    Renewal,
    Switching,
)
from tallystick.engine.guardrails.parts.delivery import Closing, Demand, ReviewHeld, Transition
from tallystick.engine.guardrails.parts.exit import Capability, Concentration, ExitPlan
from tallystick.engine.guardrails.parts.governance import (
    Acknowledgement,
    Action,
    Activity,
    Decision,
    Escalation,
    Forum,
    HandOffs,
)
from tallystick.engine.guardrails.parts.learning import (
    Answer,
    LoggedLesson,
    RaisedGuardrail,
    SuggestedLesson,
)
from tallystick.engine.guardrails.parts.measured import Measured, Satisfaction, Underpinning
from tallystick.engine.guardrails.parts.objectives import Baseline, Objective
from tallystick.engine.guardrails.parts.part import Part, refuse_twice
from tallystick.engine.guardrails.parts.risks import (
    ContingencyPlan,
    Exceedance,
    Issue,
    Reserve,
    Risk,
)
from tallystick.engine.guardrails.parts.selection import Selection
from tallystick.engine.guardrails.parts.supplier import Subcontractor, Supplier, Team
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.guardrails.waivers import Waiver

__all__ = [
    "Answer",
    "Baseline",
    "Measured",
    "Objective",
    "RaisedGuardrail",
    "ServiceType",
    "Snapshot",
    "SnapshotFaulty",
    "SuggestedLesson",
    "read_snapshot",
    "snapshot_schema",
]


class SnapshotFaulty(DocumentFaulty):
    """The engagement document does not follow its format."""

    code = "engagement.faulty"


class ServiceType(StrEnum):
    """What is outsourced."""

    APPLICATION_SUPPORT = "application-support"
    INFRASTRUCTURE_OPERATIONS = "infrastructure-operations"
    SERVICE_DESK = "service-desk"
    SOFTWARE_DEVELOPMENT = "software-development"
    OTHER = "other"


class Snapshot(Part):
    """
    An engagement at one moment.

    What is left out is not recorded; whether that is a finding says each guardrail. `critical`
    says whether the service carries a critical or important function, `first_generation`
    whether it was never outsourced before, `regimes` which laws demand clauses. Amounts are in
    `currency`; `contract_value` is that of the whole term.
    """

    engagement: Literal[1]
    id: Name
    name: Name
    stage: Stage
    service_type: ServiceType = ServiceType.OTHER
    client: Text = None
    provider: Text = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    critical: bool | None = None
    first_generation: bool | None = None
    regimes: list[Regime] = Field(default=[], max_length=10)
    currency: Currency | None = None
    contract_value: Amount | None = None
    objectives: list[Objective] = Field(default=[], max_length=500)
    business_case: BusinessCase | None = None
    selection: Selection | None = None
    supplier: Supplier | None = None
    subcontractors: list[Subcontractor] = Field(default=[], max_length=2_000)
    team: Team | None = None
    agreement: AgreementSketch | None = None
    clauses: list[Clause] = Field(default=[], max_length=1_000)
    underpinning: list[Underpinning] = Field(default=[], max_length=1_000)
    renewal: Renewal | None = None
    changes: list[ChangeRequest] = Field(default=[], max_length=5_000)
    rebaselined_on: Day | None = None
    credits: list[CreditDue] = Field(default=[], max_length=5_000)
    adjustments: list[Adjustment] = Field(default=[], max_length=500)
    responsibilities: list[Activity] = Field(default=[], max_length=1_000)
    escalation: Escalation | None = None
    forums: list[Forum] = Field(default=[], max_length=100)
    decisions: list[Decision] = Field(default=[], max_length=5_000)
    actions: list[Action] = Field(default=[], max_length=10_000)
    acknowledgements: list[Acknowledgement] = Field(default=[], max_length=5_000)
    hand_offs: HandOffs | None = None
    transition: Transition | None = None
    demand: list[Demand] = Field(default=[], max_length=1_000)
    measurements: list[Measured] = Field(default=[], max_length=20_000)
    satisfaction: list[Satisfaction] = Field(default=[], max_length=1_000)
    risks: list[Risk] = Field(default=[], max_length=2_000)
    appetite: list[Exceedance] = Field(default=[], max_length=100)
    contingency_plans: list[ContingencyPlan] = Field(default=[], max_length=1_000)
    reserve: Reserve | None = None
    issues: list[Issue] = Field(default=[], max_length=5_000)
    reviews: list[ReviewHeld] = Field(default=[], max_length=1_000)
    lessons: list[SuggestedLesson] = Field(default=[], max_length=2_000)
    lesson_log: list[LoggedLesson] = Field(default=[], max_length=5_000)
    exit_plan: ExitPlan | None = None
    capabilities: list[Capability] = Field(default=[], max_length=1_000)
    switching: Switching | None = None
    concentration: Concentration | None = None
    closing: Closing | None = None
    guardrails: list[RaisedGuardrail] = Field(default=[], max_length=1_000)
    waivers: list[Waiver] = Field(default=[], max_length=1_000)

    @model_validator(mode="after")
    def agree_with_itself(self) -> Self:
        """Refuse a term that ends before it starts, and anything that is listed twice."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise contradiction(
                f"the engagement ends on {self.ends_on}, before it starts on {self.starts_on}",
                at="ends_on",
                remedy="Give an ends_on that is not before starts_on.",
            )
        for listed in _KNOWN_BY_ID:
            refuse_twice(listed, getattr(self, listed), lambda it: str(it.id))
        refuse_twice(
            "measurements", self.measurements, lambda it: f"{it.service_level} {it.window}"
        )
        for listed in ("demand", "satisfaction"):
            refuse_twice(listed, getattr(self, listed), lambda it: str(it.window))
        refuse_twice("guardrails", self.guardrails, lambda it: it.code)
        return self


_KNOWN_BY_ID = (
    "objectives",
    "changes",
    "forums",
    "decisions",
    "actions",
    "risks",
    "contingency_plans",
    "issues",
    "reviews",
    "lessons",
    "lesson_log",
    "capabilities",
)


def read_snapshot(document: Any) -> Snapshot:
    """
    Return the snapshot of a parsed YAML or JSON document.

    Raises:
        SnapshotFaulty: for a misspelt key, a missing or unreadable value, or a document that
            contradicts itself; with the path and a remedy.
    """
    if not isinstance(document, dict):
        raise SnapshotFaulty(
            "the document is not a mapping of keys to values",
            remedy="Start the file with `engagement: 1`.",
        )
    document = named_keys(document)
    try:
        return Snapshot.model_validate(document)
    except ValidationError as problem:
        raise refuse(SnapshotFaulty, problem, Snapshot, document) from problem


def snapshot_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the engagement document."""
    schema = Snapshot.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
