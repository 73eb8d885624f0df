"""Clauses that contradict themselves are refused, and those that hold have one spelling."""

from fractions import Fraction
from typing import Any

import pytest

from tallystick.engine.service_levels.agreement import (
    AgreementRefused,
    agreement_document,
    read_agreement,
)
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.clock import Cycles
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.engine.service_levels.terms.level_checks import unit_of
from tallystick.engine.service_levels.terms.rounding import Rounding, RoundingMode
from tests.engine.service_levels.builders import a_document, a_level_document

ANYTHING: list[Any] = []
RATIO = {"measure": "ratio", "targets": ANYTHING, "good": {"first_time": ["yes"]}}
SCORE = {
    "measure": "score",
    "targets": ANYTHING,
    "of": "satisfaction",
    "statistic": "mean",
    "target": ">= 4",
}
AVAILABILITY = {
    "measure": "availability",
    "targets": ANYTHING,
    "availability": {"from": "outages", "formula": "(T-M-D)/(T-M)"},
}
VOLUME = {"measure": "volume", "targets": ANYTHING, "target": "<= 5"}
MEAN = {"targets": ANYTHING, "statistic": "mean", "target": "<= 8h"}


def read(**changes: Any) -> Agreement:
    """Read an agreement whose one service level is changed."""
    return read_agreement(a_document(service_levels=[a_level_document(**changes)]))


