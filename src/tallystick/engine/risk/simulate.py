"""A register of priced risks -> what each of them and all together may cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.appetite import Point
from tallystick.engine.risk.compound import Chance, PricedRisk, losses
from tallystick.engine.risk.curve import above
from tallystick.engine.risk.refused import SimulationRefused, exact
from tallystick.engine.risk.summary import Summary, summary
from tallystick.engine.values import Number

DRAWS = 100_000
MOST_DRAWS = 1_000_000
MOST_EVENTS = 500_000_000
"""Single losses that are drawn in one simulation, half a minute's work."""
MOST_YEARS = 10
KEPT = 20_000_000
"""Losses of single risks that are kept, 160 MB; those of further risks are drawn twice."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Simulated:
    """
    What risks may cost, one by one and together, with what is needed to compute it again.

    `shares[key]` is the part of the total's variance that a risk explains, its covariance with
    the total over the variance of the total. They add up to 1, also where risks go together; a
    risk that falls when others rise has a share below 0. All are 0 where nothing varies.
    `losses` holds the total of each draw, in the order of the draws.
    """

    risks: Mapping[str, Summary]
    total: Summary
    shares: Mapping[str, float]
    draws: int
    seed: int
    years: Fraction
    correlation: float
    losses: Floats = field(repr=False, compare=False)

    def above(self, appetite: Sequence[Point]) -> list[Point]:
        """Return the points of the total's curve that lie above an appetite for risk."""
        return above(self.losses, appetite)


def simulate(
    risks: Sequence[PricedRisk],
    *,
    seed: int,
    draws: int = DRAWS,
    years: Number = 1,
    correlation: float = 0.0,
) -> Simulated:
    """
    Return what risks may cost within so many years, by a compound Poisson simulation.

    In each draw a risk comes true N times, and each time it costs what is drawn for that time
    alone; N by one magnitude would have the same mean and a tail that is too thin (Klugman,
    Panjer and Willmot 2012, 9). `correlation`, from 0 to below 1, lets numbers of events go
    together: see `Chance`. The same risks, seed and version of numpy give the same answer, in
    whatever order the risks stand; one more risk leaves the draws of the others as they are.

    Floats inside: a simulation is no amount. Memory is at most 160 MB and some 50 bytes a draw,
    however many risks there are.

    Raises:
        SimulationRefused: if draws, seed, years or correlation lie outside what can be drawn,
            if there are more events than 500 million, or if a key is empty or given twice.
    """
    chance = _checked(risks, Chance(seed, draws, exact(years, "years"), correlation))
    every = _Losses(risks, chance)
    total = np.zeros(draws)
    found: dict[str, Summary] = {}
    for risk, drawn in every:
        total += drawn
        found[risk.key] = summary(drawn, risk.expected(chance.years))
    around = total - total.mean()
    varies = _products(around, around)
    return Simulated(
        risks=found,
        total=summary(total, sum((each.expected(chance.years) for each in risks), Fraction(0))),
        shares={
            risk.key: _products(drawn, around) / varies if varies else 0.0 for risk, drawn in every
        },
        draws=draws,
        seed=seed,
        years=chance.years,
        correlation=correlation,
        losses=total,
    )


class _Losses:
    """The losses of each risk, kept as long as there is room, or drawn again."""

    def __init__(self, risks: Sequence[PricedRisk], chance: Chance) -> None:
        self._risks, self._chance, self._common = risks, chance, chance.common()
        self._kept: dict[str, Floats] = {}

    def __iter__(self) -> Iterator[tuple[PricedRisk, Floats]]:
        for risk in self._risks:
            drawn = self._kept.get(risk.key)
            if drawn is None:
                drawn = losses(risk, self._chance, self._common)
            if (len(self._kept) + 1) * self._chance.draws <= KEPT:
                self._kept[risk.key] = drawn
            yield risk, drawn


def _products(one: Floats, other: Floats) -> float:
    """Return the sum of products; not by BLAS, whose sums depend on how many threads it has."""
    return float(np.einsum("i,i->", one, other))


def _checked(risks: Sequence[PricedRisk], chance: Chance) -> Chance:
    if not 1 <= chance.draws <= MOST_DRAWS:
        raise SimulationRefused(
            f"{chance.draws} draws were asked for; 1 to {MOST_DRAWS:,} can be made.",
            place="draws",
            remedy=f"Take {DRAWS:,}.",
        )
    if chance.seed < 0:
        raise SimulationRefused(
            f"The seed is {chance.seed}.", place="seed", remedy="Take a whole number from 0 on."
        )
    if not 0 < chance.years <= MOST_YEARS:
        raise SimulationRefused(
            f"The period is {float(chance.years):g} years; it is at most {MOST_YEARS}.",
            place="years",
            remedy="Take what is left of the engagement, in years.",
        )
    if not 0 <= chance.correlation < 1:
        raise SimulationRefused(
            f"The correlation is {chance.correlation}; it lies from 0 to below 1.",
            place="correlation",
            remedy="Take 0 for risks that have nothing in common, 0.3 for some that do.",
        )
    _check_risks(risks, chance)
    return chance


def _check_risks(risks: Sequence[PricedRisk], chance: Chance) -> None:
    known: set[str] = set()
    for number, risk in enumerate(risks):
        if not risk.key or risk.key in known:
            raise SimulationRefused(
                f"The risk {risk.key} is given twice." if risk.key else "A risk has no key.",
                place=f"risks[{number}].key",
                remedy="Give each risk a key of its own.",
            )
        known.add(risk.key)
    events = chance.draws * sum(each.frequency.expected(chance.years) for each in risks)
    if events > MOST_EVENTS:
        raise SimulationRefused(
            f"Some {float(events):.2g} losses would be drawn; at most {MOST_EVENTS:,} are.",
            place="draws",
            remedy="Take fewer draws, or budget what happens all the time as a cost.",
        )
