"""Reading an engagement document."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
import yaml

from tallystick.engine.guardrails import SnapshotFaulty, read_policy, read_snapshot, snapshot_schema
from tallystick.engine.guardrails.policy import PolicyFaulty
from tallystick.engine.guardrails.snapshot import Baseline
from tests.engine.guardrails.builders import (
    EXAMPLES,
    a_document,
    a_measurement,
    a_snapshot,
    an_example,
)


@pytest.mark.parametrize(
    ("changes", "place", "remedy"),
    [
        ({"objectves": []}, "objectves", "Did you mean 'objectives'?"),
        ({"objectives": [{"id": "o", "basline": 1}]}, "objectives[0].basline", "'baseline'"),
        (
            {"objectives": [{"id": "o", "baseline": {"valu": 1}}]},
            "objectives[0].baseline.valu",
            "'value'",
        ),
        ({"zebra": 1}, "zebra", "Remove it, or use one of: engagement, id"),
        (
            {"agreement": {"service_levels": [{"id": "a", "data_sorce": "x"}]}},
            "agreement.service_levels[0].data_sorce",
            "Did you mean 'data_source'?",
        ),
        ({"agreement": {"in_force": {"form": "2027-01-01"}}}, "agreement.in_force.form", "'from'"),
        ({"stage": "defin"}, "stage", "Did you mean 'define'?"),
        ({"service_type": "service desk"}, "service_type", "'service-desk'"),
        ({"starts_on": "01.02.2027"}, "starts_on", "Correct"),
        ({"starts_on": datetime(2027, 1, 1, 8, tzinfo=UTC)}, "starts_on", "Correct"),
        ({"ends_on": "2026-12-31"}, "ends_on", "not before starts_on"),
        ({"measurements": [a_measurement("2027-13", 1)]}, "measurements[0].window", "Correct"),
        (
            {"measurements": [a_measurement("2027-01", 2, 1, attainment=1)]},
            "measurements[0].numerator",
            "not larger",
        ),
        (
            {"measurements": [a_measurement("2027-01", 1, attainment=1.5)]},
            "measurements[0].attainment",
            "Correct",
        ),
        (
            {"measurements": [a_measurement("2027-01", 1, attainment="nan")]},
            "measurements[0].attainment",
            "Correct",
        ),
        ({"objectives": [{"id": "o"}, {"id": "o"}]}, "objectives[1]", "another id"),
        ({"objectives": None}, "objectives", "Correct"),
        ({"engagement": 2}, "engagement", "Use one of: 1."),
    ],
)
def test_a_faulty_document_is_refused_with_its_place(
    changes: dict[str, Any], place: str, remedy: str
) -> None:
    document = a_document(**changes)

    with pytest.raises(SnapshotFaulty) as refusal:
        read_snapshot(document)

    assert refusal.value.code == "engagement.faulty"
    assert refusal.value.place == place
    assert remedy in refusal.value.remedy


@pytest.mark.parametrize("document", [None, [], "text", 7])
def test_a_document_that_is_no_mapping_is_refused(document: Any) -> None:
    with pytest.raises(SnapshotFaulty, match="not a mapping"):
        read_snapshot(document)


def test_a_missing_key_is_named() -> None:
    document = a_document()
    del document["stage"]

    with pytest.raises(SnapshotFaulty, match="'stage' is missing"):
        read_snapshot(document)


def test_a_number_is_taken_as_the_text_it_stands_for() -> None:
    snapshot = a_snapshot(objectives=[{"id": 7, "target": 8.5}])

    assert (snapshot.objectives[0].id, snapshot.objectives[0].target) == ("7", "8.5")


def test_a_share_is_kept_as_the_decimal_that_was_written() -> None:
    snapshot = a_snapshot(measurements=[a_measurement("2027-01", 1, target=0.95)])

    assert snapshot.measurements[0].target == Decimal("0.95")


def test_what_an_agreement_says_beyond_the_format_is_kept() -> None:
    snapshot = a_snapshot(agreement={"credits": {"at_risk": "10%"}})

    assert snapshot.agreement is not None
    assert snapshot.agreement.model_extra == {"credits": {"at_risk": "10%"}}


@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.glob("*.yaml"))])
def test_the_published_schema_accepts_every_example(name: str) -> None:
    # A round trip through JSON, which knows no days.
    document = json.loads(an_example(name).model_dump_json(by_alias=True, exclude_unset=True))
    schema = snapshot_schema()

    problems = list(jsonschema.Draft202012Validator(schema).iter_errors(document))

    assert problems == []


def test_the_published_schema_is_a_sound_schema() -> None:
    schema = snapshot_schema()

    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_baseline_keeps_its_day_though_yaml_reads_on_as_yes() -> None:
    text = "baseline: {value: 12, on: 2026-10-01}"

    snapshot = a_snapshot(objectives=[{"id": "o", **yaml.safe_load(text)}])

    assert snapshot.objectives[0].baseline == Baseline(value="12", on=date(2026, 10, 1))


def test_the_published_schema_refuses_a_misspelt_key() -> None:
    document = {"engagement": 1, "id": "a", "name": "b", "stage": "define", "objectves": []}

    accepted = jsonschema.Draft202012Validator(snapshot_schema()).is_valid(document)

    assert not accepted


def test_a_policy_with_an_unknown_threshold_is_refused() -> None:
    with pytest.raises(PolicyFaulty) as refusal:
        read_policy({"falling_window": 4})

    assert (refusal.value.place, refusal.value.remedy) == (
        "falling_window",
        "Did you mean 'falling_windows'?",
    )
