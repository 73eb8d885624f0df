"""A report as text, JSON, SARIF and JUnit."""

import json
from typing import Any

import jsonschema
from defusedxml.ElementTree import fromstring

from tallystick.engine.guardrails import BUILT_IN, to_json, to_junit, to_sarif, to_text
from tests.engine.guardrails.builders import a_measurement, a_raised_guardrail, a_report

# What the SARIF 2.1.0 standard demands of the parts that we write (OASIS, sections 3.13 to 3.49).
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {"$ref": "#/$defs/tool"},
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                    "properties": {"type": "object"},
                },
                "additionalProperties": False,
            },
        },
        "$schema": {"type": "string", "format": "uri"},
    },
    "additionalProperties": False,
    "$defs": {
        "message": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": {"type": "string"},
        },
        "level": {"enum": ["none", "note", "warning", "error"]},
        "tool": {
            "type": "object",
            "required": ["driver"],
            "properties": {
                "driver": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
                    },
                    "additionalProperties": False,
                }
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/message"},
                "fullDescription": {"$ref": "#/$defs/message"},
                "help": {"$ref": "#/$defs/message"},
                "defaultConfiguration": {"properties": {"level": {"$ref": "#/$defs/level"}}},
                "properties": {"type": "object"},
            },
            "additionalProperties": False,
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/message"},
                "locations": {
                    "type": "array",
                    "items": {
                        "properties": {
                            "physicalLocation": {
                                "properties": {
                                    "artifactLocation": {"properties": {"uri": {"type": "string"}}}
                                }
                            },
                            "logicalLocations": {"type": "array"},
                        },
                        "additionalProperties": False,
                    },
                },
                "suppressions": {
                    "type": "array",
                    "items": {
                        "required": ["kind"],
                        "properties": {
                            "kind": {"enum": ["inSource", "external"]},
                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                            "justification": {"type": "string"},
                        },
                        "additionalProperties": False,
                    },
                },
                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                "properties": {"type": "object"},
            },
            "additionalProperties": False,
        },
    },
}

MISSED = a_measurement("2027-05", 90)
WAIVER = {"code": "DEL001", "reason": "The desk moved.", "approver": "Ada"}
WAIVED = {"measurements": [MISSED], "waivers": [WAIVER | {"expires_on": "2027-06-30"}]}


def the_sarif(**changes: Any) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(to_sarif(a_report(**changes)))
    return log


def test_text_gives_place_severity_code_sentence_and_remedy() -> None:
    text = to_text(a_report(measurements=[MISSED]))

    assert text == (
        "engagement.yaml: measurements[0]: major DEL001: Service level resolution was missed in "
        "2027-05: 90 of 100 items in time, 90 % against a target of 95 %.\n"
        "    remedy: Review the items that missed with the provider, and record cause and action.\n"
        "\n"
        "1 finding: 1 major; the deliver gate is open.\n"
    )


def test_text_says_when_a_gate_is_shut() -> None:
    text = to_text(a_report(agreement=None))

    assert text.endswith("1 finding: 1 blocker; the deliver gate is shut.\n")


def test_text_says_when_there_is_nothing_to_mend() -> None:
    text = to_text(a_report())

    assert text == f"No findings in engagement.yaml ({len(BUILT_IN)} guardrails checked).\n"


def test_a_document_cannot_steer_the_terminal() -> None:
    hostile = a_measurement("2027-05", 90, service_level="red\x1b[31m\u202e\r")

    text = to_text(a_report(measurements=[hostile]))

    assert not {"\x1b", "\u202e", "\r"} & set(text)


def test_json_carries_the_engagement_the_day_and_the_findings() -> None:
    told = json.loads(to_json(a_report(measurements=[MISSED])))

    assert told["engagement"] == {
        "id": "payroll",
        "name": "Payroll application support",
        "stage": "deliver",
    }
    assert (told["as_of"], len(told["checked"])) == ("2027-06-15", len(BUILT_IN))
    assert list(told["findings"][0]) == [
        "code",
        "severity",
        "stage",
        "place",
        "sentence",
        "remedy",
        "practice",
        "blocking",
        "at_stake",
        "waived_until",
        "waived_because",
    ]


