"""Why rows are rejected: one reason per row, the first that was found."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is rejected: a stable code, the column, a sentence, and what to do about it."""

    code: str
    column: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of the file that was not taken in, with its cells as they stood."""

    line: int
    reason: Reason
    cells: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say in one line what is wrong with the row, where, and what to do."""
        where = f"{self.reason.column}: " if self.reason.column else ""
        return f"{where}{self.reason.sentence}. {self.reason.remedy}"


class Docket:
    """Collects the reason of each rejected row; rows are counted from 0."""

    def __init__(self, rows: int) -> None:
        self.free: NDArray[np.bool_] = np.ones(rows, dtype=np.bool_)
        self.reasons: dict[int, Reason] = {}

    def reject(self, rows: NDArray[np.bool_], why: Callable[[int], Reason]) -> None:
        """Reject the rows of a mask that are still free, each for the reason `why(row)`."""
        for row in np.flatnonzero(rows & self.free).tolist():
            self.reasons[row] = why(row)
        self.free &= ~rows
