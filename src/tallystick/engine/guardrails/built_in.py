"""Every built-in guardrail, in the order of its code."""

from tallystick.engine.guardrails.detectors import (
    bait_and_switch,
    business_case_hollow,
    clause_gap,
    closed_with_loose_ends,
    credits_unclaimed,
    criteria_moved,
    culture_untested,
    deferral_overdue,
    demand_unmanaged,
    escalation_gap,
    exit_gap,
    exit_plan_missing,
    falling_trend,
    fragile_winner,
    green_but_wrong,
    knowledge_hostage,
    lesson_orphaned,
    lesson_repeated,
    lesson_without_disposition,
    level_missed,
    level_not_measured,
    lock_in_concentration,
    midterm_skipped,
    no_agreement_in_force,
    no_contingency_above_appetite,
    objective_not_smart,
    objective_unacknowledged,
    provider_echo_missing,
    raci_hole,
    references_not_called,
    renewal_sleepwalk,
    reserve_short,
    risk_stale,
    scores_without_evidence,
    service_level_promises_nothing,
    service_level_toothless,
    service_level_unmeasurable,
    shadow_subcontractor,
    steering_skipped,
    supplier_weak_or_dependent,
    surprise_rate,
    talking_not_deciding,
    target_unattainable,
    too_few_bidders,
    transition_off_plan,
    waiver_expired,
    winners_curse,
    work_before_change,
)
from tallystick.engine.guardrails.guardrail import Guardrail

BUILT_IN: tuple[Guardrail, ...] = (
    service_level_unmeasurable.GUARDRAIL,  # AGR001
    target_unattainable.GUARDRAIL,  # AGR002
    no_agreement_in_force.GUARDRAIL,  # AGR003
    service_level_promises_nothing.GUARDRAIL,  # AGR004
    clause_gap.GUARDRAIL,  # AGR005
    service_level_toothless.GUARDRAIL,  # AGR006
    work_before_change.GUARDRAIL,  # AGR007
    renewal_sleepwalk.GUARDRAIL,  # AGR008
    shadow_subcontractor.GUARDRAIL,  # AGR009
    credits_unclaimed.GUARDRAIL,  # AGR010
    raci_hole.GUARDRAIL,  # COM001
    escalation_gap.GUARDRAIL,  # COM002
    steering_skipped.GUARDRAIL,  # COM003
    talking_not_deciding.GUARDRAIL,  # COM004
    provider_echo_missing.GUARDRAIL,  # COM005
    level_missed.GUARDRAIL,  # DEL001
    falling_trend.GUARDRAIL,  # DEL002
    level_not_measured.GUARDRAIL,  # DEL003
    green_but_wrong.GUARDRAIL,  # DEL004
    midterm_skipped.GUARDRAIL,  # DEL005
    transition_off_plan.GUARDRAIL,  # DEL006
    demand_unmanaged.GUARDRAIL,  # DEL007
    exit_plan_missing.GUARDRAIL,  # EXT001
    exit_gap.GUARDRAIL,  # EXT002
    knowledge_hostage.GUARDRAIL,  # EXT003
    lock_in_concentration.GUARDRAIL,  # EXT004
    closed_with_loose_ends.GUARDRAIL,  # EXT005
    lesson_without_disposition.GUARDRAIL,  # LES001
    deferral_overdue.GUARDRAIL,  # LES002
    lesson_repeated.GUARDRAIL,  # LES003
    lesson_orphaned.GUARDRAIL,  # LES004
    objective_not_smart.GUARDRAIL,  # OBJ001
    objective_unacknowledged.GUARDRAIL,  # OBJ002
    business_case_hollow.GUARDRAIL,  # OBJ003
    no_contingency_above_appetite.GUARDRAIL,  # RSK001
    risk_stale.GUARDRAIL,  # RSK002
    reserve_short.GUARDRAIL,  # RSK003
    surprise_rate.GUARDRAIL,  # RSK004
    too_few_bidders.GUARDRAIL,  # SEL001
    references_not_called.GUARDRAIL,  # SEL002
    criteria_moved.GUARDRAIL,  # SEL003
    winners_curse.GUARDRAIL,  # SEL004
    fragile_winner.GUARDRAIL,  # SEL005
    scores_without_evidence.GUARDRAIL,  # SEL006
    culture_untested.GUARDRAIL,  # SEL007
    supplier_weak_or_dependent.GUARDRAIL,  # SEL008
    bait_and_switch.GUARDRAIL,  # SEL009
    waiver_expired.GUARDRAIL,  # WAI001
)
