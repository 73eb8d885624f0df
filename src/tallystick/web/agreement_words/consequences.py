"""What follows when a service level fails, in plain words: credit, points, ratchet."""

from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.consequences import Ratchet, Repetition, Severity
from tallystick.engine.service_levels.terms.goals import Direction
from tallystick.engine.service_levels.terms.level_credit import Edge, LevelCredit, Trigger
from tallystick.engine.service_levels.terms.money import number_text
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.web.components.figures import amount
from tallystick.web.components.words import words
from tallystick.web.counts import counted, listed

Facts = list[tuple[str, str]]


def consequence_facts(level: ServiceLevel, terms: Agreement) -> Facts:
    """Return what follows from a level's figures; empty where nothing does."""
    facts: Facts = []
    if level.credit:
        facts.append(("Credit", credit_words(level.credit, terms)))
        facts += _more_of(level.credit)
    if level.severity:
        facts.append(("Severity points", severity_words(level.severity)))
    if level.repetition:
        facts.append(("Breach by repetition", repetition_words(level.repetition)))
    if level.ratchet:
        facts.append(("Target may rise", ratchet_words(level.ratchet)))
    return facts


def credit_words(credit: LevelCredit, terms: Agreement) -> str:
    """Say what a failed window costs, and when."""
    from_ = "missed" if credit.trigger is Trigger.MISSED else "below expected or missed"
    return f"{_price(credit, terms)}, if {from_}"


def _price(credit: LevelCredit, terms: Agreement) -> str:
    at_risk = "the amount at risk"
    if credit.allocation is not None and credit.category:
        pools = terms.credits.categories if terms.credits else {}
        pool = share_text(pools[credit.category]) if credit.category in pools else ""
        part = share_text(credit.allocation)
        return f"{part} of the pool {words(credit.category)}, which is {pool} of {at_risk}"
    if credit.allocation is not None:
        return f"{share_text(credit.allocation)} of {at_risk}"
    if credit.weight is not None:
        return f"{at_risk.capitalize()}, by its weight of {number_text(credit.weight)}"
    if credit.per_shortfall:
        each = credit.per_shortfall
        full = "each full " if each.count == "full" else "each "
        price, step = share_text(each.credit), share_text(each.each)
        return f"{price} of the month's charge for {full}{step} that is missing to the target"
    steps = [f"{share_text(step.credit)} {edge_words(step)}" for step in credit.steps or ()]
    return f"Of the month's charge, {listed(steps)}"


def edge_words(step: Edge) -> str:
    """Say from where on a step holds: "below 99%", "above 8 h"."""
    side = "below" if step.edge.direction is Direction.AT_LEAST else "above"
    return f"{side} {amount(step.edge.value, step.edge.unit)}"


def _more_of(credit: LevelCredit) -> Facts:
    facts: Facts = []
    if credit.earn_back == "excluded":
        facts.append(("Earning back", "This credit is not returned"))
    if credit.event_group:
        group = words(credit.event_group)
        facts.append(("One event", f"Of the levels in {group} that fail together, one is credited"))
    return facts


def severity_words(severity: Severity) -> str:
    """Say how many points which figure gives."""
    bands = [f"{counted(band.points, 'point')} {edge_words(band)}" for band in severity.bands]
    said = listed(bands)
    if severity.below_minimum is not None:
        said += f"; {severity.below_minimum} below the minimum"
    if severity.repeat > 1:
        said += f"; times {severity.repeat} if it failed in the month before too"
    return said


def repetition_words(repetition: Repetition) -> str:
    """Say how often below expected is a breach."""
    return (
        f"Below expected {counted(repetition.times, 'time')} in any "
        f"{counted(repetition.within, 'month')} is a breach"
    )


def ratchet_words(ratchet: Ratchet) -> str:
    """Say when and how far a higher target is proposed."""
    to = "halfway to their mean" if ratchet.to == "midpoint" else "their mean"
    most = ""
    if ratchet.most is not None:
        most = f", the rise being at most {share_text(ratchet.most)} of what is missing"
    return f"After {counted(ratchet.after, 'month')} better than the target, {to} is proposed{most}"
