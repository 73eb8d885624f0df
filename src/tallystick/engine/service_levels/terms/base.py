"""What every part of an agreement document shares: unknown keys are refused with a hint."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from tallystick.engine.service_levels.terms.problems import did_you_mean, problem

WITH_DEFAULTS = {"defaults": True}


class Terms(BaseModel):
    """
    Part of an agreement; an unknown key is refused with the nearest known one.

    Written out, a part spells its default for the keys in `always_spelled` alone. An option that
    came later stays out where it is not used: the hash of a signed version must never change.
    With the context `WITH_DEFAULTS` every default is spelled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    always_spelled: ClassVar[frozenset[str]] = frozenset()

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

    @model_serializer(mode="wrap")
    def _leave_out_unused(
        self, handler: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        spelled: dict[str, Any] = handler(self)
        if info.context == WITH_DEFAULTS:
            return spelled
        for name, field in type(self).model_fields.items():
            unused = not field.is_required() and getattr(self, name) == field.default
            if unused and name not in self.always_spelled:
                spelled.pop(field.alias or name, None)
                spelled.pop(name, None)
        return spelled


def may_be_absent(*keys: str) -> Callable[[dict[str, Any]], None]:
    """Amend a generated schema: keys that are filled in from elsewhere are not required."""

    def amend(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key not in keys]

    return amend
