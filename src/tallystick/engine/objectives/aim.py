"""From where to where and by when: the figures of an objective, checked once."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    MAINTAIN = "maintain"


class TargetIsBaseline(Refusal):
    """The target is where things stand already; that is no objective, unless it is kept."""

    code = "objectives.target-is-baseline"


class TargetBackwards(Refusal):
    """The target lies on the worse side of the baseline."""

    code = "objectives.target-backwards"


class DueBeforeBaseline(Refusal):
    """The target is due no later than the day on which the baseline was measured."""

    code = "objectives.due-before-baseline"


class ToleranceBelowNothing(Refusal):
    """A tolerance is a distance; it lies at 0 or above."""

    code = "objectives.tolerance-below-nothing"


@dataclass(frozen=True, slots=True)
class Aim:
    """
    The way an objective goes, in the unit of its measure.

    `tolerance` is how far from the target counts as kept, either way; only `MAINTAIN` asks.

    Raises:
        TargetIsBaseline, TargetBackwards, DueBeforeBaseline, ToleranceBelowNothing.
    """

    direction: Direction
    baseline: Number
    baseline_on: date
    target: Number
    due_on: date
    tolerance: Number = 0

    def __post_init__(self) -> None:
        if self.due_on <= self.baseline_on:
            raise DueBeforeBaseline(
                f"The target is due on {self.due_on}, and the baseline is of {self.baseline_on}.",
                place="due_on",
                remedy="Choose a later day, or correct the baseline's.",
            )
        if self.tolerance < 0:
            raise ToleranceBelowNothing(
                f"The tolerance is {self.tolerance}.",
                place="tolerance",
                remedy="Give how far from the target still counts as kept, 0 or more.",
            )
        if self.direction is not Direction.MAINTAIN:
            self._check_way()

    def _check_way(self) -> None:
        if self.target == self.baseline:
            raise TargetIsBaseline(
                f"The target and the baseline are both {self.target}.",
                place="target",
                remedy="Set another target, or say that the value is to be maintained.",
            )
        if (self.target > self.baseline) != (self.direction is Direction.HIGHER):
            raise TargetBackwards(
                f"{self.direction.capitalize()} is better, and the target {self.target} is worse "
                f"than the baseline {self.baseline}.",
                place="target",
                remedy="Change the target, or which way is better.",
            )
