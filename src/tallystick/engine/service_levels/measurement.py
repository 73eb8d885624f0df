"""One service level in one window: the counts, the attainment and the verdict."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Verdict(StrEnum):
    """Whether a service level was kept; a window in which nothing was decided is neither."""

    MET = "met"
    MISSED = "missed"
    NOTHING_DUE = "nothing-due"


@dataclass(frozen=True, slots=True)
class Measurement:
    """
    How many items of a window were decided, and how many of them kept their limit.

    `pending` items belong to the window but are not decided yet; they are in no count.
    """

    service_level: str
    window: str
    numerator: int
    denominator: int
    pending: int
    target: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator or self.pending < 0:
            raise ValueError(
                f"{self.numerator} of {self.denominator}, {self.pending} pending, is no count"
            )
        if not 0 < self.target <= 1:
            raise ValueError(f"a target lies above 0 and up to 1, not {self.target}")

    @property
    def attainment(self) -> Fraction | None:
        """Return the exact share that kept its limit; None if nothing was decided."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def verdict(self) -> Verdict:
        """Return met if the exact attainment reaches the target; nothing is rounded."""
        if self.attainment is None:
            return Verdict.NOTHING_DUE
        return Verdict.MET if self.attainment >= self.target else Verdict.MISSED


def truncated(share: Fraction) -> Decimal:
    """Return a share with six decimals, cut off: it is never shown better than it is."""
    return Decimal(share.numerator * 10**6 // share.denominator) / 10**6


def as_values(measured: Measurement) -> dict[str, Any]:
    """
    Return the plain values that every door prints for a measurement.

    `attainment` and `target` are shares between 0 and 1, `attainment` None if nothing was due.
    """
    attainment = measured.attainment
    return {
        "service_level": measured.service_level,
        "window": measured.window,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "attainment": None if attainment is None else truncated(attainment),
        "target": truncated(measured.target),
        "verdict": measured.verdict.value,
    }
