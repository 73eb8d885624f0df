"""A service level that failed -> its line on the month's credit note."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from tallystick.engine.service_levels.credits.lines import CreditLine, LineKind
from tallystick.engine.service_levels.credits.money import Currency, exact_text
from tallystick.engine.service_levels.credits.standing import (
    Fault,
    History,
    Standing,
    run_until,
)
from tallystick.engine.service_levels.terms.credit_checks import CreditedLevel
from tallystick.engine.service_levels.terms.credits import CreditScheme
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.engine.service_levels.terms.level_credit import LevelCredit, PerShortfall, Trigger
from tallystick.engine.service_levels.terms.money import number_text
from tallystick.engine.service_levels.terms.quantities import share_text


@dataclass(frozen=True, slots=True)
class Basis:
    """What the credits of a month are computed from, the same for all service levels."""

    scheme: CreditScheme
    currency: Currency
    charge: Decimal
    weights: Fraction

    @property
    def at_risk(self) -> Fraction:
        """Return the exact amount at risk; nothing if the scheme puts nothing at risk."""
        return (self.scheme.at_risk or Fraction(0)) * Fraction(self.charge)

    @property
    def at_risk_text(self) -> str:
        """Return `(10% x 100,000.00)`."""
        return f"({share_text(self.scheme.at_risk or Fraction(0))} x {self.charge_text})"

    @property
    def charge_text(self) -> str:
        """Return `100,000.00`."""
        return self.currency.text(self.charge)


@dataclass(frozen=True, slots=True)
class Price:
    """An exact amount, the formula that it comes from, and what chose the formula."""

    amount: Fraction
    formula: str
    why: str = ""


def weights_of(levels: Sequence[CreditedLevel]) -> Fraction:
    """Return what the weights of all service levels add up to."""
    weights = (level.credit.weight for level in levels if level.credit and level.credit.weight)
    return sum(weights, Fraction(0))


def is_credited(standing: Standing, credit: LevelCredit) -> bool:
    """Return whether a fault is one that the clause credits."""
    below = standing.fault is Fault.BELOW_EXPECTED and credit.trigger is Trigger.BELOW_EXPECTED
    return standing.is_breach or below


def credit_line(
    level: CreditedLevel, month: int, history: History, basis: Basis
) -> CreditLine | None:
    """Return the line of a service level in a month; None if it costs nothing."""
    standing, credit = history.get(month), level.credit
    if standing is None or credit is None or not is_credited(standing, credit):
        return None
    price = _price(credit, standing, basis)
    if price is None:
        return None
    run = run_until(month, history, lambda each: is_credited(each, credit))
    times = _multiplier(len(run), basis.scheme)
    whys = [standing.why, price.why]
    formula = price.formula
    if times != 1:
        whys.append(f"month {len(run)} in a row")
        formula = f"{formula} x {number_text(times)}"
    amount = basis.currency.round(price.amount * times)
    return CreditLine(
        kind=LineKind.CREDIT,
        amount=amount,
        formula=basis.currency.result(formula, amount),
        why="; ".join(why for why in whys if why),
        service_level=level.id,
        base=basis.currency.round(price.amount),
        multiplier=times,
    )


def _multiplier(nth: int, scheme: CreditScheme) -> Fraction:
    reached = [each.times for each in scheme.repeats if each.nth <= nth]
    return reached[-1] if reached else Fraction(1)


def _price(credit: LevelCredit, standing: Standing, basis: Basis) -> Price | None:
    if credit.allocation is not None:
        return _by_allocation(credit.allocation, credit.category, basis)
    if credit.weight is not None:
        part = f"{number_text(credit.weight)} / {number_text(basis.weights)}"
        return Price(
            credit.weight / basis.weights * basis.at_risk, f"{part} x {basis.at_risk_text}"
        )
    if credit.per_shortfall is not None:
        return _by_shortfall(credit.per_shortfall, standing, basis)
    return _by_steps(credit, standing, basis)


def _by_allocation(allocation: Fraction, category: str | None, basis: Basis) -> Price:
    # Texas DIR: credit = A (the category's pool) x B (the level's allocation) x C (at risk).
    if category is None:
        return Price(allocation * basis.at_risk, f"{share_text(allocation)} x {basis.at_risk_text}")
    pool = basis.scheme.categories[category]
    formula = f"{share_text(pool)} x {share_text(allocation)} x {basis.at_risk_text}"
    return Price(pool * allocation * basis.at_risk, formula)


def _by_steps(credit: LevelCredit, standing: Standing, basis: Basis) -> Price | None:
    figure = standing.figure  # without one, a breach is as bad as can be
    reached = [step for step in credit.steps or () if figure is None or step.reached_by(figure)]
    if not reached:
        return None
    step, unit = reached[-1], standing.measurement.target.unit
    why = f"{exact_text(figure, unit)} is {step}" if figure is not None else f"the step {step}"
    formula = f"{share_text(step.credit)} x {basis.charge_text}"
    return Price(step.credit * Fraction(basis.charge), formula, why)


def _by_shortfall(clause: PerShortfall, standing: Standing, basis: Basis) -> Price | None:
    figure, goal = standing.worst, standing.measurement.target
    if figure is None or goal.kept_by(figure):
        return None
    short = abs(goal.value - figure) / clause.each
    full = clause.count == "full"
    count = Fraction(floor(short)) if full else short
    if not count:
        return None
    shown = f"({_difference(goal, figure)}) / {share_text(clause.each)}"
    shown = f"floor({shown})" if full else shown
    formula = f"{share_text(clause.credit)} x {shown} x {basis.charge_text}"
    return Price(clause.credit * count * Fraction(basis.charge), formula)


def _difference(goal: Goal, figure: Fraction) -> str:
    target, reached = share_text(goal.value), exact_text(figure, Unit.SHARE)
    high, low = (target, reached) if goal.direction is Direction.AT_LEAST else (reached, target)
    return f"{high} - {low}"
