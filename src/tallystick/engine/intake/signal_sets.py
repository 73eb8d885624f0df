"""Signals as columns in source order -> Signals, and parts of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import stacked
from tallystick.engine.intake.columns import chosen, ordered
from tallystick.engine.signals import SignalKind, Signals, no_signals
from tallystick.engine.values import FOREVER, Coded, Instants


def sorted_signals(
    kind: SignalKind,
    component: Coded,
    since: Instants,
    until: Instants,
    status: NDArray[np.int8],
    users: NDArray[np.int64],
    line: NDArray[np.int64],
    origin: Coded,
) -> Signals:
    """
    Return signals from columns in source order; no component is empty.

    The end of a state is where its component's next state starts, whatever `until` says.
    """
    component = ordered(component)
    # lexsort is stable: rows of one component and one second stay in source order.
    rows = np.lexsort((since, component.codes))
    found = Signals(
        kind=kind,
        component=component.codes[rows].astype(np.int64),
        since=since[rows],
        until=until[rows],
        status=status[rows],
        users=users[rows],
        line=line[rows],
        components=component.values,
        origin=chosen(origin, rows),
    )
    return replace(found, until=_next_starts(found)) if kind is SignalKind.STATES else found


def _next_starts(signals: Signals) -> Instants:
    until = np.full(len(signals), FOREVER, dtype=np.int64)
    follows = np.flatnonzero(np.diff(signals.component) == 0)
    until[follows] = signals.since[follows + 1]
    return until


def some_signals(signals: Signals, rows: NDArray[np.bool_]) -> Signals:
    """Return some rows; components that lose all their rows lose their name."""
    return sorted_signals(
        signals.kind,
        Coded(signals.component[rows].astype(np.int32), signals.components),
        signals.since[rows],
        signals.until[rows],
        signals.status[rows],
        signals.users[rows],
        signals.line[rows],
        chosen(origin_of(signals), rows),
    )


def from_file(signals: Signals, digest: str) -> Signals:
    """Return the rows that a file brought."""
    origin = origin_of(signals)
    codes = [code for code, value in enumerate(origin.values) if value == digest]
    return some_signals(signals, np.isin(origin.codes, codes))


def put_signals_together(kind: SignalKind, parts: Sequence[Signals]) -> Signals:
    """Return all rows of several sets of signals of one kind as one."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return no_signals(kind)
    names = [Coded(part.component.astype(np.int32), part.components) for part in parts]
    return sorted_signals(
        kind,
        stacked(names),
        np.concatenate([part.since for part in parts]),
        np.concatenate([part.until for part in parts]),
        np.concatenate([part.status for part in parts]),
        np.concatenate([part.users for part in parts]),
        np.concatenate([part.line for part in parts]),
        stacked([origin_of(part) for part in parts]),
    )


def naming(signals: Signals, names: Iterable[str]) -> Signals:
    """Return the signals with more components named, of which they tell nothing."""
    every = tuple(sorted({*signals.components, *names}))
    place = {name: code for code, name in enumerate(every)}
    table = np.array([place[name] for name in signals.components], dtype=np.int64)
    component = table[signals.component] if len(signals) else signals.component
    return replace(signals, component=component, components=every)


def origin_of(signals: Signals) -> Coded:
    """Return the digest of each row's file; an empty column where it is not told."""
    return signals.origin or Coded(np.full(len(signals), -1, dtype=np.int32), ())
