"""What all credits of an agreement share, in plain words: charges, caps, termination."""

from collections.abc import Mapping
from fractions import Fraction

from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.charges import Charges, PartMonth
from tallystick.engine.service_levels.terms.consequences import Rolling
from tallystick.engine.service_levels.terms.credits import (
    CreditScheme,
    EarnBack,
    NotMeasured,
    OneEvent,
    PointsTable,
)
from tallystick.engine.service_levels.terms.money import Portion, number_text
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.engine.service_levels.terms.terminations import Termination
from tallystick.web.components.figures import goal_words, money
from tallystick.web.components.words import month, sentence, words
from tallystick.web.counts import counted, listed

Facts = list[tuple[str, str]]


def charge_facts(charges: Charges) -> Facts:
    """Return what the client pays."""
    part = "by the days in force" if charges.part_month is PartMonth.PRO_RATA else "in full"
    return [
        ("Each month", money(charges.monthly, charges.currency)),
        *(
            (month(each.window), money(each.amount, charges.currency))
            for each in charges.exceptions
        ),
        ("Part of a month", f"Charged {part}"),
    ]


def scheme_facts(scheme: CreditScheme, currency: str) -> Facts:
    """Return the rules that all credits share, in the order in which they are applied."""
    facts: Facts = []
    if scheme.at_risk is not None:
        facts.append(("At risk", f"{share_text(scheme.at_risk)} of the month's charge"))
    pools = [f"{words(name)} {share_text(part)}" for name, part in scheme.categories.items()]
    if pools:
        facts.append(("Pools", f"{listed(pools)} of the amount at risk"))
    if scheme.pool != 1:
        facts.append(("Allocations add up to", f"{share_text(scheme.pool)} at most"))
    for repeat in scheme.repeats:
        nth = f"From month {repeat.nth} in a row on"
        facts.append((nth, f"A credit is taken times {number_text(repeat.times)}"))
    if scheme.points:
        facts.append(("Severity points cost", points_words(scheme.points)))
    if scheme.persistent_failure:
        clause = scheme.persistent_failure
        facts.append(
            (
                "Persistent failure",
                f"Every {clause.every} breaches within {counted(clause.within, 'month')}, all "
                f"levels together, cost {share_text(clause.credit)} of the year's charge",
            )
        )
    return facts + _limits(scheme, currency)


def _limits(scheme: CreditScheme, currency: str) -> Facts:
    one = scheme.one_event is OneEvent.HIGHEST
    missing = scheme.not_measured is NotMeasured.COUNTS_AS_MISSED
    monthly = _portion(scheme.monthly_cap, "month", currency) if scheme.monthly_cap else ""
    usual = "The amount at risk" if scheme.at_risk is not None else "The month's charge"
    yearly = _portion(scheme.yearly_cap, "year", currency) if scheme.yearly_cap else ""
    rounding = scheme.rounding
    decimals = "" if rounding.decimals is None else f", to {counted(rounding.decimals, 'decimal')}"
    return [
        ("One event, many levels", "The highest is credited" if one else "All are credited"),
        ("Most for a month", monthly or usual),
        ("Most for a contract year", yearly or "No cap"),
        ("Earning back", earn_back_words(scheme.earn_back)),
        ("Not measured", "Counts as missed" if missing else "No credit"),
        ("Rounded", f"{sentence(rounding.mode)}, at the end of each line{decimals}"),
    ]


def _portion(portion: Portion, of: str, currency: str) -> str:
    if portion.amount is not None:
        return money(portion.amount, currency)
    return f"{share_text(portion.share or Fraction(0))} of the {of}'s charge"


def points_words(points: PointsTable) -> str:
    """Say what a month's severity points cost."""
    if points.per_point is not None:
        return f"{share_text(points.per_point)} of the month's charge each"
    steps = [f"{share_text(step.credit)} from {step.from_} on" for step in points.steps or ()]
    return f"Of the month's charge, {listed(steps)}"


def earn_back_words(clause: EarnBack | None) -> str:
    """Say when a credit is returned."""
    if clause is None:
        return "No credit is returned"
    months = counted(clause.within, "month")
    by = "each of the next" if clause.by == "each" else "the mean of the next"
    said = f"Returned if {by} {months} keeps the target"
    return said + (", not below the minimum" if clause.below_minimum == "excluded" else "")


def termination_words(terms: Agreement) -> list[str]:
    """Return each ground for termination as a sentence."""
    if terms.credits is None:
        return []
    names = {level.id: level.name for level in terms.service_levels}
    currency = terms.charges.currency if terms.charges else ""
    return [_ground(each, names, currency) for each in terms.credits.terminations]


def _ground(ground: Termination, names: Mapping[str, str], currency: str) -> str:
    level = names.get(ground.service_level or "", "The same level")
    if ground.consecutive:
        return f"{level} in breach in {counted(ground.consecutive.times, 'month')} in a row."
    if ground.breaches:
        return f"{level} in breach {_rolling(ground.breaches)}."
    if ground.average:
        within = counted(ground.average.within, "month")
        return f"{level}: the mean of {within} does not keep {goal_words(ground.average.goal)}."
    return f"{_of_all(ground, currency)}."


def _of_all(ground: Termination, currency: str) -> str:
    if ground.at_cap:
        return f"Credits at the monthly cap {_rolling(ground.at_cap)}"
    if ground.credit_share:
        share = share_text(ground.credit_share.share)
        return f"Credits of {share} of the month's charge or more {_rolling(ground.credit_share)}"
    if ground.credit_sum:
        within = counted(ground.credit_sum.within, "month")
        return f"Credits of {money(ground.credit_sum.amount, currency)} or more in any {within}"
    if ground.missed_share:
        months = counted(ground.missed_share.within, "month")
        above = share_text(ground.missed_share.above)
        return f"More than {above} of all measurements of {months} in breach"
    raise ValueError(f"{ground} states no ground")


def _rolling(stated: Rolling) -> str:
    return f"{counted(stated.times, 'time')} in any {counted(stated.within, 'month')}"
