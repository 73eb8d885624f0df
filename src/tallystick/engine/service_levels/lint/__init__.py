"""The lint of agreements: every ambiguity that a lawyer of either party would use."""

from tallystick.engine.service_levels.lint.check import RULES, lint
from tallystick.engine.service_levels.lint.rule import Finding, Rule

__all__ = ["RULES", "Finding", "Rule", "lint"]
