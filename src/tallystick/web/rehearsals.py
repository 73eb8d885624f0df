"""How a draft would have fared on what was imported, beside the agreement in force."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import AgreementRefused, read_agreement
from tallystick.engine.service_levels.past_term import MOST_MONTHS
from tallystick.engine.service_levels.rehearsal import Rehearsal
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import agreement_on, next_version
from tallystick.records.drafts import AgreementDraft
from tallystick.records.rehearsals import History, history_of, rehearse_agreement
from tallystick.web.components.figures import money
from tallystick.web.components.words import day
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.rehearsal_tables import level_rows, levels_table, months_table, windows_table


def show(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Rehearse a draft; nothing is stored."""
    draft = find(
        AgreementDraft, request.viewer, draft_id, "engagement__client", "engagement__provider"
    )
    engagement = draft.engagement
    above = (
        ("Agreement", reverse("agreements", args=[engagement.public_id])),
        (draft.title or "Draft", reverse("draft", args=[draft.public_id])),
    )
    shown: dict[str, Any] = {
        **frame(request, engagement, "agreements", *above),
        "audience": "private",
        "party": request.viewer.organisation.name,
        "draft": draft,
    }
    try:
        terms = read_agreement({**draft.document, "version": next_version(engagement)})
        history = history_of(engagement, datetime.now(UTC))
    except AgreementRefused as refused:
        return render(request, "rehearsals/refused.html", shown | {"problems": refused.problems})
    except Refusal as refusal:
        return render(request, "rehearsals/refused.html", shown | {"refusal": refusal})
    held = _in_force(draft)
    return _compared(request, shown, history, terms, held)


def _in_force(draft: AgreementDraft) -> Terms | None:
    held = agreement_on(draft.engagement, datetime.now(UTC).date())
    return read_agreement(held.document) if held else None


def _compared(
    request: ViewerRequest,
    shown: dict[str, Any],
    history: History,
    terms: Terms,
    held_terms: Terms | None,
) -> HttpResponse:
    draft = rehearse_agreement(history, terms, held_terms)
    held = rehearse_agreement(history, held_terms) if held_terms else None
    rows = level_rows(draft, held)
    tables = {
        "levels": levels_table(rows, request.GET),
        "months": months_table(draft, held, request.GET),
        "windows": windows_table(rows, request.GET),
    }
    for name, table in tables.items():
        if table.wants_file:
            return table.file(f"rehearsal-{name}")
    last = history.term.until - timedelta(days=1)
    shown |= {
        "span": f"{day(history.term.from_)} to {day(last)}",
        "most_months": MOST_MONTHS,
        **tables,
        "fared": draft.levels,
        "warned": [(each.level, said) for each in draft.levels for said in each.warnings],
        "totals": _totals(draft, held),
        "grounds": grounds_of(draft),
    }
    return render(request, "rehearsals/show.html", shown)


def _totals(draft: Rehearsal, held: Rehearsal | None) -> list[tuple[str, str, str]]:
    decided = sum(each.decided for each in draft.levels)
    met = sum(each.met for each in draft.levels)
    warned = sum(bool(each.warnings) for each in draft.levels)
    credits = money(draft.total, draft.currency) if draft.notes else "None stated"
    now = money(held.total, held.currency) if held and held.notes else "none"
    return [
        ("Windows met", f"{met} of {decided}", "All levels together"),
        ("Credits in all", credits, f"In force now: {now}"),
        ("Levels hard to keep", str(warned), f"Of {len(draft.levels)}"),
    ]


def grounds_of(draft: Rehearsal) -> list[str]:
    """Say in which months the client could have ended the agreement, and why."""
    return [f"{each.window}: {each.why}" for note in draft.notes for each in note.terminations]