def test_sarif_has_the_structure_of_version_2_1_0() -> None:
    log = the_sarif(measurements=[MISSED], agreement=None)

    problems = list(jsonschema.Draft202012Validator(SARIF).iter_errors(log))

    assert problems == []


def test_a_sarif_result_points_at_its_rule_and_its_place() -> None:
    (run,) = the_sarif(measurements=[MISSED], guardrails=[a_raised_guardrail()])["runs"]

    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "DEL001"
    assert result["level"] == "warning"
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "measurements[0]"}]


def test_a_sarif_address_is_quoted() -> None:
    log = json.loads(to_sarif(a_report(source="my engagement.yaml", measurements=[MISSED])))

    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20engagement.yaml"


def test_junit_has_a_case_per_guardrail_and_a_failure_per_guardrail_that_fires() -> None:
    root = fromstring(to_junit(a_report(measurements=[MISSED], agreement=None)))

    failed = [
        case.get("name") for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert (root.get("tests"), root.get("failures")) == (str(len(BUILT_IN)), "2")
    assert failed == ["AGR003 no-agreement-in-force", "DEL001 level-missed"]


def test_junit_can_be_parsed_whatever_the_document_says() -> None:
    hostile = a_measurement("2027-05", 90, service_level="<&\"'>\x00\x1b]]>\ufffe")

    root = fromstring(to_junit(a_report(measurements=[hostile])))

    assert root.find(".//failure[@type='major']") is not None


OWED = {"window": "2027-03", "currency": "EUR", "computed": "7200", "computed_on": "2027-04-01"}


def test_text_names_the_money_at_stake() -> None:
    text = to_text(a_report(credits=[OWED]))

    assert "\n    at stake: 7,200.00 EUR\n    remedy: " in text


def test_json_gives_the_money_at_stake_as_text() -> None:
    (found,) = json.loads(to_json(a_report(credits=[OWED])))["findings"]

    assert found["at_stake"] == {"amount": "7200.00", "currency": "EUR"}


def test_sarif_and_junit_name_the_money_at_stake() -> None:
    (result,) = the_sarif(credits=[OWED])["runs"][0]["results"]
    failure = fromstring(to_junit(a_report(credits=[OWED]))).find(".//failure")

    assert result["properties"]["atStake"] == {"amount": "7200.00", "currency": "EUR"}
    assert failure is not None
    assert "At stake: 7,200.00 EUR." in str(failure.text)


# --- what is waived is listed apart, in every format


def test_text_says_until_when_a_finding_is_waived_and_why() -> None:
    text = to_text(a_report(**WAIVED))

    assert text == (
        "engagement.yaml: measurements[0]: DEL001 waived until 2027-06-30: The desk moved.\n"
        "    finding: Service level resolution was missed in 2027-05: 90 of 100 items in time, "
        "90 % against a target of 95 %.\n"
        "\n"
        "1 finding: 1 waived; the deliver gate is open.\n"
    )


def test_text_counts_what_is_waived_beside_what_is_not() -> None:
    text = to_text(a_report(agreement=None, **WAIVED))

    assert text.endswith("2 findings: 1 blocker, 1 waived; the deliver gate is shut.\n")


def test_sarif_suppresses_a_waived_finding_with_its_reason() -> None:
    log = the_sarif(**WAIVED)

    (result,) = log["runs"][0]["results"]
    assert list(jsonschema.Draft202012Validator(SARIF).iter_errors(log)) == []
    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "The desk moved. (until 2027-06-30)",
        }
    ]


def test_junit_skips_a_guardrail_whose_findings_are_all_waived() -> None:
    root = fromstring(to_junit(a_report(**WAIVED)))

    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "1")
    assert root.find(".//skipped").get("message") == "waived until 2027-06-30: The desk moved."


def test_junit_fails_a_guardrail_of_whose_findings_only_some_are_waived() -> None:
    other = a_measurement("2027-05", 80, service_level="response")
    waiver = WAIVED["waivers"][0] | {"place": "measurements[resolution 2027-05]"}

    root = fromstring(to_junit(a_report(measurements=[other, MISSED], waivers=[waiver])))

    failure = root.find(".//failure")
    assert failure is not None
    assert failure.text.startswith("measurements[0]: ")
    assert "resolution" not in failure.text
