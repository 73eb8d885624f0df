"""Goals, conditions and hours of the day: what is read, its one spelling, and what is refused."""

from fractions import Fraction
from typing import Any

import pytest

from tallystick.engine.service_levels.agreement import (
    AgreementRefused,
    agreement_document,
    read_agreement,
)
from tallystick.engine.service_levels.terms.goals import Direction, Unit, goal_text, read_goal
from tallystick.engine.service_levels.terms.matches import Match
from tests.engine.service_levels.builders import a_document, a_level_document

AT_LEAST, AT_MOST = Direction.AT_LEAST, Direction.AT_MOST


@pytest.mark.parametrize(
    ("stated", "spelled", "value", "unit", "direction"),
    [
        ("95%", "95%", Fraction(19, 20), Unit.SHARE, AT_LEAST),
        (">= 95 %", "95%", Fraction(19, 20), Unit.SHARE, AT_LEAST),
        ("<=5%", "<= 5%", Fraction(1, 20), Unit.SHARE, AT_MOST),
        ("<= 0%", "<= 0%", Fraction(0), Unit.SHARE, AT_MOST),
        ("<= 0.00 %", "<= 0%", Fraction(0), Unit.SHARE, AT_MOST),
        ("8h", "<= 8h", Fraction(28_800), Unit.SECONDS, AT_MOST),
        ("<= 90m", "<= 1h30m", Fraction(5400), Unit.SECONDS, AT_MOST),
        (">= 45s", ">= 45s", Fraction(45), Unit.SECONDS, AT_LEAST),
        (">= 4.20", ">= 4.2", Fraction(21, 5), Unit.NUMBER, AT_LEAST),
        ("<= 500", "<= 500", Fraction(500), Unit.NUMBER, AT_MOST),
    ],
)
def test_a_goal_is_read_exactly_and_has_one_spelling(
    stated: str, spelled: str, value: Fraction, unit: Unit, direction: Direction
) -> None:
    goal = read_goal(stated)

    assert (goal.value, goal.unit, goal.direction) == (value, unit, direction)
    assert goal_text(goal) == spelled


@pytest.mark.parametrize(("sign", "kept"), [("<=", [4, 5]), (">=", [5, 6])])
def test_a_goal_itself_is_kept(sign: str, kept: list[int]) -> None:
    goal = read_goal(f"{sign} 5")

    assert [number for number in (4, 5, 6) if goal.kept_by(Fraction(number))] == kept
    assert not goal.worse(Fraction(5), Fraction(5))


@pytest.mark.parametrize(
    ("sign", "accepted"), [("<", [4]), ("<=", [4, 5]), (">", [6]), (">=", [5, 6])]
)
def test_a_comparison_accepts_the_numbers_on_its_side(sign: str, accepted: list[int]) -> None:
    match = Match(sign=sign, number=Fraction(5))

    assert [number for number in (4, 5, 6) if match.accepts_number(Fraction(number))] == accepted


def read(**changes: Any) -> dict[str, Any]:
    """Return the full spelling of a service level that is changed."""
    document = a_document(service_levels=[a_level_document(**changes)])
    levels: list[dict[str, Any]] = agreement_document(read_agreement(document))["service_levels"]
    return levels[0]


@pytest.mark.parametrize(
    ("stated", "spelled"),
    [
        ({"p": ["x"]}, {"p": ["x"]}),
        ({"p" * 300: ["x" * 300]}, {"p" * 300: ["x" * 300]}),
        ({"impact": "< 10.50"}, {"impact": "< 10.5"}),
        ({"impact": "> 100"}, {"impact": "> 100"}),
        ({"impact": "<= -3"}, {"impact": "<= -3"}),
    ],
)
def test_a_condition_has_one_spelling(stated: dict[str, Any], spelled: dict[str, Any]) -> None:
    assert read(applies_to=stated)["applies_to"] == spelled


@pytest.mark.parametrize(
    ("stated", "spelled"), [("16:30", "16:30"), ("7:05", "07:05"), ("00:00", "00:00")]
)
def test_an_hour_of_the_day_has_one_spelling(stated: str, spelled: str) -> None:
    level = read(targets=[{"due": {"working_days": 1, "at": stated}}])

    assert level["targets"][0]["due"]["at"] == spelled


@pytest.mark.parametrize(
    ("changes", "message", "remedy"),
    [
        (
            {"applies_to": {"priority": "P1"}},
            "'P1' is neither a list of values nor a comparison",
            'Write a list, such as [P1, P2], or a comparison in quotes, such as ">= 4".',
        ),
        (
            {"applies_to": {"priority": [1]}},
            "'1' is not a text of 1 to 300 characters",
            "Write it as text, in quotes if it looks like a number.",
        ),
        (
            {"applies_to": {"priority": []}},
            "the list names no value",
            "Give at least one entry.",
        ),
        (
            {"applies_to": {1: ["P1"]}},
            "'1' is not the name of an attribute",
            "Write the attribute's name, in quotes if it looks like a number.",
        ),
        (
            {"applies_to": ["P1"]},
            "\"['P1']\" names no attribute",
            "Write attributes and values: {priority: [P1, P2]}.",
        ),
        (
            {"targets": [{"due": {"working_days": 1, "at": "4 pm"}}]},
            "'4 pm' is not an hour of the day",
            'Write it in 24-hour time and quotes, such as "16:00", or `close`.',
        ),
        (
            {"target": "95"},
            "the target '95' does not say whether more or less is better",
            'Write ">= 95" if it is to be reached, "<= 95" if not to be exceeded.',
        ),
        (
            {"window": "fortnight"},
            "'fortnight' is not a window",
            "Write day, week, month, quarter, year, or such as rolling-3-months.",
        ),
        (
            {"statistic": "average"},
            "'average' is not a statistic",
            "Write share, mean, median, or a percentile such as p95.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(
    changes: dict[str, Any], message: str, remedy: str
) -> None:
    with pytest.raises(AgreementRefused) as refused:
        read(**changes)

    assert (refused.value.message, refused.value.remedy) == (message, remedy)
