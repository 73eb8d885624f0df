"""One statement in full: figures, credits, what changed, what it pins, and whose turn it is."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.service_levels.credits import CreditNote
from tallystick.records.dealing_terms import zone_of
from tallystick.records.roles import Duty
from tallystick.records.stated import level_names, note_of, statement_values
from tallystick.records.statements import Statement
from tallystick.web.components.figures import money
from tallystick.web.credit_tables import follows, note_table, total_facts
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.papers.statement import statement_pdf
from tallystick.web.standing_words import may_attest, standing_words
from tallystick.web.statement_rows import (
    earlier_statement,
    heading,
    pinned_imports,
    statement_rows,
    totals,
)
from tallystick.web.tables import Column, Empty, Table

_MINIMUM = Column("minimum", "Minimum", numeric=True, sortable=False)
_CREDIT = Column("credit", "Credit", numeric=True, sortable=False)


def level_columns(*, minimum: bool, credit: bool) -> tuple[Column, ...]:
    """Return the columns of a statement, with those that its agreement has use for."""
    return (
        Column("name", "Service level", link=lambda row: row.url),
        Column("value", "Figure", numeric=True, template="service_levels/figure.html"),
        Column("expected", "Expected", numeric=True, sortable=False),
        *([_MINIMUM] if minimum else []),
        Column("verdict", "Verdict", template="statements/verdict.html"),
        Column("missed", "Tickets that missed", numeric=True, link=lambda row: row.missed_url),
        Column("change", "Change", numeric=True, template="statements/change.html"),
        *([_CREDIT] if credit else []),
        Column("trend", "Trend", sortable=False, in_files=False, template="statements/trend.html"),
    )


def show(request: ViewerRequest, statement_id: str) -> HttpResponse:
    """Show a statement: each level against its target, what changed, and what it pins."""
    viewer, now = request.viewer, datetime.now(UTC)
    statement = find(
        Statement, viewer, statement_id, "engagement__client", "engagement__provider", "agreement",
        "issued_by", "review",
    )  # fmt: skip
    before = earlier_statement(statement, viewer)
    note = note_of(statement)
    stated = _credits(request, note, level_names(statement))
    rows = statement_rows(statement, viewer, before, note)
    table = Table(
        level_columns(minimum=any(row.minimum for row in rows), credit=note is not None),
        rows,
        request.GET,
        caption="Service levels of this month",
        empty=Empty("No service level", "The agreement states none."),
        filtering=False,
    )
    if request.GET.get("format") == "pdf":
        return statement_pdf(statement, viewer, rows, before, note)
    for each in (table, stated["credits"]):
        if each is not None and each.wants_file:
            return each.file("-".join(filter(None, ["statement", statement.window, each.name])))
    values = statement_values(statement, now, note)
    shown = stated | {
        "statement": statement,
        "values": values,
        "zone": zone_of(statement.agreement),
        "answers": standing_words(values["standing"], values["disputes"], now),
        "may_attest": may_attest(viewer, values["standing"]),
        "heading": heading(statement),
        "before": before,
        "rows": rows,
        "table": table,
        **totals(rows),
        "imports": pinned_imports(statement, viewer),
        "review": getattr(statement, "review", None),
        "may_review": viewer.may(Duty.HOLD_REVIEW),
    }
    above = ("Statements", reverse("statements", args=[statement.engagement.public_id]))
    around = frame(request, statement.engagement, "statements", above)
    return render(request, "statements/show.html", around | shown)


def _credits(
    request: ViewerRequest, note: CreditNote | None, names: Mapping[str, str]
) -> dict[str, Any]:
    """Return the month's credit note as the figures stood when the statement was issued."""
    if note is None:
        return {"note": None, "credits": None}
    return {
        "note": note,
        "credits": note_table(note, names, request.GET),
        "credited": money(note.total, note.currency),
        "totals": total_facts(note),
        "follows": follows(note, names),
    }
