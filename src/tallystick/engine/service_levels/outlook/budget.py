"""Kept, missed and still to come -> how many misses a window can bear; exact integers."""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit


class Standing(StrEnum):
    """Whether what is still to come can change the verdict on a window."""

    SAFE = "safe"  # kept even if all that is still to come is missed
    OPEN = "open"
    LOST = "lost"  # missed even if all that is still to come is kept


def error_share(goal: Goal) -> Fraction:
    """
    Return the part of a whole that may go wrong: 1/20 for `95%`, and for `<= 5%` as well.

    Raises:
        ValueError: if the goal is no share.
    """
    if goal.unit is not Unit.SHARE:
        raise ValueError(f"only a share has an error budget, not {goal.unit}")
    return 1 - goal.value if goal.direction is Direction.AT_LEAST else goal.value


@dataclass(frozen=True, slots=True)
class Budget:
    """
    The error budget of one window (Google, Site Reliability Engineering, 2016, chapter 3).

    `share` of the whole may be missed. The counts are items, probes or seconds, one of them
    throughout: `kept` and `missed` are decided, `pending` belong to the window and are not
    decided yet, `further` are expected to come into it before it ends.

    "So far" weighs what is decided alone; the rest weighs the expected whole of the window.
    """

    share: Fraction
    kept: int
    missed: int
    pending: int = 0
    further: int = 0

    def __post_init__(self) -> None:
        if min(self.kept, self.missed, self.pending, self.further) < 0:
            raise ValueError(f"{self} counts less than nothing")
        if not 0 <= self.share <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {self.share}")

    @property
    def decided(self) -> int:
        """Return the denominator so far."""
        return self.kept + self.missed

    @property
    def whole(self) -> int:
        """Return the denominator that the window is expected to end with."""
        return self.decided + self.pending + self.further

    @property
    def allowed_so_far(self) -> int:
        """Return how many misses what is decided may hold."""
        return allowed_misses(self.share, self.decided)

    @property
    def allowed(self) -> int:
        """Return how many misses the whole window may hold."""
        return allowed_misses(self.share, self.whole)

    @property
    def left(self) -> int:
        """Return how many more misses the window can bear; negative if it cannot be met."""
        return self.allowed - self.missed

    @property
    def left_so_far(self) -> int:
        """Return how far the misses are below those allowed so far; negative if above."""
        return self.allowed_so_far - self.missed

    @property
    def spent(self) -> Fraction | None:
        """Return the part of the whole window's budget that is used up; None if it has none."""
        budget = self.share * self.whole
        return self.missed / budget if budget else None

    @property
    def spent_so_far(self) -> Fraction | None:
        """Return the misses as part of the budget so far: the window's burn rate until now."""
        budget = self.share * self.decided
        return self.missed / budget if budget else None

    @property
    def standing(self) -> Standing:
        """Return whether what is still to come can change the verdict."""
        if self.left < 0:
            return Standing.LOST
        return Standing.SAFE if self.left >= self.pending + self.further else Standing.OPEN

    @property
    def kept_needed(self) -> int | None:
        """
        Return how many in a row must be kept, beyond those decided, to stand at the target.

        0 if it is reached now; None if no number of them makes up for a miss.
        """
        if not self.share:
            return None if self.missed else 0
        return max(0, math.ceil(self.missed / self.share) - self.decided)


def allowed_misses(share: Fraction, whole: int) -> int:
    """Return how many of `whole` may be missed if `share` of them may: cut off, never rounded."""
    return math.floor(share * whole)


def item_budget(
    goal: Goal, *, kept: int, missed: int, pending: int = 0, further: int = 0
) -> Budget:
    """
    Return the budget of a window of items or probes.

    Under a goal that is not to be exceeded, such as `<= 5%` reopened, the items that its figure
    counts are the missed ones.

    Raises:
        ValueError: if the goal is no share, or a count is negative.
    """
    return Budget(error_share(goal), kept, missed, pending, further)


def time_budget(goal: Goal, *, up: int, down: int, remaining: int) -> Budget:
    """
    Return the budget of a window of service time, in seconds of the agreed hours.

    `remaining` is the service time from now to the end of the window; excused downtime is in
    no count.

    Raises:
        ValueError: if the goal is no share, or a number of seconds is negative.
    """
    return Budget(error_share(goal), up, down, further=remaining)


def budget_of(measured: Measurement, *, further: int = 0) -> Budget:
    """
    Return the budget behind a measurement of items, probes or seconds.

    Raises:
        ValueError: if its target is no share.
    """
    counts, others = measured.numerator, measured.denominator - measured.numerator
    at_least = measured.target.direction is Direction.AT_LEAST
    kept, missed = (counts, others) if at_least else (others, counts)
    return Budget(error_share(measured.target), kept, missed, measured.pending, further)
