"""Whose word can be relied on: suppliers, criteria and referees over all awards of the client."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from tallystick.records.track_record import (
    Kept,
    Named,
    ToJudge,
    Told,
    TrackRecords,
    to_judge,
    track_records_of,
)
from tallystick.web.components.words import ABSENT
from tallystick.web.delivered_words import (
    EXPLAINED,
    bias_words,
    figure_words,
    marks_words,
    points_words,
    said_words,
    short_words,
    shrunk_words,
)
from tallystick.web.lookup import ViewerRequest
from tallystick.web.tables import Column, Empty, Table

MOST_WAITING = 10
"""So many awards are named that still wait for a judgement."""


def show(request: ViewerRequest) -> HttpResponse:
    """Show what the client's own records say of promises, and the pairs behind it."""
    records = track_records_of(request.viewer)
    waiting = to_judge(request.viewer, datetime.now(UTC).date())
    tables = tables_of(records, waiting, request.GET)
    for name, table in tables.items():
        if table.wants_file:
            return table.file(f"track-record-{name}")
    shown = {
        "tables": tables,
        "explained": EXPLAINED,
        "waiting": waiting[:MOST_WAITING],
        "more": max(0, len(waiting) - MOST_WAITING),
        "audience": "private",
        "party": request.viewer.organisation.name,
        "breadcrumb": [("Engagements", reverse("home"))],
    }
    return render(request, "deliveries/track_record.html", shown)


def tables_of(
    records: TrackRecords, waiting: Sequence[ToJudge], asked: QueryDict
) -> dict[str, Table]:
    """Return the three groupings and the pairs that they were computed from."""
    judge = _next_step(waiting)
    return {
        "suppliers": _grouped("suppliers", "Supplier", records.suppliers.values(), asked, judge),
        "criteria": _grouped("criteria", "Criterion", records.criteria.values(), asked, judge),
        "referees": _grouped(
            "referees",
            "Referee",
            records.referees.values(),
            asked,
            Empty(
                "No referee is known by what came",
                "Ask clients of the bidders before an award, and hand over a rating at a review: "
                "what they had said is then held against your marks.",
                "To the engagements",
                reverse("home"),
            ),
            of_five=True,
        ),
        "promises": _promises(records.kept, asked, judge),
        "calls": _calls(records.told, asked),
    }


def _next_step(waiting: Sequence[ToJudge]) -> Empty:
    """Return what stands where no promise was held against anything, with the way on."""
    heading, text = (
        "No promise was held against what came",
        "It is done at a review, award by award.",
    )
    if waiting:
        first = waiting[0].award.selection
        where = reverse("delivered", args=[first.public_id])
        return Empty(heading, text, f"Begin with {first.engagement.name}", where)
    text = "It is done at a review, once an award was approved and the work has begun."
    return Empty(heading, text, "To the engagements", reverse("home"))


def _grouped(
    name: str,
    label: str,
    records: Iterable[Named[Any]],
    asked: QueryDict,
    empty: Empty,
    *,
    of_five: bool = False,
) -> Table:
    columns = (
        Column("name", label),
        Column("pairs", "Pairs", numeric=True),
        Column("bias", "On average", sortable=False),
        Column("shrunk", "To rely on", sortable=False),
        Column("apart", "Apart", numeric=True, sortable=False),
    )
    rows = [record_row(each, of_five=of_five) for each in records]
    return Table(
        columns, rows, asked, caption=name.capitalize(), empty=empty, name=name, filtering=False
    )


def record_row(named: Named[Any], *, of_five: bool = False) -> dict[str, object]:
    """Return a track record as a row of a table."""
    record = named.record
    apart = f"{float(record.error or 0):.1f}" if of_five else points_words(record.error)
    return {
        "name": named.name,
        "pairs": record.pairs,
        "bias": bias_words(record, of_five=of_five),
        "shrunk": shrunk_words(record, of_five=of_five),
        "apart": apart if record.enough else ABSENT,
    }


def _link(row: Mapping[str, object]) -> str:
    return str(row["url"])


def _promises(kept: Sequence[Kept], asked: QueryDict, empty: Empty) -> Table:
    columns = (
        Column("engagement", "Engagement", link=_link),
        Column("supplier", "Supplier"),
        Column("criterion", "Criterion"),
        Column("promised", "Promised, of 100", numeric=True, sortable=False),
        Column("delivered", "Delivered, of 100", numeric=True, sortable=False),
        Column("figure", "What came", numeric=True, sortable=False),
        Column("difference", "Difference", sortable=False),
    )
    rows = [_promise(each) for each in reversed(kept)]
    return Table(columns, rows, asked, caption="Promises", empty=empty, name="promises")


def _promise(kept: Kept) -> dict[str, object]:
    selection = kept.award.selection
    return {
        "engagement": selection.engagement.name,
        "url": reverse("delivered", args=[selection.public_id]),
        "supplier": kept.award.bid.supplier.name,
        "criterion": kept.score.criterion.name,
        "promised": points_words(kept.promised),
        "delivered": points_words(kept.delivered),
        "figure": figure_words(kept.score.criterion, kept.score.figure, selection.currency),
        "difference": short_words(kept.short),
    }


def _calls(told: Sequence[Told], asked: QueryDict) -> Table:
    columns = (
        Column("referee", "Referee"),
        Column("supplier", "About", link=_link),
        Column("said", "Said, of 5", numeric=True),
        Column("rated", "We rated, of 5", numeric=True),
        Column("difference", "Difference", sortable=False),
    )
    rows = [_call(each) for each in reversed(told)]
    empty = Empty("No call yet", "A call about a winner is held against your newest rating of it.")
    return Table(columns, rows, asked, caption="Calls", empty=empty, name="calls", filtering=False)


def _call(told: Told) -> dict[str, object]:
    bid = told.reference.bid
    return {
        "referee": told.reference.organisation,
        "supplier": bid.supplier.name,
        "url": reverse("bid_evidence", args=[bid.public_id]),
        "said": marks_words(told.said),
        "rated": marks_words(told.rated),
        "difference": said_words(told.said - told.rated),
    }
