"""One service level in one window: the figure, what it was judged against, and the verdict."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tallystick.engine.service_levels.terms.goals import Goal, Unit


class Verdict(StrEnum):
    """
    Whether a service level was kept.

    `below-expected` misses the expected level and keeps the minimum. A window in which nothing
    was decided is `nothing-due`; one whose data do not suffice is `not-measured`.
    """

    MET = "met"
    BELOW_EXPECTED = "below-expected"
    MISSED = "missed"
    NOTHING_DUE = "nothing-due"
    NOT_MEASURED = "not-measured"


@dataclass(frozen=True, slots=True)
class Measurement:
    """
    The figure of a window: `numerator` / `denominator`, in the unit of the target.

    A share counts items, probes or seconds: those that were kept of those that were decided. A
    mean is the sum over the count; a percentile, a volume or a backlog stands over 1. `count` is
    how many items, probes or seconds stand behind it.

    `pending` items belong to the window but are not decided yet, `excluded` ones have no limit
    or were cancelled, `relieved` ones were excused; they are in no count. Of availability, the
    excused seconds are `excluded`, and `unmeasured` ones have no valid data. `why` says which
    rule of the agreement, beyond the plain comparison, led to the verdict. In a start-up window,
    `reporting_only`, the verdict has no consequence.
    """

    service_level: str
    window: str
    numerator: int
    denominator: int
    pending: int
    target: Goal
    verdict: Verdict
    count: int = 0
    minimum: Goal | None = None
    excluded: int = 0
    relieved: int = 0
    unmeasured: int = 0
    why: str = ""
    reporting_only: bool = False

    def __post_init__(self) -> None:
        parts = (self.numerator, self.denominator, self.pending, self.excluded, self.unmeasured)
        beyond = self.target.unit is Unit.SHARE and self.numerator > self.denominator
        if min(parts) < 0 or beyond:
            raise ValueError(
                f"{self.numerator} of {self.denominator}, {self.pending} pending, is no count"
            )

    @property
    def value(self) -> Fraction | None:
        """Return the exact figure in the target's unit; None if nothing was decided."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def attainment(self) -> Fraction | None:
        """Return the exact share that was kept; None if nothing was, or if it is no share."""
        return self.value if self.target.unit is Unit.SHARE else None


def truncated(share: Fraction) -> Decimal:
    """Return a share with six decimals, cut off: it is never shown better than it is."""
    return Decimal(share.numerator * 10**6 // share.denominator) / 10**6


def as_values(measured: Measurement) -> dict[str, Any]:
    """
    Return the plain values that every door prints for a measurement.

    `value`, `target` and `minimum` are in `unit`: shares between 0 and 1, seconds, or numbers,
    cut off after six decimals. `attainment` is the value of a share, None if nothing was due.
    """
    goal, minimum, value = measured.target, measured.minimum, measured.value
    return {
        "service_level": measured.service_level,
        "window": measured.window,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "attainment": None if measured.attainment is None else truncated(measured.attainment),
        "target": truncated(goal.value),
        "verdict": measured.verdict.value,
        "value": None if value is None else truncated(value),
        "unit": goal.unit.value,
        "direction": goal.direction.value,
        "minimum": None if minimum is None else truncated(minimum.value),
        "count": measured.count,
        "pending": measured.pending,
        "excluded": measured.excluded,
        "relieved": measured.relieved,
        "unmeasured": measured.unmeasured,
        "why": measured.why,
        "reporting_only": measured.reporting_only,
    }


@dataclass(frozen=True, slots=True)
class Fared:
    """A measurement, and the digest of what became of the items or seconds behind it."""

    measurement: Measurement
    digest: str
