"""Each threshold of the policy: what it means, its default, its bounds, and who uses it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.engine.guardrails.built_in import BUILT_IN
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.policy import Policy


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold; `used_by` are the built-in guardrails whose rule names it."""

    name: str
    meaning: str
    default: int | Decimal
    least: Any
    most: Any
    used_by: tuple[Guardrail, ...]

    @property
    def whole(self) -> bool:
        """Return whether it is a whole number; any other is a share."""
        return isinstance(self.default, int)


def thresholds(guardrails: Iterable[Guardrail] = BUILT_IN) -> list[Threshold]:
    """Return every threshold in the policy's order."""
    rails = list(guardrails)
    return [_threshold(name, rails) for name in Policy.model_fields]


def _threshold(name: str, rails: list[Guardrail]) -> Threshold:
    field = Policy.model_fields[name]
    # A guardrail says in its rule which thresholds it goes by.
    users = tuple(rail for rail in rails if re.search(rf"\b{name}\b", rail.fires_when))
    return Threshold(
        name=name,
        meaning=field.description or "",
        default=field.default,
        least=_bound(field.metadata, "ge"),
        most=_bound(field.metadata, "le"),
        used_by=users,
    )


def _bound(metadata: Iterable[Any], name: str) -> Any:
    return next((getattr(each, name) for each in metadata if hasattr(each, name)), None)
