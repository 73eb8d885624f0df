"""EXT004: too expensive to leave, and too much in one place."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.dependency.concentration import break_even_premium, herfindahl
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, counted, listed, percent, plain
from tallystick.engine.guardrails.stages import Stage, stages_from

DIMENSIONS = {
    "spend": "spend over suppliers",
    "function": "critical functions over suppliers",
    "parent": "spend over ultimate parents",
    "country": "services over countries",
}
TERMS = {
    "data_format": "the format in which data come back",
    "intellectual_property": "who owns what was made",
    "deletion": "when and how data are deleted",
}


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a rising price of leaving, concentration, missing terms and shared subcontractors."""
    yield from _premium(snapshot, policy)
    yield from _concentrated(snapshot, policy)
    for term, words in TERMS.items():
        if snapshot.exit_plan is not None and not getattr(snapshot.exit_plan, term):
            yield Violation(
                f"exit_plan.{term}",
                f"The exit plan names no term for {words}.",
                "Agree on the term and note where the contract says so.",
            )
    for number, each in enumerate(snapshot.subcontractors):
        if each.also_serves:
            yield Violation(
                f"subcontractors[{number}].also_serves",
                f"{each.name} also works for {listed(each.also_serves[:5])}: when it falls, "
                f"{counted(len(each.also_serves) + 1, 'provider')} of ours fall with it.",
                "Ask the providers what they do on the day it fails; have one of them change.",
            )


def _premium(snapshot: Snapshot, policy: Policy) -> Iterator[Violation]:
    cost = snapshot.switching
    if cost is None or cost.premium_before is None or not cost.annual_spend * cost.years_left:
        return
    premium = break_even_premium(
        Fraction(cost.cost), Fraction(cost.annual_spend), Fraction(cost.years_left)
    )
    if premium > policy.premium and premium > cost.premium_before:
        yield Violation(
            "switching.cost",
            f"Only a price rise of more than {percent(premium)} would make leaving pay; "
            f"{percent(Fraction(policy.premium))} is the most, and it was "
            f"{percent(Fraction(cost.premium_before))} before.",
            at_stake=a_stake(snapshot, cost.cost),
        )


def _concentrated(snapshot: Snapshot, policy: Policy) -> Iterator[Violation]:
    for dimension, words in DIMENSIONS.items():
        weights = getattr(snapshot.concentration, dimension, [])
        index = herfindahl(Fraction(each.amount) for each in weights)
        if index is not None and index > policy.concentration:
            most = max(weights, key=lambda each: each.amount)
            yield Violation(
                f"concentration.{dimension}",
                f"The index of {words} is {plain(round(index))}, above "
                f"{plain(policy.concentration)}; most lies with {most.name}.",
                "Award the next lot elsewhere, or prepare a second source.",
            )


GUARDRAIL = Guardrail(
    code="EXT004",
    title="lock-in-concentration",
    stages=stages_from(Stage.AGREE),
    severity=Severity.MAJOR,
    practice=3,
    fires_when=(
        "the break-even premium, switching cost over the spend that is left, is above 25 % "
        "(policy: "
        "premium) and above the one before; a Herfindahl-Hirschman index of spend, function, "
        "ultimate parent or country is above 2,500 (policy: concentration); an exit plan names no "
        "data format, intellectual property or deletion; or other providers of ours rely on the "
        "same subcontractor. What is not recorded is not asked"
    ),
    rationale="The premium is lock-in in one number: the rise of price one would have to swallow.",
    source="Regulation (EU) 2022/2554 art. 29; Regulation (EU) 2024/2690 annex 5.1.2(d)",
    remedy="Lower the cost of leaving: open formats, own documents, a second source.",
    detect=detect,
)
