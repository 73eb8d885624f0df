"""Measurements of one service level, in order -> whether its attainment is falling."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tallystick.engine.service_levels.measurement import Measurement

FALLS_IN_A_ROW = 3
"""So many windows, each lower than the one before it, make a falling trend."""

NOTABLE_DROP = Fraction(2, 100)
"""So far below the three windows before, the last three make a falling trend."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A falling trend: the windows that show it, oldest first, and by how much they fell."""

    windows: tuple[str, ...]
    drop: Fraction
    sentence: str


def falling_trend(measurements: Sequence[Measurement]) -> Fall | None:
    """
    Return the fall that the latest windows show, None if they show none.

    Windows in which nothing was decided are passed over. A trend is falling if each of the last
    three windows is lower than the one before it; or else if the share kept over the last three
    windows together lies at least two percentage points below that of the three before them.
    Whether the level is still met plays no part: a fall is worth a word before it is a miss.
    """
    decided = [measured for measured in measurements if measured.denominator]
    return _in_a_row(decided[-FALLS_IN_A_ROW - 1 :]) or _by_drop(decided[-6:])


def is_falling(measurements: Sequence[Measurement]) -> bool:
    """Return whether the latest windows show a falling trend."""
    return falling_trend(measurements) is not None


def _in_a_row(last: list[Measurement]) -> Fall | None:
    shares = [_share([measured]) for measured in last]
    lower = [after < before for before, after in pairwise(shares)]
    if len(lower) < FALLS_IN_A_ROW or not all(lower):
        return None
    drop = shares[0] - shares[-1]
    since = f"since {last[0].window}"
    return Fall(
        tuple(measured.window for measured in last),
        drop,
        f"Attainment fell in each of the last three windows, by {_points(drop)} {since}.",
    )


def _by_drop(last: list[Measurement]) -> Fall | None:
    if len(last) < 6:
        return None
    drop = _share(last[:3]) - _share(last[3:])
    if drop < NOTABLE_DROP:
        return None
    return Fall(
        tuple(measured.window for measured in last),
        drop,
        f"Attainment of the last three windows lies {_points(drop)} below the three before.",
    )


def _share(windows: list[Measurement]) -> Fraction:
    kept = sum(measured.numerator for measured in windows)
    return Fraction(kept, sum(measured.denominator for measured in windows))


def _points(drop: Fraction) -> str:
    hundredths = int(drop * 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02} percentage points"
