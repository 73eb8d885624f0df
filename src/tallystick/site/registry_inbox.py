"""Pages and operations of what one person is told, each with its audience."""

from collections.abc import Mapping

from tallystick.site.routes import ANYONE, MEMBER, Reach, Route

_OWN = Route(Reach.MEMBER, get=False, post=302)
"""What everybody may do with what is theirs alone."""

INBOX_PAGES: Mapping[str, Route] = {
    "inbox": MEMBER,
    "inbox_read_all": _OWN,
    "inbox_open": _OWN,
    "inbox_read": _OWN,
    "mail_preference": Route(Reach.MEMBER, post=422),
    "my_calendar": MEMBER,
    # The page that answers shows the address this once.
    "calendar_feed_make": Route(Reach.MEMBER, get=False, post=200),
    "calendar_feed_revoke": _OWN,
    # A calendar program signs in nowhere: the address is the key, and it only reads.
    "calendar_feed": ANYONE,
    # Whoever holds the link of a mail ends mail; no account is asked for.
    "mail_stop": Route(Reach.ANYONE, post=200),
}

INBOX_OPERATIONS: Mapping[str, Route] = {
    "api:inbox": MEMBER,
    "api:mark_read": Route(Reach.MEMBER, get=False, post=422),
    "api:dates": MEMBER,
    "api:make_calendar_feed": Route(Reach.MEMBER, get=False, post=201),
    "api:revoke_calendar_feed": Route(Reach.MEMBER, get=False, post=200),
    "api:mail_preference": MEMBER,
    "api:state_mail_preference": Route(Reach.MEMBER, get=False, post=422),
}
