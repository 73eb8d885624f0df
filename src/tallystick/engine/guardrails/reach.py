"""An objective's target against what was ever reached, in words."""

from tallystick.engine.guardrails.figures import number_in
from tallystick.engine.guardrails.parts.objectives import Objective
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.spoken import plain
from tallystick.engine.objectives import Direction, reach_of
from tallystick.engine.objectives.reach import Compared

WORDS = {Compared.HISTORY: "its own history", Compared.BENCHMARK: "its benchmark"}


def out_of_reach(objective: Objective, policy: Policy) -> str | None:
    """Return in words how a target lies beyond its history or benchmark; None if it does not."""
    target = number_in(objective.target)
    direction = Direction(objective.better) if objective.better else None
    beyond = reach_of(
        target, direction, objective.history, objective.benchmark, fewest=policy.fewest_values
    ).beyond
    if target is None or beyond is None:
        return None
    return (
        f"{plain(target)}, and nineteen in twenty values of {WORDS[beyond.of]} "
        f"reach no more than {plain(beyond.best)}"
    )
