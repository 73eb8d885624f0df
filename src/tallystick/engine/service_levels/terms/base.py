"""What every part of an agreement document shares: unknown keys are refused with a hint."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from tallystick.engine.service_levels.terms.problems import did_you_mean, problem


class Terms(BaseModel):
    """Part of an agreement; an unknown key is refused with the nearest known one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_keys(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        known = [field.alias or name for name, field in cls.model_fields.items()]
        for key in value:
            if key not in known:
                raise problem(
                    "agreement.unknown-key",
                    f"there is no key {key!r} here",
                    did_you_mean(key, known),
                    at=f".{key}",
                )
        return value


def may_be_absent(key: str) -> Callable[[dict[str, Any]], None]:
    """Amend a generated schema: a key that is filled in from elsewhere is not required."""
    return lambda schema: schema["required"].remove(key)
