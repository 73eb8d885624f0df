"""How an objective stands: five facts of its wording, a word on its figures, its changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tallystick.engine.guardrails.snapshot import Objective as Stated
from tallystick.engine.objectives import (
    Direction,
    ObjectiveKind,
    Placed,
    Projection,
    Rag,
    Smart,
    benefits_realised,
    figure_in,
    reach_of,
    smart,
    word_of,
)
from tallystick.records.objective_figures import Fared, as_decimal
from tallystick.records.objectives import Acknowledgement, Objective, plain_wording
from tallystick.records.snapshot_objectives import objective_values

_RAGS = {Rag.GREEN: "on-track", Rag.AMBER: "slightly-behind", Rag.RED: "far-behind"}
_GOALS = (ObjectiveKind.OBJECTIVE, ObjectiveKind.BENEFIT)


@dataclass(frozen=True, slots=True)
class Changed:
    """A part of a wording that differs; empty where it was or is not there."""

    part: str
    before: Any
    after: Any


def smart_of(objective: Objective, seen: Fared) -> Smart:
    """Return the five facts of an objective as it is worded now."""
    history = [as_decimal(each.value) for each in seen.history]
    direction = Direction(objective.direction) if objective.direction else None
    above = objective.parent
    serves = above.statement if above and above.kind in _GOALS else ""
    placed = Placed(
        reach=reach_of(figure_in(objective.target), direction, history, objective.compared),
        parent=(above.statement if above else objective.goal) or None,
        serves=objective.goal or serves or None,
        planned=bool(objective.profile),
    )
    stated = Stated.model_validate(objective_values(objective))
    return smart(stated, placed, provider_known=objective.engagement.provider_id is not None)


def smart_facts(facts: Smart) -> list[tuple[str, list[str]]]:
    """Return the name of each of the five, with what it lacks as people call it."""
    names = ("specific", "measurable", "achievable", "relevant", "time_bound")
    return [(name, [word_of(part) for part in getattr(facts, name).missing]) for name in names]


def standing_of(seen: Fared) -> str:
    """
    Return in one word how an objective fares.

    What is reached, or heads past its due day, is said before how it compares with the plan.
    """
    if seen.aim is None:
        return "no-figures"
    come = seen.progress
    if come is None:
        return "no-value-yet"
    if seen.aim.direction is Direction.MAINTAIN:
        return "kept" if come.attained else "not-kept"
    if come.attained >= 1:
        return "reached"
    if isinstance(seen.projection, Projection) and seen.projection.late:
        return "projected-late"
    return _RAGS[come.rag] if come.rag else "just-begun"


def acknowledged(objective: Objective) -> Acknowledgement | None:
    """Return the provider's newest word on any version; its rows must be read along."""
    words = objective.acknowledgements.all()
    return max(words, key=lambda each: each.version, default=None)


def changes_since(objective: Objective, word: Acknowledgement | None) -> list[Changed]:
    """Return what the present wording changes in the one that was acknowledged last."""
    if word is None or word.version == objective.version:
        return []
    kept = {each.version: each.wording for each in objective.versions.all()}
    # A wording of before versions were kept cannot be compared.
    read = kept.get(word.version)
    return wording_changes(read, plain_wording(objective)) if read else []


def wording_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """Return the parts in which two wordings differ, in the order in which they are written."""
    names = list(dict.fromkeys([*before, *after]))
    return [
        Changed(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def realised(stated: Sequence[tuple[Objective, Fared]]) -> Fraction | None:
    """Return the share of the benefits that came, by weight; None where nothing is measured."""
    return benefits_realised(
        (objective.weight, seen.progress.attained)
        for objective, seen in stated
        if seen.progress is not None
    )
