"""Outcomes of items -> one measurement per window."""

import numpy as np

from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict, Outcomes
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.windows import Window, windows_of


def tally(
    outcomes: Outcomes,
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    *,
    window: Window | None = None,
) -> list[Measurement]:
    """
    Return the measurements of the months of the term that had begun by `as_of`, in order.

    With `window` (from `read_window`), return that month's alone, begun or not. Met and missed
    items make the denominator, met ones the numerator; excluded items are in neither, and
    pending ones are told apart.
    """
    windows = windows_of(agreement)
    met, missed, pending = (
        _count(outcomes, verdict, len(windows))
        for verdict in (ItemVerdict.MET, ItemVerdict.MISSED, ItemVerdict.PENDING)
    )
    return [
        Measurement(
            service_level=level.id,
            window=month.text,
            numerator=int(met[index]),
            denominator=int(met[index] + missed[index]),
            pending=int(pending[index]),
            target=level.target,
        )
        for index, month in enumerate(windows)
        if (month == window if window else month.start <= as_of)
    ]


def _count(outcomes: Outcomes, verdict: ItemVerdict, windows: int) -> np.ndarray:
    # A window of -1 would otherwise be counted as the last month.
    chosen = (outcomes.verdict == ITEM_VERDICTS.index(verdict)) & (outcomes.window >= 0)
    return np.bincount(outcomes.window[chosen], minlength=windows)
