"""What every part of the engagement document is."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from tallystick.engine.guardrails.documents import contradiction

Item = TypeVar("Item")


class Part(BaseModel):
    """A part of the snapshot; keys it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(StrEnum):
    """One of the two organisations."""

    CLIENT = "client"
    PROVIDER = "provider"


def refuse_twice(listed: str, items: Sequence[Item], key: Callable[[Item], str]) -> None:
    """Refuse a list in which two items have the same key."""
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        first = seen.setdefault(key(item), number)
        if first != number:
            raise contradiction(
                f"{key(item)} is listed twice, first at {listed}[{first}]",
                at=f"{listed}[{number}]",
                remedy="Remove one of the two, or give it another id.",
            )