def level_document(**changes: Any) -> dict[str, Any]:
    """Return the full spelling of a service level."""
    levels: list[dict[str, Any]] = agreement_document(read(**changes))["service_levels"]
    return levels[0]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"targets": []}, "empty", ".targets"),
    (RATIO | {"targets": [{"limit": "8h"}]}, "key-without-use", ".targets"),
    (MEAN | {"targets": [{"limit": "8h"}]}, "key-without-use", ".targets"),
    ({"good": {"first_time": ["yes"]}}, "key-without-use", ".good"),
    ({"of": "defects"}, "key-without-use", ".of"),
    (VOLUME | {"statistic": "mean"}, "key-without-use", ".statistic"),
    (RATIO | {"good": {}}, "ratio-unclear", ""),
    (RATIO | {"of": "defects"}, "ratio-unclear", ""),
    (SCORE | {"of": None}, "score-unclear", ""),
    (SCORE | {"statistic": "share"}, "score-unclear", ""),
    ({"target": "<= 8h"}, "target-in-another-unit", ".target"),
    ({"target": ">= 4"}, "target-in-another-unit", ".target"),
    ({"minimum": "<= 8h"}, "target-in-another-unit", ".minimum"),
    (MEAN | {"target": "95%"}, "target-in-another-unit", ".target"),
    (SCORE | {"target": "95%"}, "target-in-another-unit", ".target"),
    (VOLUME | {"target": "95%"}, "target-in-another-unit", ".target"),
    ({"minimum": "95%"}, "minimum-above-expected", ".minimum"),
    ({"minimum": "96%"}, "minimum-above-expected", ".minimum"),
    ({"minimum": "<= 5%"}, "minimum-above-expected", ".minimum"),
    (MEAN | {"minimum": "<= 4h"}, "minimum-above-expected", ".minimum"),
    (RATIO | {"overdue": "each-window"}, "overdue-without-due", ".overdue"),
    (MEAN | {"overdue": "each-window"}, "overdue-without-due", ".overdue"),
    ({"overdue": "each-window", "attribution": "done"}, "overdue-without-due", ".overdue"),
    (RATIO | {"attribution": "due"}, "attribution-without-due", ".attribution"),
    (SCORE | {"attribution": "due"}, "attribution-without-due", ".attribution"),
    (VOLUME | {"attribution": "due"}, "attribution-without-due", ".attribution"),
    (MEAN | {"attribution": "due"}, "attribution-without-due", ".attribution"),
    (
        {"clock": {"gap": "included", "cycles": "each"}},
        "gap-without-one-clock",
        ".clock.gap",
    ),
    (
        {"measure": "response-time", "clock": {"gap": "included"}},
        "gap-without-one-clock",
        ".clock.gap",
    ),
    ({"targets": [{}]}, "limit-or-due", ".targets[0]"),
    ({"targets": [{"limit": "8h", "due": {"working_days": 1}}]}, "limit-or-due", ".targets[0]"),
    (
        {"targets": [{"round_the_clock": "8h", "due": {"working_days": 1}}]},
        "limit-or-due",
        ".targets[0].round_the_clock",
    ),
    ({"measure": "deadline"}, "limit-or-due", ".targets[0]"),
    (
        {
            "clock": {"limit_change": "fresh"},
            "targets": [
                {"limit": "8h", "when": {"priority": ["P1"]}},
                {"due": {"working_days": 1}},
            ],
        },
        "limit-or-due",
        ".targets[1].due",
    ),
    ({"targets": [{"due": {}}]}, "due-unclear", ".targets[0].due"),
    (
        {"targets": [{"due": {"working_days": 1, "from": "promised"}}]},
        "due-unclear",
        ".targets[0].due",
    ),
    (
        {"targets": [{"due": {"working_days": 1, "at": "24:00"}}]},
        "hour-unreadable",
        ".targets[0].due.at",
    ),
    (
        {"targets": [{"due": {"working_days": 1, "at": "16:60"}}]},
        "hour-unreadable",
        ".targets[0].due.at",
    ),
    (
        {"targets": [{"due": {"working_days": 1, "at": True}}]},
        "hour-unreadable",
        ".targets[0].due.at",
    ),
    ({"targets": [{"limit": "0d"}]}, "limit-zero", ".targets[0].limit"),
    ({"targets": [{"limit": "2d"}]}, "day-unsaid", ".targets[0]"),
    (
        {"targets": [{"limit": "8h", "round_the_clock": "1d"}]},
        "day-unsaid",
        ".targets[0]",
    ),
    (
        {"low_volume": {"allowances": [{"up_to": 9, "may_miss": 1}, {"up_to": 9, "may_miss": 2}]}},
        "table-out-of-order",
        ".low_volume.allowances",
    ),
    (
        {"low_volume": {"allowances": [{"up_to": 39, "may_miss": 1}, {"up_to": 9, "may_miss": 2}]}},
        "table-out-of-order",
        ".low_volume.allowances",
    ),
    (
        AVAILABILITY | {"low_volume": {"measured_from": 20}},
        "low-volume-of-seconds",
        ".low_volume",
    ),
    (
        AVAILABILITY | {"low_volume": {"one_miss_forgiven": True}},
        "low-volume-of-seconds",
        ".low_volume",
    ),
    ({"window": "rolling-1-months"}, "not-one-of", ".window"),
    ({"window": "rolling-3-years"}, "not-one-of", ".window"),
    (SCORE | {"statistic": "p0"}, "not-one-of", ".statistic"),
    (SCORE | {"statistic": "p100"}, "not-one-of", ".statistic"),
    ({"applies_to": {"priority": []}}, "empty", ".applies_to.priority"),
    ({"applies_to": {"priority": "P1"}}, "not-a-list", ".applies_to.priority"),
    ({"applies_to": {"priority": [1]}}, "not-text", ".applies_to.priority[0]"),
    ({"applies_to": {"priority": ["x" * 301]}}, "not-text", ".applies_to.priority[0]"),
    ({"applies_to": {"": ["P1"]}}, "not-text", ".applies_to."),
    ({"applies_to": ["P1"]}, "not-keys", ".applies_to"),
    ({"clock": {"pauses": [{}]}}, "empty", ".clock.pauses[0]"),
    ({"clock": {"pauses": [{"state": ["open"]}]}}, "not-one-of", ".clock.pauses[0].state"),
    ({"clock": {"runs": []}}, "state-unplaced", ".clock"),
    ({"clock": {"runs": "new"}}, "not-a-list", ".clock.runs"),
    ({"clock": {"pauses": ["on-hold", "new"]}}, "state-twice", ".clock"),
    (
        {"clock": {"stops": [], "pauses": ["on-hold", "resolved", "closed"]}},
        "clock-idle",
        ".clock",
    ),
]


