"""How an agreement's service levels stand: the newest window that is over, and the way there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.urls import reverse

from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit, read_goal
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.web.components.figures import figure, goal_words, minimum_words
from tallystick.web.components.status import word_of
from tallystick.web.sparklines import Sparkline, sparkline
from tallystick.web.trends import Point

WINDOWS_SHOWN = 12
_JUDGED = {"met", "below-expected", "missed"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One service level: what is expected, and its measurements, oldest window first."""

    level: str
    name: str
    goal: Goal
    minimum: Goal | None
    measurements: tuple[Measurement, ...]

    @property
    def newest(self) -> Measurement | None:
        """Return the newest measurement of a window that is over."""
        return self.measurements[-1] if self.measurements else None

    @property
    def value(self) -> Fraction | None:
        """Return the newest window's figure; None where there is none."""
        return attained(self.newest) if self.newest else None

    @property
    def text(self) -> str:
        """Return the newest window's figure in its unit."""
        return figure(self.value, self.goal)

    @property
    def verdict(self) -> str:
        """Return the newest window's verdict; empty where none was measured."""
        return self.newest.verdict if self.newest else ""

    @property
    def url(self) -> str:
        """Return the address of the newest measurement; empty where there is none."""
        return reverse("measurement", args=[self.newest.public_id]) if self.newest else ""

    @property
    def goal_text(self) -> str:
        """Return what is expected."""
        return goal_words(self.goal)

    @property
    def minimum_text(self) -> str:
        """Return the minimum; empty where there is none."""
        return minimum_words(self.minimum)

    @property
    def margin(self) -> Fraction | None:
        """
        Return how far the newest window lies on the right side of its goal; below zero if missed.

        In points of a share, and of other units in parts of the goal, so that they can be compared.
        """
        if self.value is None:
            return None
        ahead = self.value - self.goal.value
        if self.goal.direction is Direction.AT_MOST:
            ahead = -ahead
        return ahead if self.goal.unit is Unit.SHARE else ahead / (self.goal.value or 1)

    @property
    def trend(self) -> Sparkline:
        """Return the last windows as a sparkline."""
        return sparkline([point(each) for each in self.measurements[-WINDOWS_SHOWN:]], self.goal)


def attained(measurement: Measurement) -> Fraction | None:
    """Return the exact figure; None where nothing was due, or the data did not suffice."""
    return None if measurement.verdict == "not-measured" else measurement.value


def point(measurement: Measurement) -> Point:
    """Return a measurement as a chart draws it."""
    return measurement.window, attained(measurement), measurement.verdict


def is_over(measurement: Measurement, known_until: datetime | None) -> bool:
    """Return whether the service data reaches past the end of a measurement's window."""
    return known_until is not None and measurement.window_end <= known_until


def standings(
    agreement: Agreement | None, measurements: Iterable[Measurement], known_until: datetime | None
) -> list[Standing]:
    """
    Return each level of an agreement in its order; windows that are not over are left out.

    `measurements` are the agreement's current ones, oldest window first; the service data is
    complete up to `known_until`.
    """
    if agreement is None:
        return []
    over = [each for each in measurements if is_over(each, known_until)]
    return [
        Standing(
            level=level["id"],
            name=level["name"],
            goal=read_goal(level["target"]),
            minimum=read_goal(level["minimum"]) if level.get("minimum") else None,
            measurements=tuple(each for each in over if each.service_level == level["id"]),
        )
        for level in levels_of(agreement)
    ]


def levels_of(agreement: Agreement) -> list[Mapping[str, Any]]:
    """Return the service levels as the stored document states them."""
    levels: list[Mapping[str, Any]] = agreement.document["service_levels"]
    return levels


def weakest(listed: Iterable[Standing]) -> Standing | None:
    """Return the level with the smallest margin in its newest month, if any was measured."""
    measured = [each for each in listed if each.margin is not None]
    return min(measured, key=lambda each: each.margin or Fraction(0), default=None)


def verdict_words(measurements: Iterable[Measurement]) -> str:
    """Sum up one month: "4 of 5 levels met"; levels in which nothing was due do not count."""
    decided = [each for each in measurements if each.verdict in _JUDGED]
    if not decided:
        return "Nothing was due"
    met = sum(each.verdict == "met" for each in decided)
    if met == len(decided) > 1:
        return f"All {met} levels met"
    return f"{met} of {len(decided)} {'level' if len(decided) == 1 else 'levels'} met"


def not_met(verdicts: Sequence[str]) -> str:
    """Say how many levels were not met: "1 below expected, 2 missed"; empty if none."""
    counts = [
        (verdicts.count(each), word_of(each).lower()) for each in ("below-expected", "missed")
    ]
    return ", ".join(f"{count} {word}" for count, word in counts if count)
