"""Every built-in guardrail, in the order of its code."""

from tallystick.engine.guardrails.detectors import (
    deferral_overdue,
    falling_trend,
    lesson_without_disposition,
    level_missed,
    level_not_measured,
    no_agreement_in_force,
    objective_not_smart,
    objective_unacknowledged,
    service_level_promises_nothing,
    service_level_unmeasurable,
    waiver_expired,
    zero_miss_trap,
)
from tallystick.engine.guardrails.guardrail import Guardrail

BUILT_IN: tuple[Guardrail, ...] = (
    service_level_unmeasurable.GUARDRAIL,  # AGR001
    zero_miss_trap.GUARDRAIL,  # AGR002
    no_agreement_in_force.GUARDRAIL,  # AGR003
    service_level_promises_nothing.GUARDRAIL,  # AGR004
    level_missed.GUARDRAIL,  # DEL001
    falling_trend.GUARDRAIL,  # DEL002
    level_not_measured.GUARDRAIL,  # DEL003
    lesson_without_disposition.GUARDRAIL,  # LES001
    deferral_overdue.GUARDRAIL,  # LES002
    objective_not_smart.GUARDRAIL,  # OBJ001
    objective_unacknowledged.GUARDRAIL,  # OBJ002
    waiver_expired.GUARDRAIL,  # WAI001
)
