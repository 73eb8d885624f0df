"""Why a stretch of a service was up, down or neither, in words, with the rows that tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.availability.losses import (
    NO_ROW,
    Track,
    deciding_rows,
)
from tallystick.engine.service_levels.availability.timeline import Rules, Timeline
from tallystick.engine.service_levels.terms.availability import Weight
from tallystick.engine.service_levels.terms.quantities import limit_text
from tallystick.engine.signals import MAINTENANCE, SignalKind, Signals
from tallystick.engine.values import FOREVER


@dataclass(frozen=True, slots=True)
class Source:
    """The component that decides a stretch, and its row: 0 and empty where there is none."""

    component: str = ""
    line: int = 0
    origin: str = ""
    row: int = NO_ROW  # position in the signals


class Reasons:
    """Tells the source of each stretch of a timeline, and puts its reason into words."""

    def __init__(
        self, signals: Signals, timeline: Timeline, tracks: Mapping[str, Track], rules: Rules
    ) -> None:
        """Find the deciding row of each component for each stretch."""
        self._signals = signals
        self._timeline = timeline
        self._rules = rules
        self._names: Sequence[str] = list(timeline.losses)
        starts = timeline.edges[:-1]
        self._rows: dict[str, NDArray[np.int64]] = {
            name: np.append(tracks[name].row, NO_ROW)[deciding_rows(tracks[name], starts)]
            for name in self._names
        }

    def affected(self, stretch: int) -> Source:
        """Return the first component that is not up."""
        return self._first(
            stretch,
            [
                name
                for name, loss in self._timeline.losses.items()
                if loss.known[stretch] and loss.affected[stretch] > 0
            ],
        )

    def unknown(self, stretch: int) -> Source:
        """Return the first component that is not known."""
        losses = self._timeline.losses.items()
        return self._first(stretch, [name for name, loss in losses if not loss.known[stretch]])

    def up(self, stretch: int) -> Source:
        """Return the only component there is, if there is only one."""
        return self._first(stretch, self._names if len(self._names) == 1 else [])

    def _first(self, stretch: int, names: Sequence[str]) -> Source:
        if not names:
            return Source()
        row = int(self._rows[names[0]][stretch])
        if row == NO_ROW:
            return Source(names[0])
        origin = self._signals.origin.text(row) if self._signals.origin else ""
        return Source(names[0], int(self._signals.line[row]), origin, row)

    def why_unknown(self, source: Source) -> str:
        """Say why a stretch is not measured."""
        if not len(self._signals):
            return "There are no data."
        if self._signals.kind is SignalKind.PROBES:
            return f"No valid probe tells of {source.component}."
        return f"The state of {source.component} is not known."

    def why_down(self, stretch: int, source: Source) -> str:
        """Say why a stretch is downtime."""
        loss, terms = self._timeline.loss, self._rules.terms
        told = f"{source.component} is down"
        if source.row != NO_ROW and self._signals.status[source.row] == MAINTENANCE:
            told = f"{source.component} is under maintenance"
        if terms.weight is Weight.USERS:
            told += f", for {loss.affected[stretch]} of {terms.users} users"
        if source.row != NO_ROW and self._is_open(source.row):
            told += "; the outage has no end yet"
        start = int(self._timeline.edges[stretch])
        for window in self._rules.unnoticed:
            if window.since <= start < window.until:
                return f"{told}; of this maintenance {window.why}."
        return f"{told}."

    def _is_open(self, row: int) -> bool:
        outages = self._signals.kind is SignalKind.OUTAGES
        return outages and int(self._signals.until[row]) == FOREVER

    def why_short(self, source: Source) -> str:
        """Say why downtime does not count."""
        least = limit_text(self._rules.terms.minimum_outage)
        return f"{source.component} is down, and an outage shorter than {least} does not count."

    def why_excused(self, source: Source) -> str:
        """Say what excuses downtime."""
        return f"{source.component} is down, and the data excuse it."
