"""An engagement at one moment, as a document: what every guardrail looks at."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from tallystick.engine.guardrails.agreement_sketch import AgreementSketch
from tallystick.engine.guardrails.documents import DocumentFaulty, contradiction, named_keys, refuse
from tallystick.engine.guardrails.fields import Day, Name, Share, Text, Window
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.guardrails.waivers import Waiver

Item = TypeVar("Item")


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


class Answer(StrEnum):
    """An engagement's answer to a suggested lesson."""

    ADOPTED = "adopted"
    NOT_APPLICABLE = "not-applicable"
    DEFERRED = "deferred"


class Part(BaseModel):
    """A part of the snapshot; keys it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Baseline(Part):
    """Where a measure stood before the work began."""

    value: Text = None
    on: Day | None = None
    method: Text = None


class Objective(Part):
    """A measurable goal with two owners; `shared_on` is the day the provider was given it."""

    id: Name
    statement: Text = None
    measure: Text = None
    unit: Text = None
    baseline: Baseline | None = None
    target: Text = None
    due_on: Day | None = None
    source: Text = None
    client_owner: Text = None
    provider_owner: Text = None
    shared_on: Day | None = None
    acknowledged_on: Day | None = None

    @property
    def label(self) -> str:
        """Return what people call it: its statement, cut short, or its id."""
        if not self.statement:
            return self.id
        short = self.statement if len(self.statement) <= 80 else f"{self.statement[:79]}…"
        return f"“{short}”"


class Measured(Part):
    """One service level in one window, as `tallystick measure` prints it."""

    service_level: Name
    window: Window
    numerator: int = Field(ge=0)
    denominator: int = Field(ge=0)
    attainment: Share | None = None
    target: Share | None = None
    verdict: Literal["met", "below-expected", "missed", "nothing-due", "not-measured"]
    unit: Literal["share", "seconds", "number"] = "share"

    @model_validator(mode="after")
    def count_parts_within_the_whole(self) -> Self:
        """Refuse more items within the limit than items that fell due."""
        if self.unit == "share" and self.numerator > self.denominator:
            raise contradiction(
                "more items lie within the limit than fell due",
                at="numerator",
                remedy="Give a numerator that is not larger than the denominator.",
            )
        return self


class SuggestedLesson(Part):
    """A lesson that matches this engagement, and the engagement's answer to it."""

    id: Name
    title: Name
    stage: Stage
    match: Share
    reason: Text = None
    disposition: Answer | None = None
    note: Text = None
    deferred_until: Day | None = None


class RaisedGuardrail(Part):
    """A check that a lesson raised: a condition over this document, TRUE where all is well."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,29}$")]
    title: Name
    stage: Stage
    severity: Severity
    condition: str
    rationale: Text = None
    remedy: Name
    lesson: Text = None


class Snapshot(Part):
    """An engagement at one moment."""

    engagement: Literal[1]
    id: Name
    name: Name
    stage: Stage
    service_type: ServiceType = ServiceType.OTHER
    client: Text = None
    provider: Text = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    objectives: list[Objective] = Field(default=[], max_length=500)
    agreement: AgreementSketch | None = None
    measurements: list[Measured] = Field(default=[], max_length=20_000)
    lessons: list[SuggestedLesson] = Field(default=[], max_length=2_000)
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
        _refuse_twice("objectives", self.objectives, lambda it: it.id)
        _refuse_twice(
            "measurements", self.measurements, lambda it: f"{it.service_level} {it.window}"
        )
        _refuse_twice("lessons", self.lessons, lambda it: it.id)
        _refuse_twice("guardrails", self.guardrails, lambda it: it.code)
        return self


def _refuse_twice(listed: str, items: Sequence[Item], key: Callable[[Item], str]) -> None:
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        first = seen.setdefault(key(item), number)
        if first != number:
            raise contradiction(
                f"{key(item)} is listed twice, first at {listed}[{first}]",
                at=f"{listed}[{number}]",
                remedy="Remove one of the two, or give it another id.",
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
