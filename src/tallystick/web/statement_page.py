"""One statement in full: figures, credits, what changed, what it pins, and whose turn it is."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.restate_statement import restate_statement
from tallystick.engine.service_levels.credits import CreditNote
from tallystick.records.dealing_terms import zone_of
from tallystick.records.restating import note_issued_with
from tallystick.records.roles import Duty
from tallystick.records.stated import statement_values
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import money
from tallystick.web.credit_tables import follows, note_table, total_facts
from tallystick.web.difference_rows import difference_table
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.statements import RestateForm
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.papers.statement import statement_pdf
from tallystick.web.standing_words import has_attested, may_attest, point_words, standing_words
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
    return _page(request, _found(request, statement_id), RestateForm())


def restate(request: ViewerRequest, statement_id: str) -> HttpResponse:
    """Hand both parties the figures as they stand now, in place of this statement."""
    statement = _found(request, statement_id)
    form = RestateForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            restated = restate_statement(
                statement=statement,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"{heading(statement)} restated. Both parties attest again.")
            return redirect("statement", restated.public_id)
    return _page(request, statement, form)


def _found(request: ViewerRequest, statement_id: str) -> Statement:
    return find(
        Statement, request.viewer, statement_id, "engagement__client", "engagement__provider",
        "agreement", "issued_by", "review", "superseded_by", "supersedes__agreement",
    )  # fmt: skip


def _page(request: ViewerRequest, statement: Statement, form: RestateForm) -> HttpResponse:
    viewer, now = request.viewer, datetime.now(UTC)
    before = earlier_statement(statement, viewer)
    note = note_issued_with(statement)
    stated = _credits(request, note, statement.agreement.level_names)
    rows = statement_rows(statement, viewer, before, note)
    table = Table(
        level_columns(minimum=any(row.minimum for row in rows), credit=note is not None),
        rows,
        request.GET,
        caption="Service levels of this month",
        empty=Empty("No service level", "The agreement states none."),
        filtering=False,
    )
    values = statement_values(statement, now, note)
    if request.GET.get("format") == "pdf":
        return statement_pdf(statement, viewer, rows, before, note, values)
    stated |= _differences(request, values) | _standing(viewer, values, now)
    for each in (table, stated["credits"], stated["changes"], stated["would_change"]):
        if each is not None and each.wants_file:
            return each.file("-".join(filter(None, ["statement", statement.window, each.name])))
    shown = stated | {
        "statement": statement,
        "values": values,
        "zone": zone_of(statement.agreement),
        "heading": heading(statement),
        "form": form,
        "before": before,
        "rows": rows,
        "turned": [row for row in rows if row.turned],
        "table": table,
        **totals(rows),
        "imports": pinned_imports(statement, viewer),
        "review": getattr(statement, "review", None),
        "may_review": viewer.may(Duty.HOLD_REVIEW) and not values["superseded_by"],
    }
    above = ("Statements", reverse("statements", args=[statement.engagement.public_id]))
    around = frame(request, statement.engagement, "statements", above)
    status = 422 if form.is_bound else 200
    return render(request, "statements/show.html", around | shown, status=status)


def _differences(request: ViewerRequest, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs from the statement before, and how the figures read now."""
    return {
        "changes": difference_table(
            values["difference"], request.GET,
            name="changes", caption="What differs from the statement before", after="Now",
        ),
        "would_change": difference_table(
            values["would_differ"], request.GET,
            name="now", caption="How the figures read now", after="If restated now",
        ),
    }  # fmt: skip


def _standing(viewer: Viewer, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return what the parties said, and what the viewer may say."""
    counts = not values["superseded_by"]
    parties = {each["side"]: each["party"] for each in values["standing"]["positions"]}
    return {
        "answers": standing_words(values["standing"], values["disputes"], now),
        "may_attest": counts and may_attest(viewer, values["standing"]),
        "may_speak": counts and viewer.may(Duty.ATTEST),
        "own_open": sum(
            each["side"] == viewer.organisation.side and each["state"] == "open"
            for each in values["disputes"]
        ),
        "has_attested": has_attested(viewer, values["standing"]),
        "points": [
            (each, point_words(each, parties, now), parties[each["side"]])
            for each in values["disputes"]
        ],
        "may_restate": counts and viewer.may(Duty.ISSUE_STATEMENT),
    }


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
