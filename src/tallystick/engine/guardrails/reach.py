"""An objective's target against what was ever reached."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.figures import number_in, quantile
from tallystick.engine.guardrails.parts.objectives import Better, Objective
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.spoken import plain

BEST = Fraction(95, 100)
"""The percentile that only the best twentieth lies beyond."""


def out_of_reach(objective: Objective, policy: Policy) -> str | None:
    """Return in words how a target lies beyond its history or benchmark; None if it does not."""
    target = number_in(objective.target)
    if target is None or objective.better is None:
        return None
    for values, words in (
        (objective.history, "its own history"),
        (objective.benchmark, "its benchmark"),
    ):
        if len(values) >= policy.fewest_values:
            best = _best(values, objective.better)
            beyond = target > best if objective.better is Better.HIGHER else target < best
            if beyond:
                return (
                    f"{plain(target)}, and nineteen in twenty values of {words} "
                    f"reach no more than {plain(best)}"
                )
    return None


def _best(values: Sequence[Decimal], better: Better) -> Fraction:
    return quantile(values, BEST if better is Better.HIGHER else 1 - BEST)
