"""The terms of availability: what is refused, where, and the one spelling of the rest."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from tallystick.engine.service_levels.terms.availability import AvailabilityTerms

PROBES = {"from": "probes", "interval": "60s", "formula": "(T-M-D)/(T-M)"}
STATES = {"from": "states", "formula": "(T-M-D)/(T-M)"}
NIGHT = {"since": "2026-03-07T02:00", "until": "2026-03-07T04:00"}


def first_problem(document: Any) -> tuple[str, str]:
    """Return code and place of the first problem of terms that are refused."""
    with pytest.raises(ValidationError) as refused:
        AvailabilityTerms.model_validate(document)
    problem = refused.value.errors()[0]
    context = problem.get("ctx", {})
    return problem["type"], ".".join(map(str, problem["loc"])) + context.get("at", "")


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"form": "probes"}, "agreement.unknown-key", ".form"),
        ({"from": "pings"}, "enum", "from"),
        ({"from": ["probes"]}, "enum", "from"),
        ({"formula": "(T-D)/T"}, "enum", "formula"),
        ({"interval": 60}, "agreement.limit-not-text", "interval"),
        ({"interval": "7m"}, "agreement.interval-uneven", ".interval"),
        ({"interval": "2h"}, "agreement.interval-uneven", ".interval"),
        ({"interval": "0s"}, "agreement.limit-zero", "interval"),
        ({"several_probes": "half"}, "enum", "several_probes"),
        ({"maintenance_state": "excused"}, "agreement.key-out-of-place", ".maintenance_state"),
        ({"minimum_outage": "a while"}, "agreement.limit-unreadable", "minimum_outage"),
        ({"minimum_outage": "-5m"}, "agreement.limit-unreadable", "minimum_outage"),
        ({"minimum_outage": 5}, "agreement.limit-not-text", "minimum_outage"),
        ({"notice_days": -1}, "greater_than_equal", "notice_days"),
        ({"notice_days": "2"}, "int_type", "notice_days"),
        ({"least_measured": 0.95}, "agreement.target-not-text", "least_measured"),
        ({"least_measured": "0%"}, "agreement.target-out-of-range", "least_measured"),
        ({"weight": "users"}, "agreement.users-unclear", ".weight"),
        ({"total_users": 5}, "agreement.users-unclear", ".weight"),
        ({"weight": "users", "total_users": 0}, "greater_than_equal", "total_users"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_place(
    changes: dict[str, Any], code: str, place: str
) -> None:
    assert first_problem(PROBES | changes) == (code, place)


@pytest.mark.parametrize("key", ["interval", "several_probes"])
def test_what_is_of_probes_alone_is_refused_elsewhere(key: str) -> None:
    stated = {"interval": "60s", "several_probes": "down-if-all-fail"}[key]

    assert first_problem(STATES | {key: stated}) == ("agreement.key-out-of-place", f".{key}")


def test_probes_need_their_interval() -> None:
    document = {key: value for key, value in PROBES.items() if key != "interval"}

    assert first_problem(document) == ("agreement.interval-missing", "")


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"until": "2026-03-07T02:00"}, "agreement.maintenance-unreadable", ""),
        ({"until": "2026-03-06T04:00"}, "agreement.maintenance-unreadable", ""),
        ({"until": "2026-03-07T04:00+01:00"}, "agreement.maintenance-unreadable", ""),
        ({"since": "2026-03-07"}, "agreement.moment-unreadable", ".since"),
        ({"since": "in the night"}, "agreement.moment-unreadable", ".since"),
        ({"since": "0001-01-01T00:00"}, "agreement.date-out-of-range", ".since"),
        ({"until": "9999-01-01T00:00"}, "agreement.date-out-of-range", ".until"),
        ({"notice_given_on": "soon"}, "agreement.date-unreadable", ".notice_given_on"),
        ({"notice": "2026-03-01"}, "agreement.unknown-key", ".notice"),
    ],
)  # fmt: skip
def test_a_maintenance_window_that_cannot_be_is_refused(
    changes: dict[str, Any], code: str, place: str
) -> None:
    document = PROBES | {"maintenance": [NIGHT | changes]}

    assert first_problem(document) == (code, f"maintenance.0{place}")


@pytest.mark.parametrize(
    ("components", "code", "place"),
    [
        ([], "agreement.composition-unreadable", "components"),
        (["web"], "agreement.composition-unreadable", "components"),
        ({}, "agreement.composition-unreadable", "components"),
        ({"serial": []}, "agreement.composition-unreadable", "components.serial"),
        ({"serial": "web"}, "agreement.composition-unreadable", "components.serial"),
        ({"serial": ["a"], "parallel": ["b"]}, "agreement.composition-unreadable", "components"),
        ({"seriel": ["a"]}, "agreement.composition-unreadable", "components.seriel"),
        ({"serial": ["a", 7]}, "agreement.composition-unreadable", "components.serial[1]"),
        ({"serial": ["a", " "]}, "agreement.composition-unreadable", "components.serial[1]"),
        (
            {"serial": ["a", {"parallel": [{"of": ["b"]}]}]},
            "agreement.composition-unreadable",
            "components.serial[1].parallel[0].of",
        ),
        ({"serial": ["a", {"parallel": ["b", "a"]}]}, "agreement.component-twice", "components"),
        (
            {"serial": [f"c{n}" for n in range(501)]},
            "agreement.too-many-components",
            "components",
        ),
    ],
)  # fmt: skip
def test_a_composition_that_cannot_be_is_refused(components: Any, code: str, place: str) -> None:
    assert first_problem(PROBES | {"components": components}) == (code, place)


def test_groups_nested_more_than_five_deep_are_refused() -> None:
    nested: Any = "web"
    for _ in range(6):
        nested = {"serial": [nested]}

    assert first_problem(PROBES | {"components": nested})[0] == "agreement.composition-unreadable"


@pytest.mark.parametrize(
    ("stated", "code", "place"),
    [
        ("always", "agreement.hours-unreadable", ""),
        ({"sun": "02:00-06:00"}, "agreement.hours-unreadable", ".sun"),
        ({"sun": ["2 to 6"]}, "agreement.hours-unreadable", ".sun[0]"),
        ({"sunday": ["02:00-06:00"]}, "agreement.unknown-day", ".sunday"),
        ({"sun": ["02:00-06:00", "05:00-07:00"]}, "agreement.hours-overlap", ""),
        ({"mon-sun": ["00:00-24:00"]}, "agreement.maintenance-without-end", ""),
    ],
)
def test_standing_maintenance_that_cannot_be_is_refused(stated: Any, code: str, place: str) -> None:
    document = PROBES | {"standing_maintenance": stated}

    assert first_problem(document) == (code, f"standing_maintenance{place}")


@pytest.mark.parametrize(
    ("stated", "spelled"),
    [
        ({"sat-sun": ["2:00-06:00"]}, {"sat": ["02:00-06:00"], "sun": ["02:00-06:00"]}),
        ({"sun": ["22:00-02:00"], "mon": []}, {"sun": ["22:00-02:00"]}),
    ],
)
def test_standing_maintenance_is_spelled_as_the_hours_of_a_calendar(
    stated: Any, spelled: Any
) -> None:
    terms = AvailabilityTerms.model_validate(PROBES | {"standing_maintenance": stated})

    assert terms.model_dump(mode="json", by_alias=True)["standing_maintenance"] == spelled


@pytest.mark.parametrize("stated", [{}, {"standing_maintenance": {}}])
def test_without_standing_maintenance_the_document_is_as_it_was(stated: dict[str, Any]) -> None:
    # The hash of a version that was signed before there was such a key must not change.
    terms = AvailabilityTerms.model_validate(PROBES | stated)

    assert "standing_maintenance" not in terms.model_dump(mode="json", by_alias=True)


def test_terms_come_back_from_their_document_as_they_were() -> None:
    document = PROBES | {
        "components": {"serial": ["web", {"parallel": ["db-1", "db-2"]}]},
        "maintenance": [NIGHT | {"notice_given_on": date(2026, 3, 1), "reason": "Patches"}],
        "standing_maintenance": {"sun": ["02:00-06:00"]},
        "minimum_outage": "300s",
        "weight": "users",
        "total_users": 120,
    }
    terms = AvailabilityTerms.model_validate(document)

    spelled = terms.model_dump(mode="json", by_alias=True, exclude_none=True)

    assert AvailabilityTerms.model_validate(spelled) == terms
    assert (spelled["interval"], spelled["minimum_outage"]) == ("1m", "5m")


def test_what_is_left_out_takes_its_usual_value() -> None:
    terms = AvailabilityTerms.model_validate(PROBES)

    assert (terms.notice_days, terms.minimum_outage, terms.least_measured, terms.users) == (
        2, 0, Fraction(19, 20), 1,
    )  # fmt: skip
    assert str(terms.several_probes) == "down-if-all-fail"


def test_the_schema_names_every_key() -> None:
    schema = AvailabilityTerms.model_json_schema(by_alias=True)

    assert set(schema["properties"]) >= {"from", "interval", "components", "maintenance"}
    assert schema["required"] == ["from", "formula"]
