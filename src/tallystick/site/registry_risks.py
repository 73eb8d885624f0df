"""Pages and operations of risks, each with its audience."""

from collections.abc import Mapping

from tallystick.records.roles import Duty
from tallystick.site.routes import CLIENT, MEMBER, Reach, Route, act, form

_FORM = form(Reach.MEMBER, Duty.MANAGE_RISKS)
_ACT = act(Reach.MEMBER, Duty.MANAGE_RISKS, 422)

RISK_PAGES: Mapping[str, Route] = {
    "risks": MEMBER,
    "risk_new": _FORM,
    "risk_matrix": MEMBER,
    # Appetite and reserve are the client's own.
    "risk_budget": form(Reach.CLIENT, Duty.BUDGET_RISKS),
    "simulations": MEMBER,
    "risks_simulate": _ACT,
    "simulation": MEMBER,
    "risk": MEMBER,
    "risk_edit": _FORM,
    "risk_assess": _FORM,
    "risk_review": _FORM,
    "risk_respond": _FORM,
    "risk_close": _FORM,
    "risk_reopen": _FORM,
    "risk_occurred": _FORM,
    "risk_share": form(Reach.CLIENT, Duty.MANAGE_RISKS),
    "plans": MEMBER,
    "plan": MEMBER,
    "plan_new": _FORM,
    "plan_edit": _FORM,
    "plan_test": _FORM,
    "plan_begin": _FORM,
    "plan_run": MEMBER,
    # Without a step there is nothing to tick, which the next page says.
    "plan_run_tick": act(Reach.MEMBER, Duty.MANAGE_RISKS, 302),
    "plan_run_end": _FORM,
    "indicator_new": _FORM,
    "indicator_read": _FORM,
    "indicator_end": act(Reach.MEMBER, Duty.MANAGE_RISKS, 302),
}

RISK_OPERATIONS: Mapping[str, Route] = {
    "api:risks": MEMBER,
    "api:risk": MEMBER,
    "api:identify_risk": _ACT,
    "api:assess_risk": _ACT,
    "api:review_risk": _ACT,
    "api:respond_to_risk": _ACT,
    "api:close_risk": _ACT,
    "api:reopen_risk": _ACT,
    "api:record_occurrence": _ACT,
    "api:share_risk": act(Reach.CLIENT, Duty.MANAGE_RISKS, 422),
    "api:plans": MEMBER,
    "api:plan": MEMBER,
    "api:write_plan": _ACT,
    "api:record_test": _ACT,
    "api:run_plan": _ACT,
    "api:plan_run": MEMBER,
    "api:tick_step": _ACT,
    "api:end_run": _ACT,
    "api:state_indicator": _ACT,
    "api:read_indicator": _ACT,
    "api:end_indicator": act(Reach.MEMBER, Duty.MANAGE_RISKS, 200),
    "api:simulations": MEMBER,
    "api:simulation": MEMBER,
    "api:simulate_risks": _ACT,
    "api:risk_budget": CLIENT,
    "api:set_risk_budget": act(Reach.CLIENT, Duty.BUDGET_RISKS, 422),
}
