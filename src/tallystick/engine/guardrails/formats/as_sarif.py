"""A report as SARIF 2.1.0 (OASIS), which code hosts show beside the file."""

import json
from typing import Any
from urllib.parse import quote

from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.report import Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.BLOCKER: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"}


def to_sarif(report: Report) -> str:
    """Return a SARIF log with one run; a finding's place is its logical location."""
    positions = {guardrail.code: number for number, guardrail in enumerate(report.guardrails)}
    run = {
        "tool": {
            "driver": {
                "name": "tallystick",
                "version": report.version,
                "rules": [_rule(guardrail) for guardrail in report.guardrails],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, found, positions[found.code]) for found in report.findings],
        "properties": {"asOf": report.as_of.isoformat(), "engagement": report.snapshot.id},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(guardrail: Guardrail) -> dict[str, Any]:
    return {
        "id": guardrail.code,
        "name": guardrail.title,
        "shortDescription": {"text": f"Fires when {guardrail.fires_when}."},
        "fullDescription": {"text": guardrail.rationale},
        "help": {"text": f"{guardrail.remedy} Source: {guardrail.source}."},
        "defaultConfiguration": {"level": LEVELS[guardrail.severity]},
        "properties": {"practice": guardrail.practice, "stages": list(guardrail.stages)},
    }


def _stake(found: Finding) -> dict[str, Any]:
    return {"atStake": found.at_stake.as_dict()} if found.at_stake else {}


def _result(report: Report, found: Finding, position: int) -> dict[str, Any]:
    return {
        "ruleId": found.code,
        "ruleIndex": position,
        "level": LEVELS[found.severity],
        "message": {"text": f"{found.sentence} {found.remedy}"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": quote(report.source)}},
                "logicalLocations": [{"fullyQualifiedName": found.place or "engagement"}],
            }
        ],
        "partialFingerprints": {"place/v1": f"{report.snapshot.id}:{found.code}:{found.place}"},
        "properties": {"blocking": found.blocking, "stage": found.stage, **_stake(found)},
    } | _suppressed(found)


def _suppressed(found: Finding) -> dict[str, Any]:
    """Return the waiver in SARIF's words: a suppression outside the file's own text."""
    if not found.waived:
        return {}
    why = f"{found.waived_because} (until {found.waived_until})"
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": why}]}
