"""A report as text, JSON, SARIF or JUnit; each writer returns the whole document as text."""

from tallystick.engine.guardrails.formats.as_json import to_json
from tallystick.engine.guardrails.formats.as_junit import to_junit
from tallystick.engine.guardrails.formats.as_sarif import to_sarif
from tallystick.engine.guardrails.formats.as_text import to_text

__all__ = ["to_json", "to_junit", "to_sarif", "to_text"]
