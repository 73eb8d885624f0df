"""The clauses of an agreement as values that check themselves."""

from tallystick.engine.service_levels.terms.agreement import Agreement, Term
from tallystick.engine.service_levels.terms.availability import AvailabilityTerms
from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.calendar import Calendar
from tallystick.engine.service_levels.terms.clock import Clock
from tallystick.engine.service_levels.terms.level import Attribution, MeasureKind, ServiceLevel
from tallystick.engine.service_levels.terms.targets import LimitRule

__all__ = [
    "Agreement",
    "Attribution",
    "AvailabilityTerms",
    "Calendar",
    "Clock",
    "LimitRule",
    "MeasureKind",
    "ServiceLevel",
    "Term",
    "Terms",
]
