"""Risks before and after what is done about them -> what that is worth."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.engine.risk.compound import PricedRisk
from tallystick.engine.risk.refused import SimulationRefused, amount, exact, factor
from tallystick.engine.risk.simulate import DRAWS, Simulated, simulate
from tallystick.engine.values import Number


@dataclass(frozen=True, slots=True)
class Control:
    """
    What is done about some risks, at a cost a year.

    `on_frequency` and `on_magnitude` are what it leaves of how often they come true and of what
    they then cost: 1 is all, 0.4 is 40 %, 0 is nothing.

    Raises:
        FigureNotFinite, AmountOutOfRange: if the cost is no number from 0 to 10^15.
        FactorOutOfRange: if a factor lies outside 0 to 1.
    """

    risks: frozenset[str]
    cost: Number
    on_frequency: Number = 1
    on_magnitude: Number = 1

    def __post_init__(self) -> None:
        amount(self.cost, "cost")
        factor(self.on_frequency, "on_frequency")
        factor(self.on_magnitude, "on_magnitude")

    def applied(self, risks: Sequence[PricedRisk]) -> list[PricedRisk]:
        """Return the risks with this control in place; those that it does not reach as they are."""
        often, much = Fraction(self.on_frequency), Fraction(self.on_magnitude)
        return [
            PricedRisk(each.key, each.frequency.scaled(often), each.magnitude.scaled(much))
            if each.key in self.risks
            else each
            for each in risks
        ]


@dataclass(frozen=True, slots=True)
class ControlWorth:
    """
    What a control is worth: mean losses before and after, by formula, and what it costs.

    `returned` is the return on security investment, (before - after - cost) / cost; None where
    it costs nothing. Below 0 it costs more than it saves on average, which may be right
    nonetheless for what it takes off the tail.
    """

    before: Fraction
    after: Fraction
    cost: Fraction

    @property
    def saved(self) -> Fraction:
        """Return what it saves on average, its cost taken off."""
        return self.before - self.after - self.cost

    @property
    def returned(self) -> Fraction | None:
        """Return its return on what it costs."""
        return self.saved / self.cost if self.cost else None


def worth_of_control(
    risks: Sequence[PricedRisk], control: Control, *, years: Number = 1
) -> ControlWorth:
    """
    Return what a control is worth over so many years, without any simulation (Sonnenreich 2006).

    Raises:
        FigureNotFinite: if the years are no number.
    """
    over = exact(years, "years")
    before, after = (
        sum((each.expected(over) for each in some), Fraction(0))
        for some in (risks, control.applied(risks))
    )
    return ControlWorth(before, after, Fraction(control.cost) * over)


@dataclass(frozen=True, slots=True)
class Treated:
    """
    Risks before (inherent) and after (residual) their responses, by the same chances.

    So what differs between both is the response, and none of it is luck.
    """

    inherent: Simulated
    residual: Simulated

    @property
    def expected_saved(self) -> float:
        """Return what the responses save on average, by formula."""
        return self.inherent.total.expected - self.residual.total.expected

    @property
    def p80_saved(self) -> float:
        """Return what the responses take off the P80 of the total."""
        return self.inherent.total.p80 - self.residual.total.p80


def compare(
    inherent: Sequence[PricedRisk],
    residual: Sequence[PricedRisk],
    *,
    seed: int,
    draws: int = DRAWS,
    years: Number = 1,
    correlation: float = 0.0,
) -> Treated:
    """
    Return both sets of risks simulated with common random numbers.

    A risk has the same key in both. One that is missing in the residual set was avoided; one that
    is new there would be a consequence of a response, and belongs into the inherent set as one
    that never happens: `Rate.of(0)`.

    Raises:
        SimulationRefused: as `simulate`, or if a residual risk is no inherent one.
    """
    _check_keys({each.key for each in inherent}, [each.key for each in residual])
    before, after = (
        simulate(each, seed=seed, draws=draws, years=years, correlation=correlation)
        for each in (inherent, residual)
    )
    return Treated(before, after)


def _check_keys(known: Collection[str], keys: Sequence[str]) -> None:
    for number, key in enumerate(keys):
        if key not in known:
            raise SimulationRefused(
                f"The residual risk {key} is no inherent one.",
                place=f"residual[{number}].key",
                remedy="Give it among the inherent risks too, at a rate of 0.",
            )
