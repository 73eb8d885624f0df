"""RSK001: a risk above the appetite, and no tried way to live through it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.days import (
    past,
    waited,
)
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.risks import ContingencyPlan, Exceedance, Risk
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, called, money, percent
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.risk.appetite import Point, beyond, tolerated


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report open risks above the appetite without a plan, and their plans without substance."""
    appetite = _points(snapshot.appetite)
    plans = {each.id: (number, each) for number, each in enumerate(snapshot.contingency_plans)}
    needed: dict[str, None] = {}
    for number, risk in enumerate(snapshot.risks):
        above = beyond(_points(risk.exceedance), appetite) if appetite else []
        if not above or past(risk.closed_on, as_of):
            continue
        if risk.plan is None or risk.plan not in plans:
            yield _without_plan(snapshot, number, risk, above[-1], appetite)
        else:
            needed[risk.plan] = None
    for name in needed:
        yield from _hollow(*plans[name], policy, as_of)


def _points(curve: Iterable[Exceedance]) -> list[Point]:
    return [Point(Fraction(each.loss), Fraction(each.probability)) for each in curve]


def _without_plan(
    snapshot: Snapshot, number: int, risk: Risk, worst: Point, appetite: Sequence[Point]
) -> Violation:
    loss = Decimal(worst.loss.numerator) / Decimal(worst.loss.denominator)
    return Violation(
        f"risks[{number}].plan",
        f"Risk {called(risk.title, risk.id)} may cost {money(snapshot, loss)} or more a year with "
        f"a chance of {percent(worst.chance)}; the appetite is "
        f"{percent(tolerated(worst.loss, appetite))}, and it has no contingency plan.",
        "Write a contingency plan with trigger, steps and owner, or reduce the risk.",
        a_stake(snapshot, loss),
    )


def _hollow(number: int, plan: ContingencyPlan, policy: Policy, as_of: date) -> Iterator[Violation]:
    place, name = f"contingency_plans[{number}]", called(plan.title, plan.id)
    if not plan.trigger:
        yield Violation(
            f"{place}.trigger",
            f"The contingency plan {name} has no trigger.",
            "Say on which sign it begins, so that nobody has to be brave.",
        )
    if not plan.owner:
        yield Violation(
            f"{place}.owner",
            f"The contingency plan {name} has no owner.",
            "Name one person who sets it off.",
        )
    tried = plan.tested_on if past(plan.tested_on, as_of) else None
    since = tried or plan.written_on
    if since is None or waited(since, as_of) > policy.test_days:
        words = f"was last tested on {tried}" if tried else "was never tested"
        yield Violation(
            f"{place}.tested_on",
            f"The contingency plan {name} {words}; a test holds for {policy.test_days} days.",
            "Rehearse the plan and record day and result.",
        )


GUARDRAIL = Guardrail(
    code="RSK001",
    title="no-contingency-above-appetite",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.BLOCKER,
    practice=8,
    fires_when=(
        "a point of an open risk's residual loss-exceedance curve lies above the appetite and no "
        "contingency plan is linked; or the linked plan has no trigger or no owner, or was not "
        "tested for more than 365 days, counted from `written_on` if never (policy: test_days). "
        "The appetite is straight between its points; without appetite or curve nothing is asked"
    ),
    rationale=(
        "Beyond the appetite is what the organisation said it cannot bear; a plan nobody has tried "
        "is a wish."
    ),
    source="ISO 31000:2018 6.5; Regulation (EU) 2022/2554 art. 28(8)",
    remedy="Give the risk a contingency plan that was tried within a year.",
    detect=detect,
)
