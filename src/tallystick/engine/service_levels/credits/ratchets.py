"""Targets that are always exceeded -> the higher ones proposed instead."""

from fractions import Fraction
from math import ceil, floor

from tallystick.engine.service_levels.credits.lines import RatchetProposal
from tallystick.engine.service_levels.credits.money import shown_text
from tallystick.engine.service_levels.credits.months import month_text
from tallystick.engine.service_levels.credits.standing import History, Standing, run_until
from tallystick.engine.service_levels.terms.consequences import Ratchet
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit, figure_text
from tallystick.engine.service_levels.terms.quantities import share_text


def ratchet_in(level: str, clause: Ratchet, month: int, history: History) -> RatchetProposal | None:
    """
    Return the target proposed in a month: None unless a run of `after` months ends in it.

    A run is of months with the same target, each strictly better. One twice as long proposes
    again, so that a proposal which is not taken up comes back once a run, not every month.
    """
    if month not in history:
        return None
    goal = history[month].measurement.target
    run = run_until(month, history, lambda each: _exceeds(each, goal))
    if not run or len(run) % clause.after:
        return None
    months = run[-clause.after :]
    figures = [history[each].figure or Fraction(0) for each in months]
    mean = sum(figures, Fraction(0)) / len(figures)
    risen, formula = _risen(goal, mean, clause)
    value = _easier(risen, goal, clause.decimals)
    if not goal.worse(goal.value, value):
        return None
    new = Goal(value, goal.unit, goal.direction)
    shown = f"{formula} = {shown_text(risen, goal.unit)}"
    if value != risen:
        shown += f", so {figure_text(value, goal.unit)}"
    return RatchetProposal(
        level, month_text(month), goal, new, shown, tuple(map(month_text, months))
    )


def _exceeds(standing: Standing, goal: Goal) -> bool:
    figure = standing.figure
    same = standing.measurement.target == goal
    return same and figure is not None and goal.worse(goal.value, figure)


def _risen(goal: Goal, mean: Fraction, clause: Ratchet) -> tuple[Fraction, str]:
    old, shown = shown_text(goal.value, goal.unit), shown_text(mean, goal.unit)
    midpoint = clause.to == "midpoint"
    value = (goal.value + mean) / 2 if midpoint else mean
    formula = f"({old} + {shown}) / 2" if midpoint else shown
    if clause.most is None:
        return value, formula
    most = share_text(clause.most)
    if goal.direction is Direction.AT_LEAST:
        bound = goal.value + clause.most * (1 - goal.value)
        return min(value, bound), f"min({formula}, {old} + {most} x (100% - {old}))"
    return max(value, goal.value * (1 - clause.most)), f"max({formula}, {old} - {most} x {old})"


def _easier(value: Fraction, goal: Goal, decimals: int) -> Fraction:
    scale = {Unit.SHARE: 100 * 10**decimals, Unit.NUMBER: 10**decimals, Unit.SECONDS: 1}[goal.unit]
    turn = floor if goal.direction is Direction.AT_LEAST else ceil
    return Fraction(turn(value * scale), scale)
