"""Pairwise comparisons of criteria -> weights, and how consistent they are (AHP)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.refusals import Refusal

RANDOM_INDEX: tuple[float, ...] = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
"""
The mean consistency index of random matrices of 1 to 15 criteria (Saaty 1980).

Other tables differ: with 0.52 instead of 0.58 for three, a ratio of 0.033 becomes 0.037.
"""
MOST_CRITERIA = len(RANDOM_INDEX)
CONSISTENT = 0.10
"""The ratio up to which comparisons are consistent enough to be used (Saaty)."""
_RECIPROCAL = 0.01
"""How far a pair may miss 1 when multiplied: thirds are typed as 0.33."""
_NOISE = 1e-9

Matrix = NDArray[np.float64]


class ComparisonsRefused(Refusal):
    """The comparisons form no matrix of positive numbers and their reciprocals."""

    code = "comparisons.refused"


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    The comparison that fits the others least.

    `given` says how many times more `first` weighs than `second`; all judgements together say
    `implied`; `deviation` is how many times the larger of the two exceeds the other.
    """

    first: str
    second: str
    given: float
    implied: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """
    Weights that add up to 1, with lambda max, the consistency index and its ratio to chance.

    `look_again` is the least consistent judgement; None if all agree.
    """

    weights: Mapping[str, float]
    lambda_max: float
    index: float
    ratio: float
    look_again: Judgement | None

    @property
    def consistent(self) -> bool:
        """Return whether the ratio is at most 0.10."""
        return self.ratio <= CONSISTENT


def weigh(names: Sequence[str], matrix: Sequence[Sequence[float]]) -> Weighing:
    """
    Return the weights that pairwise comparisons give: geometric means of the rows.

    `matrix[i][j]` says how many times more `names[i]` weighs than `names[j]`. Lambda max is the
    mean of (A w)_i / w_i, CI = (lambda max - n) / (n - 1), CR = CI / RI; one or two criteria
    cannot contradict themselves, so their ratio is 0. (Saaty 1980; Crawford and Williams 1985.)

    Raises:
        ComparisonsRefused: if it is no square of positive reciprocals, or of more than 15.
    """
    compared = _checked(names, matrix)
    size = len(names)
    raw = np.exp(np.log(compared).mean(axis=1))
    weights = raw / raw.sum()
    lambda_max = float(np.mean(compared @ weights / weights))
    index = max(0.0, (lambda_max - size) / (size - 1)) if size > 2 else 0.0
    ratio = index / RANDOM_INDEX[size - 1] if size > 2 else 0.0
    return Weighing(
        weights=dict(zip(names, weights.tolist(), strict=True)),
        lambda_max=lambda_max,
        index=index,
        ratio=ratio,
        look_again=_least_consistent(names, compared, weights),
    )


def reciprocal(names: Sequence[str], judged: Mapping[tuple[str, str], float]) -> list[list[float]]:
    """
    Return the matrix of judgements that are each given once, in either direction.

    Raises:
        ComparisonsRefused: if a pair was not compared, or is compared to nothing.
    """
    rows = [[1.0] * len(names) for _ in names]
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            value = judged.get((first, second))
            back = judged.get((second, first))
            if value is None and not back:
                raise _refused(f"{second} and {first} were not compared", first)
            rows[i][j] = value if value is not None else 1 / (back or 1.0)
            if rows[i][j] <= 0:
                raise _refused(f"{first} is compared to {second} as {rows[i][j]}", first)
            rows[j][i] = 1 / rows[i][j]
    return rows


def _checked(names: Sequence[str], matrix: Sequence[Sequence[float]]) -> Matrix:
    size = len(names)
    if not 1 <= size <= MOST_CRITERIA:
        raise _refused(f"{size} criteria are compared; 1 to {MOST_CRITERIA} can be", "")
    if len(matrix) != size or any(len(row) != size for row in matrix):
        raise _refused(f"the matrix of {size} criteria has other than {size} rows and columns", "")
    compared = np.asarray(matrix, dtype=np.float64)
    for i, j in np.argwhere(~(np.isfinite(compared) & (compared > 0))).tolist():
        raise _refused(f"{names[i]} is compared to {names[j]} as {matrix[i][j]}", names[i])
    apart = np.abs(compared * compared.T - 1) > _RECIPROCAL + _NOISE
    for i, j in np.argwhere(apart).tolist():
        raise _refused(
            f"{names[i]} to {names[j]} is {matrix[i][j]} and the other way {matrix[j][i]}, "
            "which is not its reciprocal",
            names[i],
        )
    return compared


def _least_consistent(names: Sequence[str], compared: Matrix, weights: Matrix) -> Judgement | None:
    """Return the cell with the largest a_ij w_j / w_i, or its inverse; None if all are 1."""
    off = np.triu(np.abs(np.log(compared * weights[None, :] / weights[:, None])), k=1)
    i, j = (int(each) for each in np.unravel_index(int(np.argmax(off)), off.shape))
    if off[i, j] <= _NOISE:
        return None
    implied = float(weights[i] / weights[j])
    return Judgement(names[i], names[j], float(compared[i, j]), implied, math.exp(off[i, j]))


def _refused(problem: str, name: str) -> ComparisonsRefused:
    return ComparisonsRefused(
        f"{problem[0].upper()}{problem[1:]}.",
        place=f"comparisons.{name}" if name else "comparisons",
        remedy="Compare each pair once, with a number above 0; group more than 15 criteria.",
    )
