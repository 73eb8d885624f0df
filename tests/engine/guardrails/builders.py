"""Snapshots for tests; name only what a test is about."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tallystick.engine.guardrails import Report, Snapshot, check, guardrails_for, read_snapshot

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parents[3] / "examples" / "engagements"
JUNE = date(2027, 6, 15)


def a_document(**changes: Any) -> dict[str, Any]:
    """Return the document of a sound engagement, some of its top-level keys replaced."""
    base: dict[str, Any] = yaml.safe_load((CASES / "base.yaml").read_text(encoding="utf-8"))
    return base | changes


def a_snapshot(**changes: Any) -> Snapshot:
    """Return a sound engagement, some of its top-level keys replaced."""
    return read_snapshot(a_document(**changes))


def a_raised_guardrail(**changes: Any) -> dict[str, Any]:
    """Return a raised guardrail as a document carries it."""
    usual = {
        "code": "NOR001",
        "title": "Every objective has a source",
        "stage": "define",
        "severity": "major",
        "condition": "objectives.all(o, o.source != null)",
        "remedy": "Name the source.",
        "lesson": "l1",
    }
    return usual | changes


def a_measurement(window: str, in_time: int, due: int = 100, **changes: Any) -> dict[str, Any]:
    """Return a measurement against 95 %, judged by its own counts."""
    usual = {
        "service_level": "resolution",
        "window": window,
        "numerator": in_time,
        "denominator": due,
        "attainment": in_time / due if due else None,
        "target": 0.95,
        "verdict": "nothing-due" if not due else "met" if in_time * 100 >= due * 95 else "missed",
    }
    return usual | changes


def a_report(as_of: date = JUNE, source: str = "engagement.yaml", **changes: Any) -> Report:
    """Return the outcome of checking a sound engagement, some of its keys replaced."""
    snapshot = a_snapshot(**changes)
    guardrails = guardrails_for(snapshot)
    findings = check(snapshot, guardrails, as_of)
    return Report(snapshot, guardrails, findings, as_of, source, "1.2.3")


def an_example(name: str) -> Snapshot:
    """Return one of the published example engagements."""
    return read_snapshot(yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8")))
