"""History: who did what and when, append-only."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, Out, SafePage, listed
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.withheld import unnamed_in

operations = Operations(tags=["History"])


class Entry(Out):
    """One act, as it was entered in the transaction that did it."""

    id: str
    number: int = Field(description="Its place in the chain, from 1 on.")
    at: datetime
    by: str | None = Field(
        description="Null for whoever runs the installation, and for a withheld author."
    )
    organisation: str | None
    action: str
    noun: str
    subject: str
    sentence: str
    payload: dict[str, Any]


def _page(rows: QuerySet[LedgerEntry], asked: SafePage) -> Listed[Entry]:
    told = rows.select_related("by", "on_behalf_of", "content").order_by("-id")
    page = listed(told, asked, lambda entry: entry)
    unnamed = unnamed_in(page.items)
    items = [_entry(each, named=each.pk not in unnamed) for each in page.items]
    return Listed(items=items, count=page.count)


def _entry(entry: LedgerEntry, *, named: bool) -> Entry:
    same = ("at", "action", "noun", "subject", "sentence", "payload")
    return Entry(
        id=entry.public_id,
        number=entry.seq,
        by=entry.by.name if named and entry.by else None,
        organisation=entry.on_behalf_of.name if entry.on_behalf_of else None,
        **{name: getattr(entry, name) for name in same},
    )


@operations.reads("/engagements/{engagement_id}/history", "history", Listed[Entry])
def history(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[Entry]:
    """Return the chain that both parties of an engagement read, the newest entry first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = LedgerEntry.objects.visible_to(request.viewer).filter(engagement=engagement)
    return _page(rows, asked)


@operations.reads("/history", "organisation_history", Listed[Entry])
def organisation_history(request: ViewerRequest, asked: Query[SafePage]) -> Listed[Entry]:
    """Return your own organisation's chain, which the other party never reads."""
    rows = LedgerEntry.objects.visible_to(request.viewer).filter(engagement=None)
    return _page(rows, asked)
