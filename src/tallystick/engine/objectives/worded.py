"""The parts of an objective as they were written -> its aim, or what is missing for one."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tallystick.engine.objectives.aim import Aim, Direction
from tallystick.engine.objectives.attainment import Planned, planned_value
from tallystick.engine.refusals import Refusal

_FIGURE = re.compile(r"([+-]?\d{1,15}(?:\.\d{1,12})?)\s*%?", re.ASCII)


class ObjectiveKind(StrEnum):
    """What an objective is to those who state it."""

    OBJECTIVE = "objective"
    BENEFIT = "benefit"
    KEY_RESULT = "key-result"
    EXPECTATION = "expectation"


class FigureNeeded(Refusal):
    """A part of which progress is computed is missing, or is no number."""

    code = "objectives.figure-needed"


def figure_in(text: str) -> Fraction | None:
    """Return the number that "97", "4.5" or "97 %" is; None for words and for nothing."""
    found = _FIGURE.fullmatch(text.strip())
    return Fraction(found[1]) if found else None


def check_figures(
    *,
    direction: str,
    baseline: str,
    baseline_on: date | None,
    target: str,
    due_on: date | None,
    tolerance: str = "",
    profile: Sequence[Planned] = (),
) -> None:
    """
    Check what is written of the figures of an objective; what is still empty is not asked for.

    Whoever says which way is better speaks of numbers, and whoever plans values does too.

    Raises:
        FigureNeeded, TargetIsBaseline, TargetBackwards, DueBeforeBaseline, ToleranceBelowNothing,
        ProfileRefused.
    """
    for place, text in (("baseline_value", baseline), ("target", target)):
        if text and figure_in(text) is None and (direction or profile):
            raise _no_number(place, text)
    start, end = figure_in(baseline), figure_in(target)
    known = start is not None and end is not None
    aim = Aim(
        direction=_direction(direction, start, end) if known else Direction.MAINTAIN,
        baseline=start or 0,
        baseline_on=baseline_on or date.min,
        target=end or 0,
        due_on=due_on or date.max,
        tolerance=_tolerance(tolerance),
    )
    if profile:
        planned_value(aim, aim.due_on, profile)


def aim_of(
    *,
    direction: str,
    baseline: str,
    baseline_on: date | None,
    target: str,
    due_on: date | None,
    tolerance: str = "",
) -> Aim:
    """
    Return the aim of an objective; where no direction is given, the target says it.

    Raises:
        FigureNeeded, and whatever `Aim` refuses.
    """
    start, end = _needed("baseline_value", baseline), _needed("target", target)
    if baseline_on is None:
        raise _missing("baseline_on", "The baseline has no day.")
    if due_on is None:
        raise _missing("due_on", "The target has no due date.")
    way = _direction(direction, start, end)
    return Aim(way, start, baseline_on, end, due_on, _tolerance(tolerance))


def _direction(given: str, start: Fraction | None, end: Fraction | None) -> Direction:
    if given:
        return Direction(given)
    return Direction.LOWER if (end or 0) < (start or 0) else Direction.HIGHER


def _tolerance(text: str) -> Fraction:
    if not text:
        return Fraction(0)
    found = figure_in(text)
    if found is None:
        raise _no_number("tolerance", text)
    return found


def _needed(place: str, text: str) -> Fraction:
    if not text:
        raise _missing(place, f"There is no {place.removesuffix('_value')}.")
    found = figure_in(text)
    if found is None:
        raise _no_number(place, text)
    return found


def _no_number(place: str, text: str) -> FigureNeeded:
    return FigureNeeded(
        f"The {place.removesuffix('_value')} “{text[:40]}” is no number.",
        place=place,
        remedy="Write the number alone, such as 12.5; the unit has a field of its own.",
    )


def _missing(place: str, problem: str) -> FigureNeeded:
    return FigureNeeded(problem, place=place, remedy="State the objective anew, with it.")
