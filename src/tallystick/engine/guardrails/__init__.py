"""The checks: built-in detectors of classic mistakes, and those raised from lessons."""

from tallystick.engine.guardrails.built_in import BUILT_IN
from tallystick.engine.guardrails.check import blocking, check
from tallystick.engine.guardrails.conditions.condition import Condition, compile_condition
from tallystick.engine.guardrails.conditions.faults import ConditionFaulty, ConditionUnanswered
from tallystick.engine.guardrails.conditions.recipes import RECIPES, Recipe
from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.formats import to_json, to_junit, to_sarif, to_text
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.policy import Policy, read_policy
from tallystick.engine.guardrails.raised import guardrails_for, raise_condition
from tallystick.engine.guardrails.report import Report
from tallystick.engine.guardrails.snapshot import (
    RaisedGuardrail,
    Snapshot,
    SnapshotFaulty,
    read_snapshot,
    snapshot_schema,
)
from tallystick.engine.guardrails.stages import STAGES, Stage
from tallystick.engine.guardrails.waivers import Waiver

__all__ = [
    "BUILT_IN",
    "RECIPES",
    "STAGES",
    "Condition",
    "ConditionFaulty",
    "ConditionUnanswered",
    "Finding",
    "Guardrail",
    "Policy",
    "RaisedGuardrail",
    "Recipe",
    "Report",
    "Severity",
    "Snapshot",
    "SnapshotFaulty",
    "Stage",
    "Waiver",
    "blocking",
    "check",
    "compile_condition",
    "guardrails_for",
    "raise_condition",
    "read_policy",
    "read_snapshot",
    "snapshot_schema",
    "to_json",
    "to_junit",
    "to_sarif",
    "to_text",
]
