"""Parts of a history: some of its rows, or what was known of it at an instant."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.values import Coded, Spans


def rows_of(spans: Spans, chosen: NDArray[np.bool_] | slice) -> Spans:
    """Return the chosen rows of a history, with the same ids."""
    return replace(
        spans,
        item=spans.item[chosen],
        since=spans.since[chosen],
        until=spans.until[chosen],
        state=spans.state[chosen],
        line=spans.line[chosen],
        attributes={name: _some(column, chosen) for name, column in spans.attributes.items()},
        origin=_some(spans.origin, chosen) if spans.origin else None,
    )


def _some(column: Coded, chosen: NDArray[np.bool_] | slice) -> Coded:
    return Coded(column.codes[chosen], column.values)


def known_at(spans: Spans, as_of: int) -> Spans:
    """Return what was known at an instant: later changes are cut off, none lasts beyond it."""
    known = spans.since <= as_of
    if not known.all():
        spans = rows_of(spans, known)
    return replace(spans, until=np.minimum(spans.until, as_of))
