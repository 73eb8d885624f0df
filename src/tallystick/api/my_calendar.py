"""Your dates, and the private address at which a calendar program reads them."""

from datetime import UTC, date, datetime

from django.urls import reverse
from ninja import Query

from tallystick.actions.make_calendar_feed import make_calendar_feed
from tallystick.actions.revoke_calendar_feed import revoke_calendar_feed
from tallystick.api.lookup import ViewerRequest
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, Out, SafePage, listed
from tallystick.engine.icalendars import Dated
from tallystick.records.calendar_dates import dates_of

operations = Operations(tags=["Inbox"])


class DateOut(Out):
    """Something with a date: `on` for a whole day, else the instant `at`."""

    key: str
    title: str
    engagement: str
    on: date | None
    at: datetime | None
    address: str


class NewCalendarFeed(Out):
    """The private address as it was made; it is told this once."""

    id: str
    address: str


class RevokedCalendarFeed(Out):
    """Whether there was an address to revoke."""

    revoked: bool


def _out(dated: Dated) -> DateOut:
    starts = dated.starts
    instant = starts if isinstance(starts, datetime) else None
    return DateOut(
        key=dated.key,
        title=dated.title,
        engagement=dated.context,
        on=None if instant else starts,
        at=instant,
        address=reverse(dated.route, args=[dated.page_key]),
    )


@operations.reads("/dates", "dates", Listed[DateOut])
def dates(request: ViewerRequest, asked: Query[SafePage]) -> Listed[DateOut]:
    """Return your dates, from ninety days ago on, in their order."""
    return listed(dates_of(request.viewer, datetime.now(UTC)), asked, _out)


@operations.acts("/calendar-feed/make", "make_calendar_feed", NewCalendarFeed, status=201)
def make(request: ViewerRequest) -> NewCalendarFeed:
    """Make a private address for your calendar program; the one before is revoked."""
    made = make_calendar_feed(by=request.viewer, as_of=datetime.now(UTC))
    address = request.build_absolute_uri(reverse("calendar_feed", args=[made.secret]))
    return NewCalendarFeed(id=made.feed.public_id, address=address)


@operations.acts("/calendar-feed/revoke", "revoke_calendar_feed", RevokedCalendarFeed)
def revoke(request: ViewerRequest) -> RevokedCalendarFeed:
    """Revoke your private address."""
    done = revoke_calendar_feed(by=request.viewer, as_of=datetime.now(UTC))
    return RevokedCalendarFeed(revoked=done)