@pytest.mark.parametrize(("changes", "code", "place"), REFUSED)
def test_a_clause_that_contradicts_itself_is_refused(
    changes: dict[str, Any], code: str, place: str
) -> None:
    with pytest.raises(AgreementRefused) as refused:
        read(**changes)

    assert refused.value.code == f"agreement.{code}"
    assert refused.value.place == f"service_levels[0]{place}"
    assert refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("changes", "key", "spelled"),
    [
        ({"targets": [{"limit": "480m"}]}, "targets", [{"when": {}, "limit": "8h"}]),
        (
            {"targets": [{"due": {"working_days": 1, "at": "9:05"}}]},
            "targets",
            [{"when": {}, "due": {"working_days": 1, "at": "09:05"}}],
        ),
        (
            {"targets": [{"due": {"from": "promised", "at": "close"}}]},
            "targets",
            [{"when": {}, "due": {"from": "promised"}}],
        ),
        ({"window": "rolling-03-months"}, "window", "rolling-3-months"),
        (SCORE | {"statistic": "p99.90"}, "statistic", "p99.9"),
        (SCORE, "attribution", "done"),
        (MEAN, "attribution", "done"),
        (RATIO, "attribution", "done"),
        (VOLUME, "attribution", "opened"),
        ({}, "attribution", "due"),
        (
            {"applies_to": {" impact ": ">=4.50", "site": [" north "]}},
            "applies_to",
            {"impact": ">= 4.5", "site": ["north"]},
        ),
        ({"minimum": "90.0%"}, "minimum", "90%"),
    ],
)
def test_a_clause_has_one_spelling(changes: dict[str, Any], key: str, spelled: Any) -> None:
    assert level_document(**changes)[key] == spelled


def test_a_requirement_of_the_clock_is_in_the_document_only_where_it_is_used() -> None:
    # The hash of a version that was signed before there was such a key must not change.
    asked = [{"priority": ["P1"]}]

    assert "requires" not in level_document(clock={"requires": []})["clock"]
    assert level_document(clock={"requires": asked})["clock"]["requires"] == [
        {"state": [], "priority": ["P1"]}
    ]


def test_rules_for_few_items_that_say_nothing_may_stand_beside_an_availability() -> None:
    assert "low_volume" not in level_document(**AVAILABILITY, low_volume={"measured_from": 1})


def test_bare_states_come_first_and_conditions_with_attributes_keep_their_order() -> None:
    pauses = [{"waiting_for": ["client"]}, "on-hold", {"state": "new", "vip": ["no"]}]

    clock = level_document(clock={"pauses": pauses})["clock"]

    assert clock["pauses"] == [
        "on-hold",
        {"state": [], "waiting_for": ["client"]},
        {"state": ["new"], "vip": ["no"]},
    ]


def test_a_condition_survives_being_written_and_read() -> None:
    changes = {"clock": {"pauses": ["on-hold", {"waiting_for": ["client"], "age": "> 2"}]}}

    agreement = read(**changes)

    assert read_agreement(agreement_document(agreement)) == agreement


@pytest.mark.parametrize(
    ("changes", "cycles"),
    [
        ({"measure": "response-time"}, Cycles.FIRST),
        ({"measure": "resolution-time"}, Cycles.CUMULATIVE),
        ({"measure": "backlog", "targets": [], "target": "<= 5"}, Cycles.EACH),
        ({"measure": "response-time", "clock": {"cycles": "last"}}, Cycles.LAST),
    ],
)
def test_the_measure_says_which_cycles_are_judged(changes: dict[str, Any], cycles: Cycles) -> None:
    assert read(**changes).service_levels[0].cycles is cycles


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({}, Unit.SHARE),
        (RATIO, Unit.SHARE),
        (RATIO | {"good": {}, "of": "defects", "target": "<= 1"}, Unit.NUMBER),
        (SCORE, Unit.NUMBER),
        (VOLUME, Unit.NUMBER),
        (MEAN, Unit.SECONDS),
    ],
)
def test_the_measure_and_the_statistic_say_the_unit(changes: dict[str, Any], unit: Unit) -> None:
    assert unit_of(read(**changes).service_levels[0]) is unit


@pytest.mark.parametrize(
    ("mode", "thousandths", "rounded"),
    [
        (RoundingMode.DOWN, 1999, "1.99"),
        (RoundingMode.UP, 1991, "2.00"),
        (RoundingMode.UP, 1990, "1.99"),
        (RoundingMode.HALF_UP, 1994, "1.99"),
        (RoundingMode.HALF_UP, 1995, "2.00"),
        (RoundingMode.HALF_EVEN, 1975, "1.98"),
        (RoundingMode.HALF_EVEN, 1985, "1.98"),
        (RoundingMode.HALF_EVEN, 1995, "2.00"),
        (RoundingMode.HALF_EVEN, 1986, "1.99"),
        (RoundingMode.HALF_EVEN, 1984, "1.98"),
    ],
)
def test_a_number_is_rounded_as_the_agreement_says(
    mode: RoundingMode, thousandths: int, rounded: str
) -> None:
    rounding = Rounding(decimals=2, mode=mode)

    assert rounding.applied(Fraction(thousandths, 1000), Unit.NUMBER) == Fraction(rounded)
