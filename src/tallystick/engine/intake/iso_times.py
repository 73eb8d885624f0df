"""Texts such as 2025-01-02T03:04:05Z -> instants, many at once; what is not so plain is left."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.offsets import offsets
from tallystick.engine.values import Instants

_WALL = "0000-00-00T00:00:00"
_OFFSETS = ("", "Z", "+00:00")
_DIGIT = ord("0")

_Digits = NDArray[np.uint8]
_Mask = NDArray[np.bool_]


def plain_times(
    texts: Sequence[str], zone: ZoneInfo | None, years: tuple[int, int]
) -> tuple[Instants, _Mask]:
    """
    Return the instants of texts, and which of them are plain: of years within two, both included.

    Plain is a date and a time of day to the second, with `Z`, with an offset as +01:00 or, if a
    zone is given, with none. The other texts may be times all the same.
    """
    at = np.zeros(len(texts), dtype=np.int64)
    plain = np.zeros(len(texts), dtype=np.bool_)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    for suffix in _OFFSETS:
        if not suffix and zone is None:
            continue
        rows = np.flatnonzero(lengths == len(_WALL) + len(suffix))
        if len(rows):
            at[rows], plain[rows] = _of_one_length([texts[r] for r in rows.tolist()], suffix, years)
        if not suffix and zone is not None:
            local = rows[plain[rows]]
            at[local] -= offsets(at[local], zone)
    return at, plain


def _of_one_length(
    texts: Sequence[str], suffix: str, years: tuple[int, int]
) -> tuple[Instants, _Mask]:
    shape = _WALL + suffix
    # What is not ASCII becomes a question mark, which is no digit and no sign of a time.
    letters = np.frombuffer("".join(texts).encode("ascii", "replace"), dtype=np.uint8)
    table = letters.reshape(len(texts), len(shape))
    good = _fits(table, shape)
    digits = table - _DIGIT
    wall, exists = _wall(digits, years)
    good &= exists
    if suffix == "+00:00":
        hours, minutes = _number(digits, 20, 22), _number(digits, 23, 25)
        good &= (hours < 24) & (minutes < 60)
        sign = np.where(table[:, 19] == ord("-"), -1, 1)
        wall -= sign * (hours * 3_600 + minutes * 60)
    return np.where(good, wall, 0), good


def _fits(table: _Digits, shape: str) -> _Mask:
    """Tell which texts have digits and signs where the shape has them; T may be a space."""
    good = np.ones(len(table), dtype=np.bool_)
    for place, sign in enumerate(shape):
        column = table[:, place]
        if sign == "0":
            good &= (column >= _DIGIT) & (column <= _DIGIT + 9)
        else:
            allowed = {"T": "T ", "+": "+-"}.get(sign, sign)
            good &= np.isin(column, [ord(each) for each in allowed])
    return good


def _number(digits: _Digits, start: int, end: int) -> NDArray[np.int64]:
    number = np.zeros(len(digits), dtype=np.int64)
    for place in range(start, end):
        number = number * 10 + digits[:, place]
    return number


def _wall(digits: _Digits, years: tuple[int, int]) -> tuple[Instants, _Mask]:
    """Return the seconds since 1970 that a clock showed, and whether there is such a moment."""
    year, month, day = (_number(digits, *edges) for edges in ((0, 4), (5, 7), (8, 10)))
    hour, minute, second = (_number(digits, *edges) for edges in ((11, 13), (14, 16), (17, 19)))
    exists = (years[0] <= year) & (year <= years[1]) & (month >= 1) & (month <= 12)
    months = np.where(exists, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    exists &= (day >= 1) & (day <= following - first)
    exists &= (hour < 24) & (minute < 60) & (second < 60)
    return (first + day - 1) * 86_400 + hour * 3_600 + minute * 60 + second, exists
