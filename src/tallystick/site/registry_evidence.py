"""Pages and operations of evidence about bidders, each with its audience."""

from collections.abc import Mapping

from tallystick.records.roles import Duty
from tallystick.site.routes import CLIENT, Reach, Route, act, form

_FORM = form(Reach.CLIENT, Duty.RUN_SELECTION)
_ACT = act(Reach.CLIENT, Duty.RUN_SELECTION, 302)

EVIDENCE_PAGES: Mapping[str, Route] = {
    "bid_evidence": CLIENT,
    "reference_new": _FORM,
    "reference_edit": _FORM,
    # Whoever scores may ask a client of the bidder, and answers for the call.
    "reference_call": form(Reach.CLIENT, Duty.SCORE_BIDS),
    "reference_remove": _ACT,
    "bid_case_new": _FORM,
    "bid_case_edit": _FORM,
    "bid_case_remove": _ACT,
    "bid_member_new": _FORM,
    "bid_member_edit": _FORM,
    "bid_member_remove": _ACT,
    "bid_skills": CLIENT,
    "bid_skill_new": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "bid_skill_remove": _ACT,
    # Without any field nothing is known of the company, which can be said.
    "bid_standing": _FORM,
    "bid_certificate": _FORM,
    "bid_pilot": _FORM,
    "bid_team": _FORM,
    "norms_measure": _FORM,
    "norms": CLIENT,
    "norms_open": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "norms_team": _FORM,
    "norms_close": _ACT,
    "norms_link": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "norms_link_revoke": _ACT,
    # Whoever holds a link answers; no account is asked for.
    "norms_answer": Route(Reach.ANYONE, post=422),
}

EVIDENCE_OPERATIONS: Mapping[str, Route] = {
    "api:bid_evidence": CLIENT,
    "api:needed_skills": CLIENT,
    "api:norms": CLIENT,
    "api:plan_reference": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:record_call": act(Reach.CLIENT, Duty.SCORE_BIDS, 422),
    "api:remove_reference": act(Reach.CLIENT, Duty.RUN_SELECTION, 200),
    "api:record_case": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:remove_case": act(Reach.CLIENT, Duty.RUN_SELECTION, 200),
    "api:name_member": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:remove_member": act(Reach.CLIENT, Duty.RUN_SELECTION, 200),
    "api:need_skill": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:remove_skill": act(Reach.CLIENT, Duty.RUN_SELECTION, 200),
    "api:state_standing": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:record_certificate": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:record_pilot": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:open_norms": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:close_norms": act(Reach.CLIENT, Duty.RUN_SELECTION, 200),
    "api:link_norms": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:revoke_norms_link": act(Reach.CLIENT, Duty.RUN_SELECTION, 200),
    "api:agree_on_norm": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:state_bid_team": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
    "api:state_own_team": act(Reach.CLIENT, Duty.RUN_SELECTION, 422),
}
