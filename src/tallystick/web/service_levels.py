"""Service levels: how each stands and what may come, and every measurement behind it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.web.components.figures import money
from tallystick.web.components.words import month
from tallystick.web.counts import counted
from tallystick.web.credit_tables import follows, note_table, total_facts
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.level_books import LevelBook, book_of
from tallystick.web.level_cards import Card, card_of, levels_table
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.measured_rows import measurements_table
from tallystick.web.standings import not_met

TAB = "service_levels"


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show how each service level stands and what may come, and every measurement behind it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    book = book_of(request, engagement, datetime.now(UTC))
    shown: dict[str, Any] = {
        "agreement": book.agreement if book else None,
        "has_data": engagement.imports.filter(items__gt=0).exists(),
        "may_measure": request.viewer.may(Duty.MEASURE),
        "may_import": request.viewer.may(Duty.IMPORT_DATA),
    }
    if book is not None:
        cards = [card_of(book, level) for level in book.terms.service_levels]
        shown |= _tables(request, book, cards) | {"levels": cards, "stats": _stats(book, cards)}
        for table in (shown["table"], shown["overview"], shown["credits"]):
            if table is not None and table.wants_file:
                return table.file(table.name or "measurements")  # type: ignore[no-any-return]
    return render(request, "service_levels/index.html", frame(request, engagement, TAB) | shown)


def _tables(request: ViewerRequest, book: LevelBook, cards: list[Card]) -> dict[str, Any]:
    note = book.notes[-1] if book.notes else None
    table = measurements_table(book.measurements, book.names, request.GET)
    return {
        "table": table,
        "all_label": f"Show {counted(table.count, 'measurement')}",
        # Who filters, sorts or turns a page goes on reading it.
        "asked": not table.count
        or any(table.parameter(name) in request.GET for name in ("q", "sort", "page")),
        "overview": levels_table(cards, request.GET) if book.measurements else None,
        "note": note,
        "credits": note_table(note, book.names, request.GET) if note else None,
        "totals": total_facts(note) if note else [],
        "follows": follows(note, book.names) if note else [],
    }


def _stats(book: LevelBook, cards: list[Card]) -> list[tuple[str, str, str]]:
    """Return the figures that sum the page up, as (label, value, detail)."""
    newest = [card.level.newest for card in cards if card.level.newest]
    if not newest:
        return []
    verdicts = [each.verdict for each in newest]
    stats = [
        (
            "Levels met",
            f"{verdicts.count('met')} of {len(newest)}",
            not_met(verdicts) or "in the newest windows",
        ),
        (
            "Green but drifting",
            str(sum(bool(card.drift) for card in cards)),
            "met, and moving the wrong way",
        ),
    ]
    if book.notes:
        note = book.notes[-1]
        stats += [
            (f"Credits of {month(note.window)}", money(note.total, note.currency), "all levels"),
            (
                f"Contract year {note.year.year}",
                money(note.year.credited - note.year.returned, note.currency),
                f"since {month(note.year.first)}",
            ),
        ]
    return stats


def measure(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Measure every level in every window that the data reaches."""
    engagement = find(Engagement, request.viewer, engagement_id)
    with refused_on_the_next_page(request):
        made = measure_service_levels(
            engagement=engagement, by=request.viewer, as_of=datetime.now(UTC)
        )
        if made:
            messages.success(request, f"Measured: {counted(len(made), 'new measurement')}.")
        else:
            messages.info(request, "Measured again: every figure stands as it stood.")
    return redirect(TAB, engagement.public_id)
