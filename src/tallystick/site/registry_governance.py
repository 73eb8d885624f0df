"""Pages and operations of governance, each with its audience."""

from collections.abc import Mapping

from tallystick.records.roles import Duty
from tallystick.site.routes import MEMBER, Reach, Route, act, form

_FORM = form(Reach.MEMBER, Duty.GOVERN)

GOVERNANCE_PAGES: Mapping[str, Route] = {
    "governance": MEMBER,
    "post_new": _FORM,
    "post_edit": _FORM,
}

GOVERNANCE_OPERATIONS: Mapping[str, Route] = {
    "api:posts": MEMBER,
    "api:state_post": act(Reach.MEMBER, Duty.GOVERN, 422),
}
