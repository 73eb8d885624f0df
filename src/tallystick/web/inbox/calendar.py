"""One person's dates: the page, the private address, and what a calendar program reads there."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.make_calendar_feed import NewFeed, make_calendar_feed
from tallystick.actions.read_calendar_feed import read_calendar_feed
from tallystick.actions.revoke_calendar_feed import revoke_calendar_feed
from tallystick.engine.icalendars import Dated, Shown, feed
from tallystick.records.calendar_dates import dates_of
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.web.lookup import ViewerRequest
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("title", "What", sortable=False, link=lambda each: address_of(each)),
    Column("starts", "When", sortable=False, template="inbox/cells/when.html"),
    Column("context", "Engagement", sortable=False),
)


def show(request: ViewerRequest) -> HttpResponse:
    """Show the viewer's dates, and how to have them in a calendar."""
    return _page(request)


def make(request: ViewerRequest) -> HttpResponse:
    """Make a private address, and show it this once."""
    return _page(request, make_calendar_feed(by=request.viewer, as_of=datetime.now(UTC)))


def revoke(request: ViewerRequest) -> HttpResponse:
    """Revoke the address."""
    if revoke_calendar_feed(by=request.viewer, as_of=datetime.now(UTC)):
        messages.success(request, "Revoked. Calendars that read it find nothing any more.")
    return redirect("my_calendar")


def ics(request: HttpRequest, feed_secret: str) -> HttpResponse:
    """Give the dates to whoever knows the address; nobody is signed in here."""
    now = datetime.now(UTC)
    viewer = read_calendar_feed(secret=feed_secret, as_of=now)
    if viewer is None:
        raise Http404
    shown = [Shown(each, settings.ADDRESS + address_of(each)) for each in dates_of(viewer, now)]
    content = feed(shown, urlsplit(settings.ADDRESS).hostname or "localhost")
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    unchanged = request.headers.get("If-None-Match") == tag
    answer = HttpResponse(
        b"" if unchanged else content,
        status=304 if unchanged else 200,
        content_type="text/calendar; charset=utf-8",
    )
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def address_of(dated: Dated) -> str:
    """Return the page that a date leads to."""
    return reverse(dated.route, args=[dated.page_key])


def _page(request: ViewerRequest, made: NewFeed | None = None) -> HttpResponse:
    now = datetime.now(UTC)
    coming = [each for each in dates_of(request.viewer, now) if _is_ahead(each, now)]
    table = _table(request, coming)
    if table.wants_file:
        return table.file("dates")
    own = CalendarFeed.objects.visible_to(request.viewer).filter(revoked_at=None).first()
    shown = {
        "breadcrumb": [("Inbox", reverse("inbox"))],
        "dates": table,
        "feed": own,
        "address": request.build_absolute_uri(reverse("calendar_feed", args=[made.secret]))
        if made
        else "",
    }
    return render(request, "inbox/calendar.html", shown)


def _table(request: ViewerRequest, coming: Sequence[Dated]) -> Table:
    empty = Empty(
        "No date ahead",
        "Days on which an objective is due, notice must be given, bids close or a review is due "
        "appear here.",
    )
    return Table(COLUMNS, coming, request.GET, caption="Your dates", empty=empty, filtering=False)


def _is_ahead(dated: Dated, now: datetime) -> bool:
    if isinstance(dated.starts, datetime):
        return dated.starts >= now
    return dated.starts >= now.date()
