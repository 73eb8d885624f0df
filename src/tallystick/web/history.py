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
from tallystick.records.organisations import Organisation
from tallystick.records.withheld import unnamed_in
from tallystick.web.frames import frame
from tallystick.web.ledgers import card_of
from tallystick.web.lookup import ViewerRequest, find

ENTRIES_A_PAGE = 50


_AT_THE_COMMAND_LINE = "Whoever runs the installation"
_AUTHOR = "Its author, without a name"
_NOBODY = {"answer_survey": "Somebody, without a name"}
"""Who acted where an entry names nobody of either party."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as the timeline tells it."""

    at: datetime
    who: str
    organisation: str
    sentence: str


def newest_first(rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Return entries with the names they need, newest first."""
    return rows.select_related("by", "on_behalf_of", "content").order_by("-at", "-id")


def entries_of(rows: Iterable[LedgerEntry]) -> list[Entry]:
    """Return ledger entries in the form that the timeline draws."""
    told = list(rows)
    unnamed = unnamed_in(told)
    return [_entry(row, named=row.pk not in unnamed) for row in told]


def _entry(row: LedgerEntry, *, named: bool) -> Entry:
    if not named:
        who = _AUTHOR
    else:
        who = row.by.name if row.by else _NOBODY.get(row.action, _AT_THE_COMMAND_LINE)
    organisation = row.on_behalf_of.name if row.on_behalf_of else ""
    return Entry(row.at, who, organisation, row.sentence)


def engagement(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the shared chain of an engagement: both parties read the same."""
    found = find(Engagement, request.viewer, engagement_id, "client", "provider")
    chain = LedgerEntry.objects.visible_to(request.viewer).filter(engagement=found)
    shown = frame(request, found, "history") | _page_of(request, chain, found)
    return render(request, "history/engagement.html", shown)


def organisation(request: ViewerRequest) -> HttpResponse:
    """Show the chain that only the viewer's own organisation reads."""
    own = request.viewer.organisation
    chain = LedgerEntry.objects.visible_to(request.viewer).filter(client=own)
    shown = {"breadcrumb": [("Engagements", reverse("home"))]} | _page_of(request, chain, own)
    return render(request, "history/organisation.html", shown)


def _page_of(
    request: ViewerRequest, rows: QuerySet[LedgerEntry], chain: Engagement | Organisation
) -> dict[str, object]:
    page = Paginator(newest_first(rows), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "entries": entries_of(page.object_list),
        "count": page.paginator.count,
        "ledger": card_of(request.viewer, chain, page.paginator.count),
    }
