"""What became of the items of each window, as a digest that parts of the items add up to."""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect
from tallystick.engine.service_levels.outcomes import NO_WINDOW, Outcomes

Prints = NDArray[np.uint64]
"""Shape (windows, 3): two sums of hashes of items, and their number."""

_COLUMNS = (
    "cycle", "opened", "due", "first_due", "done", "counted", "paused", "elapsed", "limit",
    "value", "verdict", "reason", "flags", "last_window",
)  # fmt: skip
_HASHES = "select md5_number_lower(id) as low, md5_number_upper(id) as high from ids"
# The multipliers of splitmix64 (Steele, Lea and Flood 2014).
_ODD, _ONE, _TWO = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)


def prints_of(outcomes: Outcomes, windows: int) -> Prints:
    """
    Return the fingerprints of the windows; they add up, whatever the order or the parts.

    They tell figures that were computed again from figures that changed; they prove nothing
    against somebody who forges them.
    """
    found = np.zeros((windows + 1, 3), dtype=np.uint64)
    rows = np.flatnonzero(outcomes.window != NO_WINDOW)
    if len(rows):
        part = outcomes.some(rows)
        hashes = np.stack([*_hashes(part), np.ones(len(rows), dtype=np.uint64)], axis=1)
        # An item that is carried forward stands in each window up to its last.
        np.add.at(found, part.window, hashes)
        np.subtract.at(found, part.last_window + 1, hashes)
        found = np.cumsum(found, axis=0, dtype=np.uint64)
    return found[:windows]


def no_prints(windows: int) -> Prints:
    """Return the fingerprints of windows without items."""
    return np.zeros((windows, 3), dtype=np.uint64)


def digest_of(prints: Prints, window: int) -> str:
    """Return the digest of one window."""
    return "sha256:" + sha256(prints[window].astype("<u8").tobytes()).hexdigest()


def _hashes(outcomes: Outcomes) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    with connect() as connection:
        connection.register("ids", {"id": np.array([*outcomes.names(), None], object)[:-1]})
        lanes = connection.execute(_HASHES).fetchnumpy()
        connection.unregister("ids")
    low, high = lanes["low"].astype(np.uint64), lanes["high"].astype(np.uint64)
    for name in _COLUMNS:
        column = getattr(outcomes, name).astype(np.int64).view(np.uint64)
        low, high = _mixed(low ^ column), _mixed(high + column * _ODD)
    return low, high


def _mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = value + _ODD
    value = (value ^ (value >> np.uint64(30))) * _ONE
    value = (value ^ (value >> np.uint64(27))) * _TWO
    return np.asarray(value ^ (value >> np.uint64(31)), dtype=np.uint64)
