"""Written parts become an aim, or the refusal that says which part is missing."""

from datetime import date
from fractions import Fraction

import pytest

from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.objectives import Direction, FigureNeeded, aim_of, figure_in
from tallystick.engine.objectives.starters import STARTERS, Intent, starters_for

WRITTEN = {
    "direction": "",
    "baseline": "24",
    "baseline_on": date(2026, 1, 1),
    "target": "12",
    "due_on": date(2026, 12, 31),
}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("97", 97), ("4.5", Fraction(9, 2)), ("97 %", 97), (" -3 ", -3), ("+0.25", Fraction(1, 4)),
        ("", None), ("soon", None), ("1,000", None), ("1e5", None), ("12 hours", None),
        ("NaN", None), ("٣", None), ("1" * 16, None),
    ],
)  # fmt: skip
def test_a_number_is_read_and_nothing_else(text: str, number: Fraction | None) -> None:
    assert figure_in(text) == number


@pytest.mark.parametrize(
    ("target", "direction"), [("12", Direction.LOWER), ("30", Direction.HIGHER)]
)
def test_without_a_direction_the_target_says_it(target: str, direction: Direction) -> None:
    assert aim_of(**WRITTEN | {"target": target}).direction is direction  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"baseline": ""}, "baseline_value"),
        ({"baseline": "slow"}, "baseline_value"),
        ({"target": ""}, "target"),
        ({"baseline_on": None}, "baseline_on"),
        ({"due_on": None}, "due_on"),
        ({"tolerance": "some"}, "tolerance"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, object], place: str) -> None:
    with pytest.raises(FigureNeeded) as refused:
        aim_of(**WRITTEN | changes)  # type: ignore[arg-type]

    assert refused.value.place == place


@pytest.mark.parametrize("service_type", list(ServiceType))
@pytest.mark.parametrize("intent", list(Intent))
def test_every_wish_has_a_start_for_every_service(
    service_type: ServiceType, intent: Intent
) -> None:
    assert starters_for(service_type, intent)


def test_starters_fit_the_fields_that_they_fill() -> None:
    keys = [each.key for each in STARTERS]

    assert len(set(keys)) == len(keys)
    for each in STARTERS:
        assert len(each.statement.split()) >= 5
        assert max(len(each.measure), len(each.source)) <= 200
        assert max(len(each.unit), len(each.frequency)) <= 40
