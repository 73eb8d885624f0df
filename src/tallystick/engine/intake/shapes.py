"""What one row of a file is: its shape, the columns that it has, and the words that it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tallystick.engine.signals import SignalKind, Status
from tallystick.engine.values import State

SAME = "same"
"""What a raw state maps to when its row is kept and leaves the item's state as it was."""

INVALID = "invalid"
"""The result of a probe that tells nothing."""


class Shape(StrEnum):
    """What one row of the file is; the first two tell of items, the others of components."""

    EVENT_LOG = "event-log"
    ITEM_TABLE = "item-table"
    PROBES = "probes"
    SERVICE_STATES = "service-states"
    OUTAGES = "outages"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a shape, and for each column of raw words the key and the known words."""

    needed: tuple[str, ...]
    others: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    signals: SignalKind | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that the shape knows."""
        return (*self.needed, *self.others)


_STATE_WORDS = {"state": ("states", (*State, SAME))}
FORMS: Mapping[Shape, Form] = {
    Shape.EVENT_LOG: Form(("item", "at", "state"), words=_STATE_WORDS),
    Shape.ITEM_TABLE: Form(
        ("item", "opened"),
        ("responded", "resolved", "closed", "hold_from", "hold_until", "state"),
        _STATE_WORDS,
    ),
    Shape.PROBES: Form(
        ("component", "at", "result"),
        ("attempt",),
        {"result": ("results", (Status.UP, Status.DOWN, INVALID))},
        SignalKind.PROBES,
    ),
    Shape.SERVICE_STATES: Form(
        ("component", "at", "state"),
        (),
        {"state": ("states", (Status.UP, Status.DOWN, Status.MAINTENANCE, Status.UNKNOWN))},
        SignalKind.STATES,
    ),
    Shape.OUTAGES: Form(
        ("component", "since", "until"),
        ("users", "excused"),
        {"excused": ("excuses", ("yes", "no"))},
        SignalKind.OUTAGES,
    ),
}
