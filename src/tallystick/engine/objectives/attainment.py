"""Where a measure stands -> how far an objective has come, and whether that is as planned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tallystick.engine.objectives.aim import Aim, Direction
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number

MOST = Fraction(6, 5)
"""What lies further beyond the target counts as 120 %: no objective makes up for many others."""


class ProfileRefused(Refusal):
    """A planned profile has two values for a day, or one outside the objective's time."""

    code = "objectives.profile-refused"


class Rag(StrEnum):
    """How progress compares with the plan."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """The value that is planned for a day."""

    on: date
    value: Number


@dataclass(frozen=True, slots=True)
class RagThresholds:
    """The progress index from which progress is green, and from which it is amber."""

    green: Number = Decimal("0.95")
    amber: Number = Decimal("0.80")


DEFAULT_THRESHOLDS = RagThresholds()


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far an objective has come, and how far it should have come by then.

    `index` is attained / planned; None where nothing is planned yet, and then there is no colour.
    """

    attained: Fraction
    planned: Fraction
    index: Fraction | None
    rag: Rag | None


def attainment(aim: Aim, value: Number) -> Fraction:
    """
    Return the part of the way from baseline to target that a value has gone: 0 to 1.2, exactly.

    What is to be maintained has gone all of it within the tolerance, and none of it outside.
    """
    if aim.direction is Direction.MAINTAIN:
        near = abs(Fraction(value) - Fraction(aim.target)) <= Fraction(aim.tolerance)
        return Fraction(1 if near else 0)
    baseline = Fraction(aim.baseline)
    way = (Fraction(value) - baseline) / (Fraction(aim.target) - baseline)
    return min(max(way, Fraction(0)), MOST)


def planned_value(aim: Aim, on: date, profile: Iterable[Planned] = ()) -> Fraction:
    """
    Return the value that is planned for a day: on straight lines between what the profile names.

    The way starts at the baseline on its day and ends at the target when that is due, so without
    a profile it is one straight line; before and after, its ends.

    Raises:
        ProfileRefused: if a day of the profile lies outside that time, or stands there twice.
    """
    way = _way(aim, sorted(profile))
    before = [each for each in way if each.on <= on]
    after = [each for each in way if each.on > on]
    if not before or not after:
        return Fraction((after[0] if not before else before[-1]).value)
    low, high = before[-1], after[0]
    gone = Fraction((on - low.on).days, (high.on - low.on).days)
    return Fraction(low.value) + gone * (Fraction(high.value) - Fraction(low.value))


def progress(
    aim: Aim,
    value: Number,
    on: date,
    profile: Iterable[Planned] = (),
    thresholds: RagThresholds = DEFAULT_THRESHOLDS,
) -> Progress:
    """
    Return how far a value of a day has come, against how far it was planned to be by then.

    Raises:
        ProfileRefused: as `planned_value`.
    """
    attained = attainment(aim, value)
    if aim.direction is Direction.MAINTAIN:
        planned = Fraction(1)
    else:
        planned = attainment(aim, planned_value(aim, on, profile))
    index = attained / planned if planned else None
    return Progress(attained, planned, index, None if index is None else rag(index, thresholds))


def rag(index: Fraction, thresholds: RagThresholds = DEFAULT_THRESHOLDS) -> Rag:
    """Return the colour of a progress index."""
    if index >= thresholds.green:
        return Rag.GREEN
    return Rag.AMBER if index >= thresholds.amber else Rag.RED


def _way(aim: Aim, profile: Sequence[Planned]) -> list[Planned]:
    for place, each in enumerate(profile):
        if not aim.baseline_on <= each.on <= aim.due_on:
            raise _refused(
                f"The profile names {each.on}, which is not between the baseline's day "
                f"{aim.baseline_on} and the due day {aim.due_on}.",
                each.on,
            )
        if place and profile[place - 1].on == each.on:
            raise _refused(f"The profile names {each.on} twice.", each.on)
    named = {each.on for each in profile}
    ends = [Planned(aim.baseline_on, aim.baseline), Planned(aim.due_on, aim.target)]
    return sorted([*profile, *(each for each in ends if each.on not in named)])


def _refused(problem: str, on: date) -> ProfileRefused:
    return ProfileRefused(
        problem, place=f"profile.{on}", remedy="Plan one value a day, within that time."
    )
