"""Pages and operations of governance, each with its audience."""

from collections.abc import Mapping

from tallystick.records.roles import Duty
from tallystick.site.routes import MEMBER, Reach, Route, act, form

_FORM = form(Reach.MEMBER, Duty.GOVERN)
_MEETING = form(Reach.MEMBER, Duty.MEET)
_GOVERNS = act(Reach.MEMBER, Duty.GOVERN, 422)
_MEETS = act(Reach.MEMBER, Duty.MEET, 422)

GOVERNANCE_PAGES: Mapping[str, Route] = {
    "governance": MEMBER,
    "governance_start": _FORM,
    "post_new": _FORM,
    "post_edit": _FORM,
    "matrix": MEMBER,
    "activity_new": _FORM,
    "activity_edit": _FORM,
    "activity_remove": act(Reach.MEMBER, Duty.GOVERN, 302),
    "channel_new": _FORM,
    "channel_edit": _FORM,
    "channel_remove": act(Reach.MEMBER, Duty.GOVERN, 302),
    "forum": MEMBER,
    "forum_new": _FORM,
    "forum_edit": _FORM,
    "forum_end": _FORM,
    "meeting": MEMBER,
    "meeting_prepare": act(Reach.MEMBER, Duty.MEET, 302),
    "meeting_call": _MEETING,
    "meeting_move": _MEETING,
    "meeting_skip": _MEETING,
    "meeting_hold": _MEETING,
    "meeting_minutes": _MEETING,
    "decisions": MEMBER,
    "decision": MEMBER,
    "decision_new": _MEETING,
    "decision_edit": _MEETING,
    "decision_decide": _MEETING,
    "action_items": MEMBER,
    "action_item": MEMBER,
    "action_item_new": _MEETING,
    "action_item_edit": _MEETING,
    "action_item_finish": _MEETING,
}

GOVERNANCE_OPERATIONS: Mapping[str, Route] = {
    "api:posts": MEMBER,
    "api:state_post": _GOVERNS,
    "api:governance_figures": MEMBER,
    "api:set_up_governance": _GOVERNS,
    "api:responsibilities": MEMBER,
    "api:state_activity": _GOVERNS,
    "api:remove_activity": act(Reach.MEMBER, Duty.GOVERN, 200),
    "api:channels": MEMBER,
    "api:state_channel": _GOVERNS,
    "api:remove_channel": act(Reach.MEMBER, Duty.GOVERN, 200),
    "api:forums": MEMBER,
    "api:state_forum": _GOVERNS,
    "api:end_forum": _GOVERNS,
    "api:meetings": MEMBER,
    "api:meeting": MEMBER,
    # The world's meeting was held: its agenda is not prepared any more.
    "api:prepare_agenda": _MEETS,
    "api:call_meeting": _MEETS,
    "api:move_meeting": _MEETS,
    "api:skip_meeting": _MEETS,
    "api:hold_meeting": _MEETS,
    "api:write_minutes": _MEETS,
    "api:decisions": MEMBER,
    "api:ask_decision": _MEETS,
    "api:decide_question": _MEETS,
    "api:action_items": MEMBER,
    "api:give_action_item": _MEETS,
    "api:finish_action_item": _MEETS,
}
