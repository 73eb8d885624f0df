"""Losses over an axis -> which seconds were up, down, excused and unmeasured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.availability.composing import composed
from tallystick.engine.service_levels.availability.excuses import (
    NOT_EXCUSED,
    Excuse,
    edges_of,
    excused_by,
)
from tallystick.engine.service_levels.availability.figures import Figure
from tallystick.engine.service_levels.availability.losses import Loss, Track, loss_of
from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.terms.availability import AvailabilityTerms, Formula
from tallystick.engine.service_levels.terms.composition import Composition
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.values import Instants

Seconds = NDArray[np.int64]
Part = str | Composition


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """
    What every figure of one measuring is made by.

    `unnoticed` is maintenance that excuses nothing, told in reasons alone. Where outages are
    `recorded`, a component without one is up.
    """

    terms: AvailabilityTerms
    working: WorkingTime
    windows: tuple[Window, ...]
    excuses: tuple[Excuse, ...]
    unnoticed: tuple[Excuse, ...]
    as_of: int
    recorded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The four parts of the service hours of each stretch; they add up to all of them."""

    up: Seconds
    down: Seconds
    excused: Seconds
    unmeasured: Seconds


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """
    A component or group over stretches [edges[i], edges[i + 1]) up to the instant of measuring.

    Per stretch: the loss, whether it belongs to an outage too short to count, the position of
    the excuse that covers it (or NOT_EXCUSED), and its parts.
    """

    edges: Instants
    losses: Mapping[str, Loss]
    loss: Loss
    short: NDArray[np.bool_]
    excuse: NDArray[np.int64]
    parts: Parts


def timeline_of(part: Part, tracks: Mapping[str, Track], rules: Rules) -> Timeline:
    """Lay a component or a group, the tracks of which are given, along its axis."""
    names = [part] if isinstance(part, str) else list(part.names())
    edges = _axis([tracks[name].edges for name in names], rules)
    starts = edges[:-1]
    losses = {name: loss_of(tracks[name], starts, rules.terms, rules.recorded) for name in names}
    loss = composed(part, losses, rules.terms.users)
    short = _short(loss.known & (loss.affected > 0), np.diff(edges), rules.terms.minimum_outage)
    excuse = excused_by(rules.excuses, starts)
    seconds = np.diff(rules.working.worked(edges))
    parts = _parts(loss, short, excuse != NOT_EXCUSED, seconds, rules.terms)
    return Timeline(edges, losses, loss, short, excuse, parts)


def _axis(columns: Sequence[Instants], rules: Rules) -> Instants:
    """Return every instant at which anything may change, the instant of measuring the last."""
    own = [edge for window in rules.windows for edge in (window.start, window.end)]
    planned = edges_of([*rules.excuses, *rules.unnoticed])
    edges = np.unique(np.concatenate([*columns, planned, np.array(own, np.int64)]))
    return np.append(edges[edges < rules.as_of], rules.as_of)


def _short(down: NDArray[np.bool_], lengths: Seconds, least: int) -> NDArray[np.bool_]:
    """Return which stretches belong to an unbroken outage of less than `least` seconds."""
    if not least or not down.any():
        return np.zeros_like(down)
    outage = np.cumsum(np.diff(down, prepend=False))  # odd while down, and one number per outage
    length = np.zeros(int(outage[-1]) + 1, dtype=np.int64)
    np.add.at(length, outage, lengths)
    return np.asarray(down & (length[outage] < least), dtype=np.bool_)


def _parts(
    loss: Loss,
    short: NDArray[np.bool_],
    excused: NDArray[np.bool_],
    seconds: Seconds,
    terms: AvailabilityTerms,
) -> Parts:
    """Give each second to one part; see `Formula` for what an excuse leaves out."""
    whole = excused & (terms.formula is Formula.LESS_MAINTENANCE)
    counts = loss.known & ~whole
    affected = np.where(counts & ~short, loss.affected, 0)
    charged = np.where(counts & ~short & ~excused, loss.charged, 0)
    everybody = seconds * terms.users
    up = np.where(counts, everybody - affected * seconds, 0)
    down = charged * seconds
    unmeasured = np.where(loss.known | whole, 0, everybody)
    return Parts(up, down, everybody - up - down - unmeasured, unmeasured)


def figures_of(timeline: Timeline, rules: Rules) -> tuple[Figure, ...]:
    """Return the figure of each window; one that has not begun has nothing in it."""
    parts = timeline.parts
    sums = {name: np.r_[0, np.cumsum(getattr(parts, name))] for name in ("up", "down", "excused")}
    sums["unmeasured"] = np.r_[0, np.cumsum(parts.unmeasured)]
    return tuple(
        Figure(
            window=window.text,
            least_measured=rules.terms.least_measured,
            **{name: _between(column, timeline.edges, window) for name, column in sums.items()},
        )
        for window in rules.windows
    )


def _between(sums: Seconds, edges: Instants, window: Window) -> int:
    first, last = np.searchsorted(edges, [window.start, window.end])
    most = len(sums) - 1
    return int(sums[min(int(last), most)] - sums[min(int(first), most)])
