"""The thresholds of the guardrails: defaults that a client may change."""

from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tallystick.engine.guardrails.documents import DocumentFaulty, refuse
from tallystick.engine.guardrails.fields import Share


class PolicyFaulty(DocumentFaulty):
    """The policy does not follow its format."""

    code = "policy.faulty"


class Policy(BaseModel):
    """Thresholds, each with its default."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )

    acknowledgement_working_days: int = Field(default=10, ge=0, le=250)
    """Working days (Monday to Friday) a provider has to acknowledge an objective."""

    volume_windows: int = Field(default=6, ge=1, le=60)
    """Newest measured windows over which the usual volume of a service level is averaged."""

    falling_windows: int = Field(default=3, ge=2, le=24)
    """Windows in a row, each lower than the one before it, that make a falling trend."""

    unmeasured_months: int = Field(default=2, ge=1, le=24)
    """Complete months without any measurement before a service level counts as not measured."""

    lesson_match: Share = Decimal(0)
    """Lessons that match less than this need no disposition."""


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
