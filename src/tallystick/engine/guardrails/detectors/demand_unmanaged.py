"""DEL007: work comes as it comes, and nobody foresees it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.delivery import Demand
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.windows import day_after

Placed = tuple[int, Demand]


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report demand without a forecast, outside the plan, or twice far from its forecast."""
    over = sorted(
        (
            (number, each)
            for number, each in enumerate(snapshot.demand)
            if day_after(each.window) <= as_of
        ),
        key=lambda each: (day_after(each[1].window), each[0]),
    )
    if not over:
        return
    number, newest = over[-1]
    if newest.forecast is None:
        yield Violation(
            f"demand[{number}].forecast",
            f"The demand of {newest.window}, {newest.actual} pieces of work, had no forecast.",
            "Foresee the demand of each month with the users, and hand it to the provider.",
        )
    unplanned = Fraction(newest.unplanned or 0, newest.actual) if newest.actual else Fraction(0)
    if unplanned > policy.unplanned_share:
        yield Violation(
            f"demand[{number}].unplanned",
            f"{newest.unplanned} of {newest.actual} pieces of work in {newest.window} came outside "
            f"the plan, {percent(unplanned)}; {percent(Fraction(policy.unplanned_share))} is the "
            "most.",
            "Route all work through one intake that accepts or declines.",
        )
    yield from _missed(over[-2:], policy)


def _missed(newest: list[Placed], policy: Policy) -> Iterator[Violation]:
    errors = [_error(each) for _, each in newest]
    if len(errors) == 2 and all(
        each is not None and each > policy.forecast_error for each in errors
    ):
        number, last = newest[-1]
        told = " and ".join(percent(each) for each in errors if each is not None)
        yield Violation(
            f"demand[{number}].actual",
            f"Demand missed its forecast in {newest[0][1].window} and {last.window} by {told}; "
            f"{percent(Fraction(policy.forecast_error))} twice running is too much.",
            "Find out what the forecast leaves out, and adjust the agreed capacity.",
        )


def _error(each: Demand) -> Fraction | None:
    return Fraction(abs(each.actual - each.forecast), each.forecast) if each.forecast else None


GUARDRAIL = Guardrail(
    code="DEL007",
    title="demand-unmanaged",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=6,
    fires_when=(
        "the newest window of demand that is over had no forecast, more than 20 % of its work came "
        "outside the plan (policy: unplanned_share), or in each of the two newest the demand was "
        "more than 25 % off its forecast (policy: forecast_error). Without demand nothing is asked"
    ),
    rationale=(
        "Managing demand is one of three factors that told successful deals from failed ones."
    ),
    source="Delen, Peters, Verhoef and van Vlijmen 2016; ITIL 4 capacity and demand",
    remedy="Manage demand: one intake, a forecast, and capacity agreed with the provider.",
    detect=detect,
)
