"""An objective and how it fares, in words."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from tallystick.engine.objectives import Direction, Projection, TooFew
from tallystick.engine.service_levels.difference import ChangeKind
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.objective_figures import Fared
from tallystick.records.objective_standing import Changed
from tallystick.records.objectives import Objective
from tallystick.web.components.figures import amount
from tallystick.web.components.words import day, percent, sentence
from tallystick.web.counts import counted
from tallystick.web.difference_words.values import labelled, value_words

DIRECTIONS = {
    Direction.HIGHER: "Higher is better",
    Direction.LOWER: "Lower is better",
    Direction.MAINTAIN: "To be kept where it is",
}
_PARTS = {
    "baseline_value": "baseline",
    "baseline_on": "day of the baseline",
    "baseline_method": "way the baseline was measured",
    "baseline_n": "number of observations behind the baseline",
    "benchmark": "values that others reach",
    "benchmark_source": "source of what others reach",
    "due_on": "due date",
    "measure": "measure",
    "source": "source of the figures",
    "client_owner": "owner at the client",
    "provider_owner": "owner at the provider",
    "goal": "larger goal",
    "parent": "objective above",
    "profile": "plan",
    "frequency": "rhythm of measuring",
    "stakeholder": "person or team it is for",
}
_DAYS = ("baseline_on", "due_on")


def figure(value: Fraction, unit: str = "") -> str:
    """Write a value with at most two decimals, cut off, and its unit."""
    cut = Fraction(int(value * 100), 100)
    text = amount(cut, Unit.NUMBER)
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".rstrip()


def change_sentences(changes: Iterable[Changed]) -> list[str]:
    """Say what became of each part of a wording."""
    return [
        labelled(
            _PARTS.get(each.part, each.part),
            ChangeKind.CHANGED,
            _said(each.part, each.before),
            _said(each.part, each.after),
        )
        for each in changes
    ]


def _said(part: str, value: Any) -> str:
    if value in ("", None, []):
        return "nothing"
    if part in _DAYS:
        return day(date.fromisoformat(value))
    if part == "profile":
        return "; ".join(f"{planned} on {day(date.fromisoformat(on))}" for on, planned in value)
    if part == "direction":
        return DIRECTIONS[Direction(value)].lower()
    return value_words(value)


def wording_facts(said: Objective) -> list[tuple[str, object]]:
    """Return every part of an objective as it is worded now."""
    measured = [said.baseline_value, said.unit if said.baseline_value else ""]
    baseline = " ".join(filter(None, measured))
    when = f", {day(said.baseline_on)}" if baseline and said.baseline_on else ""
    size = f"{said.baseline_n} observations" if said.baseline_n else ""
    known = ", ".join(filter(None, [said.baseline_method, size]))
    how = f" ({known})" if known else ""
    target = " ".join(filter(None, [said.target, said.unit if said.target else ""]))
    within = f", ± {said.tolerance}" if said.tolerance else ""
    facts: list[tuple[str, object]] = [
        ("Measured by", said.measure),
        ("Baseline", f"{baseline}{when}{how}"),
        ("Target", f"{target}{within}"),
        ("To be reached by", day(said.due_on)),
        ("Figures come from", said.source),
        ("Owner at the client", said.client_owner),
        ("Owner at the provider", said.provider_owner),
    ]
    return facts + [pair for pair in _further(said) if pair[1]]


def _further(said: Objective) -> list[tuple[str, object]]:
    direction = DIRECTIONS[Direction(said.direction)] if said.direction else ""
    plan = [f"{value} by {day(date.fromisoformat(on))}" for on, value in said.profile]
    return [
        ("Kind", sentence(said.kind) if said.kind != "objective" else ""),
        ("Which way", direction),
        ("On the way", "; ".join(plan)),
        ("Serves", said.goal),
        ("Part of", said.parent.statement if said.parent else ""),
        ("For", said.stakeholder),
        ("Measured how often", said.frequency),
        ("Read from the service level", said.service_level),
        ("Others reach", _others(said)),
        ("Weight", str(said.weight) if said.weight != 1 else ""),
        ("Assumes", said.assumptions),
    ]


def _others(said: Objective) -> str:
    values = sorted(said.compared)
    if not values:
        return ""
    ends = f"{values[0]} to {values[-1]}, {counted(len(values), 'value')}"
    return f"{ends} ({said.benchmark_source})" if said.benchmark_source else ends


def way_words(objective: Objective) -> str:
    """Return baseline and target, as far as they are known: "24 to 12 working days"."""
    start, target = objective.baseline_value, objective.target
    if not start and not target:
        return ""
    ends = f"{start} to {target}" if start and target else f"from {start}" * bool(start)
    return " ".join(filter(None, [ends or f"to {target}", objective.unit]))


def fared_sentences(objective: Objective, seen: Fared, *, band: bool = True) -> list[str]:
    """Say how an objective fares: where it stands, what was planned, where it is heading."""
    if seen.aim is None:
        problem = seen.problem
        return [f"Progress cannot be computed. {problem.message}"] if problem else []
    if not seen.values or seen.progress is None:
        return ["Nothing was measured since the baseline."]
    last, unit = seen.values[-1], objective.unit
    stands = f"It stands at {figure(last.value, unit)}, as of {day(last.on)}"
    if seen.aim.direction is Direction.MAINTAIN:
        kept = "within" if seen.progress.attained else "outside"
        return [f"{stands}: {kept} what is to be kept."]
    said = [
        f"{stands}: {percent(seen.progress.attained, 0)} of the way from baseline to target. "
        f"The plan for that day is {percent(seen.progress.planned, 0)}."
    ]
    return said + _heading(objective, seen, band)


def _heading(objective: Objective, seen: Fared, band: bool) -> list[str]:
    """Say where an objective is heading, with its band if that was drawn."""
    heading = seen.projection
    if isinstance(heading, TooFew):
        missing = heading.needed - heading.days
        return [f"{counted(missing, 'more value')} will show where it is heading."]
    if not isinstance(heading, Projection) or seen.aim is None:
        return []
    ahead = _reached(heading, band)
    if seen.values[-1].on >= seen.aim.due_on:
        return [f"Its day, {day(seen.aim.due_on)}, has come. {ahead}"]
    low, middle, high = (
        figure(Fraction(each), objective.unit)
        for each in (heading.value.low, heading.value.middle, heading.value.high)
    )
    around = f" (eight in ten: {low} to {high})" if band else ""
    return [
        f"If it goes on like this, it is at {middle} on {day(seen.aim.due_on)}{around}. {ahead}"
    ]


def _reached(heading: Projection, with_band: bool) -> str:
    if heading.reached.p50 is None:
        return "It is not on its way to the target."
    late = "late" if heading.late else "in time"
    until = heading.reached.p90 if with_band else None
    band = f", by {day(until)} with nine chances in ten" if until else ""
    return f"The target is probably reached on {day(heading.reached.p50)}{band}: {late}."
