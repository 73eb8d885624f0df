"""Pages and operations of issues, the ladder and the echo, each with its audience."""

from collections.abc import Mapping

from tallystick.records.roles import Duty
from tallystick.site.routes import MEMBER, Reach, Route, act, form

_STEP = act(Reach.MEMBER, Duty.SETTLE_ISSUE, 422)
# An echo needs no words: a POST without a field is one.
_ECHO = act(Reach.PROVIDER, Duty.ECHO, 302)

ISSUE_PAGES: Mapping[str, Route] = {
    "issues": MEMBER,
    "issue_new": form(Reach.MEMBER, Duty.SETTLE_ISSUE),
    # What is being written is compared, and nothing stored.
    "issue_like": Route(Reach.MEMBER, get=False, post=200),
    "issue": MEMBER,
    "issue_answer": _STEP,
    "issue_escalate": _STEP,
    "issue_resolve": _STEP,
    "issue_reopen": _STEP,
    "issue_close": act(Reach.MEMBER, Duty.SETTLE_ISSUE, 302),
    "ladder": MEMBER,
    "ladder_level": form(Reach.MEMBER, Duty.GOVERN),
    "ladder_test": form(Reach.MEMBER, Duty.GOVERN),
    "echo": MEMBER,
    "objective_echo": _ECHO,
    "agreement_echo": _ECHO,
}

ISSUE_OPERATIONS: Mapping[str, Route] = {
    "api:issues": MEMBER,
    "api:issue": MEMBER,
    "api:raise_issue": _STEP,
    "api:answer_issue": _STEP,
    "api:escalate_issue": _STEP,
    "api:resolve_issue": _STEP,
    "api:reopen_issue": _STEP,
    # An issue that is open is not closed.
    "api:close_issue": _STEP,
    "api:ladder": MEMBER,
    "api:state_ladder_level": act(Reach.MEMBER, Duty.GOVERN, 422),
    "api:record_ladder_test": act(Reach.MEMBER, Duty.GOVERN, 422),
    "api:echoes": MEMBER,
    "api:echo_change": act(Reach.PROVIDER, Duty.ECHO, 422),
}
