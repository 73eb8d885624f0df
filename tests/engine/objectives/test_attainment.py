"""How far objectives have come: cases worked by hand, bad aims and profiles, and laws."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.objectives import (
    Direction,
    Planned,
    Rag,
    RagThresholds,
    attainment,
    planned_value,
    progress,
    rag,
)
from tallystick.engine.refusals import Refusal
from tests.engine.objectives.builders import NEW_YEAR, YEAR_END, an_aim

CASES = tomllib.loads((Path(__file__).parent / "cases" / "progress.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_progress_is_what_was_worked_by_hand(case: dict[str, Any]) -> None:
    aim = an_aim(
        direction=Direction(case["direction"]),
        baseline=Decimal(case["baseline"]),
        target=Decimal(case["target"]),
        tolerance=Decimal(case.get("tolerance", 0)),
    )
    profile = [Planned(each["on"], Decimal(each["value"])) for each in case.get("profile", [])]

    found = progress(aim, Decimal(case["value"]), case["on"], profile)

    assert (found.attained, found.planned) == (
        Fraction(case["attained"]),
        Fraction(case["planned"]),
    )
    assert found.index == (Fraction(case["index"]) if "index" in case else None)
    assert found.rag == case.get("rag")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"target": 0}, "objectives.target-is-baseline"),
        ({"target": Decimal("-1")}, "objectives.target-backwards"),
        ({"direction": Direction.LOWER}, "objectives.target-backwards"),
        ({"due_on": NEW_YEAR}, "objectives.due-before-baseline"),
        ({"due_on": date(2026, 12, 31)}, "objectives.due-before-baseline"),
        ({"tolerance": -1}, "objectives.tolerance-below-nothing"),
    ],
)
def test_an_aim_that_leads_nowhere_is_refused(changes: Mapping[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        an_aim(**changes)

    assert caught.value.code == code
    assert caught.value.place in changes or caught.value.place == "target"
    assert caught.value.remedy


def test_what_is_to_be_maintained_may_aim_at_its_baseline() -> None:
    assert an_aim(direction=Direction.MAINTAIN, target=0).target == 0


@pytest.mark.parametrize(
    "profile",
    [
        [Planned(date(2026, 12, 31), 5)],
        [Planned(date(2028, 1, 1), 5)],
        [Planned(date(2027, 6, 1), 5), Planned(date(2027, 6, 1), 6)],
    ],
)
def test_a_profile_outside_the_time_or_with_a_day_twice_is_refused(profile: list[Planned]) -> None:
    with pytest.raises(Refusal) as caught:
        planned_value(an_aim(), date(2027, 6, 1), profile)

    assert caught.value.code == "objectives.profile-refused"


def test_a_profile_may_plan_another_value_for_the_ends() -> None:
    profile = [Planned(NEW_YEAR, 10), Planned(YEAR_END, 90)]

    assert planned_value(an_aim(), date(2027, 7, 2), profile) == 50


@pytest.mark.parametrize(("on", "value"), [(date(2026, 1, 1), 0), (date(2030, 1, 1), 100)])
def test_before_and_after_its_time_the_plan_stands_at_its_ends(on: date, value: int) -> None:
    assert planned_value(an_aim(), on) == value


def test_thresholds_of_colours_are_a_matter_of_policy() -> None:
    strict = RagThresholds(green=1, amber=Decimal("0.9"))

    assert rag(Fraction(95, 100), strict) is Rag.AMBER


values = st.integers(-1000, 1000)


@given(baseline=values, target=values, one=values, other=values)
def test_more_of_the_good_never_hurts(baseline: int, target: int, one: int, other: int) -> None:
    if baseline == target:
        return
    direction = Direction.HIGHER if target > baseline else Direction.LOWER
    aim = an_aim(direction=direction, baseline=baseline, target=target)
    worse, better = sorted((one, other), reverse=direction is Direction.LOWER)

    assert 0 <= attainment(aim, worse) <= attainment(aim, better) <= Fraction(6, 5)


@given(baseline=values, target=values, value=values)
def test_higher_and_lower_mirror_each_other(baseline: int, target: int, value: int) -> None:
    if target <= baseline:
        return
    up = an_aim(baseline=baseline, target=target)
    down = an_aim(direction=Direction.LOWER, baseline=-baseline, target=-target)

    assert attainment(up, value) == attainment(down, -value)
