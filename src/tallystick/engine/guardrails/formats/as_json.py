"""A report as one JSON object."""

import json

from tallystick.engine.guardrails.report import Report


def to_json(report: Report) -> str:
    """Return {"engagement", "as_of", "checked", "findings"}; findings in the report's order."""
    told = {
        "engagement": {
            "id": report.snapshot.id,
            "name": report.snapshot.name,
            "stage": report.snapshot.stage.value,
        },
        "as_of": report.as_of.isoformat(),
        "checked": [guardrail.code for guardrail in report.guardrails],
        "findings": [found.as_dict() for found in report.findings],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
