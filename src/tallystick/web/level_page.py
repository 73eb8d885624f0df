"""One service level in depth: its trend, its items, what is open now, and what may come."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.service_levels.outcomes import ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.level import LevelOutlook, has_items
from tallystick.engine.service_levels.outlook.spread import Measured, spread_of
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Unit
from tallystick.engine.service_levels.terms.statistics import StatisticKind
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.web.agreement_words import level_words
from tallystick.web.attribute_tables import attribute_tables
from tallystick.web.charts import Histogram, histogram
from tallystick.web.components.words import month
from tallystick.web.credit_tables import history_table
from tallystick.web.evidence_tables import evidence_of, evidence_table
from tallystick.web.frames import frame
from tallystick.web.level_books import LevelBook, book_of
from tallystick.web.level_cards import card_of_outlook
from tallystick.web.live_queues import queues_of
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.outlook_words import mean_words, prospect_said, signals_said
from tallystick.web.tables import Table

TAB = "service_levels"
WINDOWS_CHARTED = 60


def show(request: ViewerRequest, engagement_id: str, level_id: str) -> HttpResponse:
    """Show one service level of the agreement in force."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    book = book_of(request, engagement, datetime.now(UTC))
    if book is None or level_id not in book.names:
        raise Http404
    level = book.terms.service_level(level_id)
    outcomes = book.outcomes(level)
    outlook = book.outlook(level, outcomes)
    shown = {
        "agreement": book.agreement,
        "level": level,
        "zone": book.terms.zone,
        "card": card_of_outlook(book, level, outcomes, outlook, most=WINDOWS_CHARTED),
        "clause": level_words(level, book.terms),
        "credits": _credits(book, level, request),
        **_outlook(outlook, level),
        **_items(request, book, level, outcomes),
    }
    for table in _tables_of(shown):
        if table.wants_file:
            return table.file(f"{level.id}-{table.name}")
    above = ("Service levels", reverse(TAB, args=[engagement.public_id]))
    around = frame(request, engagement, TAB, above)
    return render(request, "service_levels/level.html", around | shown)


def _credits(book: LevelBook, level: ServiceLevel, request: ViewerRequest) -> Table | None:
    if not level.credit or not book.notes:
        return None
    return history_table(book.notes, level.id, book.names, request.GET)


def _outlook(outlook: LevelOutlook | None, level: ServiceLevel) -> dict[str, Any]:
    if outlook is None:
        return {"prospect": [], "signals": [], "mean": "", "trap": False}
    prospect = outlook.prospect
    return {
        "prospect": prospect_said(prospect, level.target) if prospect else [],
        "trap": prospect is not None and prospect.attainability.trap,
        "signals": signals_said(outlook),
        "mean": mean_words(outlook, level.target),
    }


def _items(
    request: ViewerRequest, book: LevelBook, level: ServiceLevel, outcomes: Outcomes | None
) -> dict[str, Any]:
    """Return what stands behind the figures, as far as items do."""
    newest = book.newest(level)
    if newest is None or outcomes is None or not has_items(level):
        return {"newest": newest, "queues": [], "attributes": [], "spread": None, "breached": None}
    zone = book.terms.zone
    judged = level.measure.is_timed and level.statistic.kind is StatisticKind.SHARE
    imports = list(newest.imports.select_related("engagement").order_by("imported_at", "id"))
    return {
        "newest": newest,
        "queues": queues_of(newest, outcomes, zone, request.GET) if judged else [],
        "attributes": attribute_tables(newest, imports, level, book.terms, outcomes, request.GET),
        "spread": _spread(level, outcomes),
        "breached": _breached(request, book, level),
    }


def _spread(level: ServiceLevel, outcomes: Outcomes) -> Histogram | None:
    spread = spread_of(level, outcomes)
    if spread is None:
        return None
    name = "Limit" if level.statistic.kind is StatisticKind.SHARE and not level.of else "Expected"
    title = {
        Measured.SECONDS: "Working time of items",
        Measured.LIMIT: "Part of its limit that each item took",
        Measured.NUMBER: f"Values of {level.of}",
    }[spread.measured]
    return histogram(spread, title, name)


def _breached(request: ViewerRequest, book: LevelBook, level: ServiceLevel) -> Table | None:
    """Return the items that missed in the newest window that is over."""
    over: Measurement | None = book.standings[level.id].newest
    if over is None or over.agreement_id != book.agreement.pk:
        return None
    # Under "at most", the items that the figure counts are the ones that count against it.
    at_most = level.target.direction is Direction.AT_MOST and level.target.unit is Unit.SHARE
    against = ItemVerdict.MET if at_most else ItemVerdict.MISSED
    missed = evidence_of(over, level, book.terms, against)
    if missed.gone:
        return None
    return evidence_table(
        over,
        level,
        missed.items,
        book.terms.zone,
        request.GET,
        name="missed",
        caption=f"{'Counted against it' if at_most else 'Missed'} in {month(over.window)}",
    )


def _tables_of(shown: dict[str, Any]) -> list[Table]:
    by_attribute = [table for _, table in shown["attributes"]]
    others = [shown["breached"], shown["credits"]]
    return [*shown["queues"], *by_attribute, *(table for table in others if table is not None)]
