"""Values measured so far -> when the target is probably reached, and how far it gets by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.objectives.aim import Aim, Direction
from tallystick.engine.objectives.attainment import MOST
from tallystick.engine.objectives.theil_sen import Lines, median_lines, one_line
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number

FEWEST = 3
"""Days with a value, below which a trend is none."""
MOST_VALUES = 120
"""Of more, as many are taken, evenly, with the first and the last."""
DRAWS = 1_000
MOST_DRAWS = 10_000
BAND = (0.1, 0.5, 0.9)
"""An 80 % band and its middle."""

Floats = NDArray[np.float64]


class ProjectionRefused(Refusal):
    """The number of draws cannot be made."""

    code = "objectives.projection-refused"


@dataclass(frozen=True, slots=True, order=True)
class Actual:
    """What was measured on a day."""

    on: date
    value: Number


@dataclass(frozen=True, slots=True)
class Band:
    """One in ten draws lies below `low`, half below `middle`, nine in ten below `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Reached:
    """The days by which one, five and nine in ten draws get there; None for never."""

    p10: date | None
    p50: date | None
    p90: date | None


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few days have a value to project anything."""

    days: int
    needed: int = FEWEST


@dataclass(frozen=True, slots=True)
class Projection:
    """
    Where a measure is heading, with what is needed to compute it again.

    `slope` is its change a day, `value` what it will be on the due day and `attained` the part
    of the way gone by then (0 to 1.2). `reached` says when the target is reached; every part of
    it is None where the value is to be maintained. `late` is whether the middle day is after the
    due day, or never; None where the value is to be maintained.
    """

    slope: Band
    value: Band
    attained: Band
    reached: Reached
    late: bool | None
    values: int
    draws: int
    seed: int


def project(
    aim: Aim, actuals: Iterable[Actual], *, seed: int, draws: int = DRAWS
) -> Projection | TooFew:
    """
    Return where a measure is heading if it goes on as it went.

    The slope is Theil and Sen's: the median of the slopes between all pairs of values, which one
    odd month does not move; the line goes through the median of what is left. The band comes from
    a bootstrap: as many values are drawn again, with replacement, `draws` times. Draws that fall
    on one day have no slope and are left out. A target that the line has met on the last day is
    reached no later than that. Floats inside: a projection is no amount. (Theil 1950; Sen 1968;
    Efron 1979.)

    Raises:
        ProjectionRefused: if the draws are fewer than 1 or more than 10,000.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ProjectionRefused(
            f"{draws} draws were asked for; 1 to {MOST_DRAWS:,} can be made.",
            place="draws",
            remedy=f"Take {DRAWS:,}.",
        )
    known = sorted(actuals)
    if (days := len({each.on for each in known})) < FEWEST:
        return TooFew(days)
    known = _thinned(known)
    at = np.asarray([(each.on - aim.baseline_on).days for each in known], dtype=np.float64)
    values = np.asarray([float(each.value) for each in known])
    lines = median_lines(at, values, draws, np.random.default_rng(seed))
    middle = one_line(at, values)
    due = float((aim.due_on - aim.baseline_on).days)
    reached = _reached(aim, lines, at), _reached(aim, middle, at)
    days_of = _days(aim, *reached)
    maintain = aim.direction is Direction.MAINTAIN
    return Projection(
        slope=_band(lines.slopes, middle.slopes),
        value=_band(lines.at(due), middle.at(due)),
        attained=_band(_attained(aim, lines.at(due)), _attained(aim, middle.at(due))),
        reached=days_of,
        late=None if maintain else days_of.p50 is None or days_of.p50 > aim.due_on,
        values=len(known),
        draws=draws,
        seed=seed,
    )


def _thinned(known: list[Actual]) -> list[Actual]:
    if len(known) <= MOST_VALUES:
        return known
    places = np.linspace(0, len(known) - 1, MOST_VALUES).round().astype(np.int64)
    return [known[place] for place in places.tolist()]


def _attained(aim: Aim, values: Floats) -> Floats:
    """Return what `attainment` returns, of many values."""
    if aim.direction is Direction.MAINTAIN:
        return (np.abs(values - float(aim.target)) <= float(aim.tolerance)).astype(np.float64)
    baseline, target = float(aim.baseline), float(aim.target)
    return np.clip((values - baseline) / (target - baseline), 0.0, float(MOST))


def _reached(aim: Aim, lines: Lines, at: Floats) -> Floats:
    """Return on which day after the baseline each line reaches the target; infinity for never."""
    sign = -1.0 if aim.direction is Direction.LOWER else 1.0
    slopes, target = sign * lines.slopes, sign * float(aim.target)
    last = at[-1]
    missing = target - sign * lines.at(last)
    with np.errstate(divide="ignore", invalid="ignore"):
        ahead = np.where(slopes > 0, last + missing / slopes, np.inf)
    # What is there already was reached on the way, and never before anything was measured.
    there = np.where(slopes > 0, np.maximum(ahead, at[0]), last)
    return np.where(missing <= 0, there, ahead)


def _days(aim: Aim, reached: Floats, middle: Floats) -> Reached:
    if aim.direction is Direction.MAINTAIN:
        return Reached(None, None, None)
    low, _, high = np.quantile(reached, BAND, method="inverted_cdf").tolist()
    (own,) = middle.tolist()
    return Reached(*(_day(aim, each) for each in (min(low, own), own, max(high, own))))


def _day(aim: Aim, days: float) -> date | None:
    if not days <= (date.max - aim.baseline_on).days:
        return None
    return date.fromordinal(aim.baseline_on.toordinal() + int(np.ceil(days - 1e-9)))


def _band(drawn: Floats, middle: Floats) -> Band:
    """Return the band of the draws around what all values together say."""
    low, _, high = np.quantile(drawn, BAND).tolist()
    (own,) = middle.tolist()
    return Band(min(low, own), own, max(high, own))
