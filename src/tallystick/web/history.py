"""History: what both parties did in an engagement, and the client's own acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.ledger import LedgerEntry
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find

ENTRIES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as the timeline tells it."""

    at: datetime
    who: str
    organisation: str
    sentence: str


def newest_first(rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Return entries with the names they need, newest first."""
    return rows.select_related("by", "on_behalf_of").order_by("-at", "-id")


def entries_of(rows: Iterable[LedgerEntry]) -> list[Entry]:
    """Return ledger entries in the form that the timeline draws."""
    return [Entry(row.at, row.by.name, row.on_behalf_of.name, row.sentence) for row in rows]


def engagement(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the shared chain of an engagement: both parties read the same."""
    found = find(Engagement, request.viewer, engagement_id, "client", "provider")
    chain = LedgerEntry.objects.visible_to(request.viewer).filter(engagement=found)
    shown = frame(request, found, "history") | _page_of(request, chain)
    return render(request, "history/engagement.html", shown)


def organisation(request: ViewerRequest) -> HttpResponse:
    """Show the chain that only the viewer's own organisation reads."""
    own = request.viewer.organisation
    chain = LedgerEntry.objects.visible_to(request.viewer).filter(client=own)
    shown = {"breadcrumb": [("Engagements", reverse("home"))]} | _page_of(request, chain)
    return render(request, "history/organisation.html", shown)


def _page_of(request: ViewerRequest, chain: QuerySet[LedgerEntry]) -> dict[str, object]:
    page = Paginator(newest_first(chain), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "entries": entries_of(page.object_list), "count": page.paginator.count}
