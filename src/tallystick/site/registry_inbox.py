"""Pages and operations of what one person is told, each with its audience."""

from collections.abc import Mapping

from tallystick.site.routes import MEMBER, Reach, Route

_OWN = Route(Reach.MEMBER, get=False, post=302)
"""What everybody may do with what is theirs alone."""

INBOX_PAGES: Mapping[str, Route] = {
    "inbox": MEMBER,
    "inbox_read_all": _OWN,
    "inbox_open": _OWN,
    "inbox_read": _OWN,
    "mail_preference": Route(Reach.MEMBER, post=422),
    # Whoever holds the link of a mail ends mail; no account is asked for.
    "mail_stop": Route(Reach.ANYONE, post=200),
}

INBOX_OPERATIONS: Mapping[str, Route] = {
    "api:inbox": MEMBER,
    "api:mark_read": Route(Reach.MEMBER, get=False, post=422),
    "api:mail_preference": MEMBER,
    "api:state_mail_preference": Route(Reach.MEMBER, get=False, post=422),
}
