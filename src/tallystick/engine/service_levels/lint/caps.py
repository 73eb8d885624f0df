"""Whether credits and their caps fit: one beyond it, or all together never there."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.credits import CreditScheme, OneEvent
from tallystick.engine.service_levels.terms.goals import Direction
from tallystick.engine.service_levels.terms.level_credit import LevelCredit, PerShortfall
from tallystick.engine.service_levels.terms.money import Portion
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.engine.values import Severity

MONTHS = 12


def dearest(level: ServiceLevel, terms: Agreement) -> Fraction:
    """Return the most that one failed month of a level costs, as a part of the month's charge."""
    credit, scheme = level.credit, terms.credits
    if credit is None or scheme is None:
        return Fraction(0)
    if credit.steps:
        return credit.steps[-1].credit
    if credit.per_shortfall:
        return _whole_shortfall(credit.per_shortfall, level)
    return (scheme.at_risk or 0) * _part_at_risk(credit, scheme, terms)


def _part_at_risk(credit: LevelCredit, scheme: CreditScheme, terms: Agreement) -> Fraction:
    if credit.weight is not None:
        every = [each.credit.weight for each in terms.service_levels if each.credit]
        return credit.weight / sum(each for each in every if each)
    pool = scheme.categories[credit.category] if credit.category else Fraction(1)
    return (credit.allocation or Fraction(0)) * pool


def _whole_shortfall(rule: PerShortfall, level: ServiceLevel) -> Fraction:
    reaches = level.target.direction is Direction.AT_LEAST
    steps = (level.target.value if reaches else 1 - level.target.value) / rule.each
    return rule.credit * (steps if rule.count == "exact" else int(steps))


def monthly_cap(terms: Agreement) -> Fraction:
    """Return the most that a month costs, as a part of its charge."""
    scheme = terms.credits
    if scheme is None:
        return Fraction(0)
    return _share(scheme.monthly_cap or Portion(share=scheme.at_risk or Fraction(1)), terms, 1)


def _share(portion: Portion, terms: Agreement, months: int) -> Fraction:
    if portion.share is not None:
        return portion.share * months
    monthly = terms.charges.monthly if terms.charges else 0
    return Fraction(portion.amount or 0) / Fraction(monthly) if monthly else Fraction(months)


def _beyond(wording: Wording) -> Iterator[Spot]:
    cap = monthly_cap(wording.terms)
    for clause in wording.clauses:
        most = dearest(clause.level, wording.terms)
        if most > cap:
            yield Spot(
                f"{clause.place}.credit",
                f"{clause.name} costs up to {_text(most)} of the month's charge, and the month is "
                f"capped at {_text(cap)}.",
                "Lower the credit or raise `monthly_cap`, so that both say the same.",
            )


def together(terms: Agreement) -> Fraction | None:
    """Return the most that all levels cost in one month; None where no end can be told."""
    scheme = terms.credits
    if scheme is None or scheme.persistent_failure or (scheme.points and scheme.points.per_point):
        return None
    groups: dict[str, list[Fraction]] = defaultdict(list)
    for level in terms.service_levels:
        grouped = level.credit and scheme.one_event is OneEvent.HIGHEST and level.credit.event_group
        groups[grouped or f" {level.id}"].append(dearest(level, terms))
    times = max([Fraction(1), *(each.times for each in scheme.repeats)])
    points = (
        scheme.points.steps[-1].credit if scheme.points and scheme.points.steps else Fraction(0)
    )
    return sum((max(each) for each in groups.values()), Fraction(0)) * times + points


def _never_there(wording: Wording) -> Iterator[Spot]:
    terms, most = wording.terms, together(wording.terms)
    cap = monthly_cap(terms)
    if most and most < cap:
        yield Spot(
            "credits.monthly_cap" if wording.says("credits", "monthly_cap") else "credits.at_risk",
            f"A month is capped at {_text(cap)} of its charge, and all credits together come to "
            f"{_text(most)}: the cap is never reached.",
            "Divide all of the amount at risk among the levels, or lower the cap to what can be "
            "credited.",
        )
    yearly = terms.credits.yearly_cap if terms.credits else None
    if yearly and _share(yearly, terms, MONTHS) > cap * MONTHS:
        yield Spot(
            "credits.yearly_cap",
            "The cap of the year lies above twelve caps of a month: it is never reached.",
            "Lower it, or leave it out.",
        )


def _uncapped(wording: Wording) -> Iterator[Spot]:
    scheme = wording.terms.credits
    if scheme and scheme.at_risk is None and scheme.monthly_cap is None:
        yield Spot(
            "credits.monthly_cap",
            "Nothing caps the credits of a month, so they can come to the whole charge.",
            "Write monthly_cap, 12% say, or at_risk.",
        )


def _text(share: Fraction) -> str:
    return share_text(Fraction(round(share * 10_000), 10_000))


RULES = (
    Rule(
        "credits.beyond-cap",
        Severity.MAJOR,
        "one failed month of one level costs more than a month is capped at",
        "The clause names a price that is never paid; the client counts on it, the provider on the "
        "cap.",
        "State of Texas DIR: the credits of a month stay within the amount at risk",
        _beyond,
    ),
    Rule(
        "credits.cap-never-reached",
        Severity.MINOR,
        "all credits together, doubled by repeats, stay below the month's cap, or twelve monthly "
        "caps below the year's",
        "A headline of 12 % at risk of which 5 % can ever be credited was bought for the price of "
        "12.",
        "Contract practice (Alsbridge 2010): pools of 200 to 250 % of the amount at risk",
        _never_there,
    ),
    Rule(
        "credits.cap-unsaid",
        Severity.MAJOR,
        "there are credits, and neither `monthly_cap` nor `at_risk` is stated",
        "A provider that reads “service credits” expects a tenth of the charge; the words say all "
        "of it.",
        "Contract practice: 10 to 12 % of the invoice at risk",
        _uncapped,
    ),
)
