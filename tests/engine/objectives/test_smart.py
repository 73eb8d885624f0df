"""Five facts about an objective, and what each lacks."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tallystick.engine.objectives import (
    Direction,
    Placed,
    importance_gap,
    misaligned,
    reach_of,
    smart,
    word_of,
)
from tallystick.engine.objectives.expectations import RatingOutsideScale
from tallystick.engine.objectives.reach import Beyond, Compared, Reach

DECADE = [Decimal(each) for each in range(1, 11)]


@dataclass(frozen=True)
class Baseline:
    """Where it stood."""

    value: str | None = "40"
    on: date | None = date(2027, 1, 1)


@dataclass(frozen=True)
class Objective:
    """An objective whose wording is complete."""

    statement: str | None = "Incidents are resolved within a day"
    measure: str | None = "time to resolve"
    unit: str | None = "hours"
    baseline: Baseline | None = Baseline()
    target: str | None = "24"
    due_on: date | None = date(2027, 12, 31)
    source: str | None = "the ticket system"
    client_owner: str | None = "Ada"
    provider_owner: str | None = "Ben"


COMPLETE = Placed(Reach(), parent="Service", serves="Trust", planned=True)


def test_an_objective_that_says_everything_holds() -> None:
    assert smart(Objective(), COMPLETE, provider_known=True).holds


@pytest.mark.parametrize(
    ("changes", "fact", "missing"),
    [
        ({"statement": None}, "specific", ("statement",)),
        ({"statement": "cheaper and faster"}, "specific", ("words",)),
        ({"client_owner": ""}, "specific", ("client_owner",)),
        ({"provider_owner": None}, "specific", ("provider_owner",)),
        ({"measure": None, "unit": ""}, "measurable", ("measure", "unit")),
        ({"baseline": None}, "measurable", ("baseline",)),
        ({"baseline": Baseline(None, None)}, "measurable", ("baseline.value", "baseline.on")),
        ({"source": None}, "measurable", ("source",)),
        ({"target": None}, "achievable", ("target",)),
        ({"due_on": None}, "time_bound", ("due_on",)),
    ],
)
def test_what_the_wording_lacks_is_missing_from_one_fact_only(
    changes: dict[str, Any], fact: str, missing: tuple[str, ...]
) -> None:
    found = smart(replace(Objective(), **changes), COMPLETE, provider_known=True)

    lacks = {
        name: getattr(found, name).missing
        for name in ("specific", "measurable", "achievable", "relevant", "time_bound")
        if not getattr(found, name).holds
    }
    assert lacks == {fact: missing}
    assert not found.holds


@pytest.mark.parametrize(
    ("changes", "fact", "missing"),
    [
        ({"parent": None}, "specific", "parent"),
        ({"serves": None}, "relevant", "serves"),
        ({"planned": False}, "time_bound", "profile"),
        ({"reach": Reach(lacks="values")}, "achievable", "values"),
        ({"reach": Reach(lacks="number")}, "achievable", "number"),
        (
            {"reach": Reach(beyond=Beyond(Fraction(9), Compared.HISTORY))},
            "achievable",
            "within_reach",
        ),
    ],
)
def test_what_is_missing_around_it_is_named_too(
    changes: dict[str, Any], fact: str, missing: str
) -> None:
    found = smart(Objective(), replace(COMPLETE, **changes), provider_known=True)

    assert getattr(found, fact).missing == (missing,)
    assert word_of(missing)


def test_an_owner_at_the_provider_is_asked_for_once_there_is_one() -> None:
    found = smart(replace(Objective(), provider_owner=None), COMPLETE, provider_known=False)

    assert found.holds


@pytest.mark.parametrize(
    ("target", "direction", "beyond"),
    [
        (10, Direction.HIGHER, Fraction(191, 20)),  # nineteen in twenty lie below 9.55
        (9, Direction.HIGHER, None),
        (1, Direction.LOWER, Fraction(29, 20)),
        (2, Direction.LOWER, None),
        (99, Direction.MAINTAIN, None),
    ],
)
def test_a_target_is_held_against_what_was_ever_reached(
    target: int, direction: Direction, beyond: Fraction | None
) -> None:
    found = reach_of(Fraction(target), direction, DECADE, [])

    assert found.judged
    assert (found.beyond.best if found.beyond else None) == beyond


def test_a_benchmark_does_where_there_is_no_history() -> None:
    found = reach_of(Fraction(99), Direction.HIGHER, DECADE[:7], DECADE)

    assert found.beyond == Beyond(Fraction(191, 20), Compared.BENCHMARK)


@pytest.mark.parametrize(
    ("target", "direction", "history", "lacks"),
    [
        (None, Direction.HIGHER, DECADE, "number"),
        (Fraction(99), None, DECADE, "direction"),
        (Fraction(99), Direction.HIGHER, DECADE[:7], "values"),
    ],
)
def test_without_figures_a_target_is_not_judged(
    target: Fraction | None, direction: Direction | None, history: list[Decimal], lacks: str
) -> None:
    found = reach_of(target, direction, history, [])

    assert not found.judged
    assert found.lacks == lacks


@pytest.mark.parametrize(
    ("client", "provider", "gap", "apart"),
    [(5, 3, 2, True), (3, 5, 2, True), (4, 5, 1, False), (None, 5, None, False)],
)
def test_two_points_of_five_are_a_gap_in_expectations(
    client: int | None, provider: int | None, gap: int | None, apart: bool
) -> None:
    found = importance_gap(client, provider)

    assert (found, misaligned(found)) == (gap, apart)


@pytest.mark.parametrize(("client", "provider"), [(0, 3), (3, 6)])
def test_a_rating_lies_between_one_and_five(client: int, provider: int) -> None:
    with pytest.raises(RatingOutsideScale):
        importance_gap(client, provider)
