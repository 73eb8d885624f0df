"""A reading of signals against what is held -> what to store, and what of it is new."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import stacked
from tallystick.engine.intake.columns import occurrence_of, row_keys
from tallystick.engine.intake.signal_reading import SignalReading
from tallystick.engine.intake.signal_sets import some_signals
from tallystick.engine.signals import SignalKind, Signals
from tallystick.engine.values import Coded


@dataclass(frozen=True, slots=True)
class MergedSignals:
    """
    What an import of signals adds to what is held.

    `read` = `accepted` + `rejected` + `unchanged`, in rows of the file. `signals` are the rows
    to be stored: all of each instant of a component that is new or tells something else now.
    """

    read: int
    accepted: int
    rejected: int
    unchanged: int
    signals: Signals

    def __post_init__(self) -> None:
        if self.read != self.accepted + self.rejected + self.unchanged:
            raise ValueError("each row is accepted, rejected or unchanged")

    @property
    def components(self) -> int:
        """Return of how many components there is news."""
        return len(self.signals.components)


def merge_signals(reading: SignalReading, held: Signals) -> MergedSignals:
    """
    Compare a file's signals with those held of the same components and instants.

    The rows of one instant of a component stand or fall together: they are unchanged when they
    are just the held ones, and otherwise supersede them. Where the next state of a component
    starts is no part of a state's row.
    """
    new = reading.signals
    fresh = ~_same(new, held)
    accepted = int(fresh.sum())
    return MergedSignals(
        read=reading.read,
        accepted=accepted,
        rejected=len(reading.rejected),
        unchanged=reading.unchanged + len(new) - accepted,
        signals=some_signals(new, fresh),
    )


def _same(new: Signals, held: Signals) -> NDArray[np.bool_]:
    """Return for each new row whether its instant is told just as it is held."""
    both, old = [held, new], len(held)
    names = stacked([Coded(part.component.astype(np.int32), part.components) for part in both])
    since = np.concatenate([part.since for part in both])
    rows = len(since)
    instants = row_keys([names.codes, since], rows)
    columns: list[NDArray[np.integer]] = [instants, _joined(both, "status"), _joined(both, "users")]
    if new.kind is SignalKind.OUTAGES:
        columns.append(_joined(both, "until"))
    whole = row_keys(columns, rows)
    held_count = np.bincount(whole[:old], minlength=rows + 1)
    known = occurrence_of(whole[old:]) < held_count[whole[old:]]
    # An instant is the same if each of its new rows is known and no held row is left over.
    new_of, old_of = instants[old:], instants[:old]
    of_instant = np.bincount(new_of, minlength=rows + 1)
    all_known = np.bincount(new_of[known], minlength=rows + 1) == of_instant
    same = all_known & (np.bincount(old_of, minlength=rows + 1) == of_instant)
    return np.asarray(same[new_of], dtype=np.bool_)


def _joined(parts: list[Signals], name: str) -> NDArray[np.int64]:
    return np.concatenate([getattr(part, name).astype(np.int64) for part in parts])
