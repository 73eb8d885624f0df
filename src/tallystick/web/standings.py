"""How an agreement's service levels stand: the newest month that is over, and the way there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.urls import reverse

from tallystick.engine.service_levels.terms.goals import read_goal
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.web.trends import Point, Sparkline, sparkline

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """One service level: its target, and its measurements, oldest month first."""

    level: str
    name: str
    target: Fraction
    measurements: tuple[Measurement, ...]

    @property
    def newest(self) -> Measurement | None:
        """Return the newest measurement of a month that is over."""
        return self.measurements[-1] if self.measurements else None

    @property
    def share(self) -> Fraction | None:
        """Return what was attained in the newest month; None where nothing was due."""
        return attained(self.newest) if self.newest else None

    @property
    def verdict(self) -> str:
        """Return the newest month's verdict; empty where none was measured."""
        return self.newest.verdict if self.newest else ""

    @property
    def url(self) -> str:
        """Return the address of the newest measurement; empty where there is none."""
        return reverse("measurement", args=[self.newest.public_id]) if self.newest else ""

    @property
    def target_words(self) -> str:
        """Return the target in per cent."""
        return share_text(self.target)

    @property
    def margin(self) -> Fraction | None:
        """Return how far the newest month lies above its target, below zero if missed."""
        return None if self.share is None else self.share - self.target

    @property
    def trend(self) -> Sparkline:
        """Return the last months as a sparkline."""
        return sparkline([point(each) for each in self.measurements[-MONTHS_SHOWN:]], self.target)


def attained(measurement: Measurement) -> Fraction | None:
    """Return the exact share; None where nothing was due."""
    if not measurement.denominator:
        return None
    return Fraction(measurement.numerator, measurement.denominator)


def point(measurement: Measurement) -> Point:
    """Return a measurement as a chart draws it."""
    return measurement.window, attained(measurement), measurement.verdict


def is_over(measurement: Measurement, known_until: datetime | None) -> bool:
    """Return whether the service data reaches past the end of a measurement's month."""
    return known_until is not None and measurement.window_end <= known_until


def standings(
    agreement: Agreement | None, measurements: Iterable[Measurement], known_until: datetime | None
) -> list[Standing]:
    """
    Return each level of an agreement in its order; months that are not over are left out.

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
            target=read_goal(level["target"]).value,
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
    decided = [each for each in measurements if each.verdict in {"met", "missed"}]
    if not decided:
        return "Nothing was due"
    met = sum(each.verdict == "met" for each in decided)
    if met == len(decided) > 1:
        return f"All {met} levels met"
    return f"{met} of {len(decided)} {'level' if len(decided) == 1 else 'levels'} met"
