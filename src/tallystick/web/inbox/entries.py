"""The inbox: what one person was told, why, and where it leads."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.mark_read import mark_read
from tallystick.records.engagements import Engagement
from tallystick.records.inbox import MOST_COUNTED, entries_of, inbox_of
from tallystick.records.notifications import Notification
from tallystick.web.counts import counted
from tallystick.web.lookup import ViewerRequest, find

ENTRIES_A_PAGE = 50
_SHOWN = (("", "Everything"), ("unread", "Unread only"))


def index(request: ViewerRequest) -> HttpResponse:
    """Show what the viewer was told, the newest first."""
    asked, within = request.GET.get("show", ""), request.GET.get("engagement", "")[:12]
    rows = inbox_of(request.viewer, unread=asked == "unread")
    # No stored text holds a NUL, and PostgreSQL refuses to look for one.
    if within and "\0" not in within:
        rows = rows.filter(engagement__public_id=within)
    page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    known = Engagement.objects.visible_to(request.viewer).order_by("name", "id")
    shown = {
        "page": page,
        "entries": entries_of(page.object_list, request.viewer),
        "shown": _SHOWN,
        "asked": asked,
        "within": within,
        "engagements": known.values_list("public_id", "name"),
        "narrowed": bool(asked or within),
        "now": datetime.now(UTC).isoformat(),
    }
    return render(request, "inbox/index.html", shown)


def open_(request: ViewerRequest, notification_id: str) -> HttpResponse:
    """Mark an entry as read, and go where it leads."""
    found = find(Notification, request.viewer, notification_id, "engagement")
    entry = next(iter(entries_of([found], request.viewer)), None)
    if entry is None:
        raise Http404
    mark_read(ids=[found.public_id], by=request.viewer, as_of=datetime.now(UTC))
    return redirect(reverse(entry.route, args=[entry.key]))


def read(request: ViewerRequest, notification_id: str) -> HttpResponse:
    """Mark an entry as read, and stay."""
    found = find(Notification, request.viewer, notification_id)
    mark_read(ids=[found.public_id], by=request.viewer, as_of=datetime.now(UTC))
    return redirect("inbox")


def read_all(request: ViewerRequest) -> HttpResponse:
    """Mark as read what was there when the page was shown; later news stays unread."""
    marked = mark_read(ids=None, by=request.viewer, as_of=_shown_at(request))
    messages.success(request, f"{counted(marked, 'entry', 'entries')} marked as read.")
    return redirect("inbox")


def badge(count: int) -> str:
    """Return a count of unread entries as the top bar says it; empty for none."""
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")


def _shown_at(request: ViewerRequest) -> datetime:
    now = datetime.now(UTC)
    try:
        shown = datetime.fromisoformat(request.POST.get("shown_at", ""))
    except ValueError:
        return now
    return min(shown, now) if shown.tzinfo else now
