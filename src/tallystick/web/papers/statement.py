"""A statement as a PDF that a steering committee is handed; its figures are those of the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from tallystick.engine.service_levels.credits import CreditNote
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import money
from tallystick.web.components.status import word_of
from tallystick.web.components.words import ABSENT, day, moment_text, number, sentence
from tallystick.web.counts import counted, listed
from tallystick.web.credit_tables import credits_caption, follows, line_rows, total_facts
from tallystick.web.difference_rows import difference_rows
from tallystick.web.downloads import download
from tallystick.web.papers.typeset import typeset
from tallystick.web.standing_words import positions_said
from tallystick.web.statement_rows import StatementRow, heading, pinned_imports, totals

MOST_NAMED = 5
"""So many tickets of a claim are named; of more the number stands there."""
SHORT_HASH = 19
"""`sha256:` and twelve digits: enough to compare two by eye."""


def statement_pdf(
    statement: Statement,
    viewer: Viewer,
    rows: Sequence[StatementRow],
    before: Statement | None,
    note: CreditNote | None,
    told: Mapping[str, Any],
) -> HttpResponse:
    """
    Return the PDF of a statement; both parties get the same bytes.

    `told` is what `statement_values` tells of it.
    """
    names = statement.agreement.level_names
    values = (
        _head(statement)
        | dealings(statement, told)
        | {
            "summary": _summary(rows, note),
            "levels": [_level(row) for row in rows],
            "has_minimum": any(row.minimum for row in rows),
            "credits": _credits(note, names) if note else None,
            "changes": [row.sentence for row in rows] if before else [],
            "pins": _pins(statement, viewer, rows),
            "charts": [_chart(row) for row in rows],
        }
    )
    pdf = typeset("statement", values, statement.issued_at)
    return download(pdf, "application/pdf", f"statement-{statement.window}", "pdf")


def _head(statement: Statement) -> dict[str, Any]:
    engagement, agreement = statement.engagement, statement.agreement
    return {
        "title": heading(statement),
        "id": statement.public_id,
        "engagement": engagement.name,
        "client": agreement.document["client"],
        "provider": agreement.document["provider"],
        "issued": f"issued {moment_text(statement.issued_at)} by {statement.issued_by.name}",
        "footer": f"agreement version {agreement.version}, {agreement.digest[:SHORT_HASH]}…",
    }


def dealings(statement: Statement, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the parties said of the figures, what was relieved, and what was corrected."""
    notes = []
    if statement.supersedes:
        day_before = day(statement.supersedes.issued_at.date())
        notes.append(f"Takes the place of the statement of {day_before}. {statement.reason}")
    if told["superseded_by"]:
        notes.append("A later statement took the place of this one; it stays as it was stated.")
    answers = positions_said(told["standing"], told["disputes"])
    return {
        "notes": notes,
        "disputes": [_dispute(each) for each in told["disputes"]],
        "answers": [(party, words) for party, _, words in answers],
        "relief": [_claim(each) for each in told["relief"]],
        "differences": [
            (each.about, each.before, each.after, each.why)
            for each in difference_rows(told["difference"] or {"figures": [], "credits": []})
        ],
    }


def _dispute(point: Mapping[str, Any]) -> tuple[str, str, str, str]:
    about = ", ".join(filter(None, [point["name"], point["item"], point["component"]]))
    closed = point["closed"]
    state = sentence(point["state"]) + (f": {closed['text']}" if closed else "")
    if point["replies"]:
        count = len(point["replies"])
        state += f" ({counted(count, 'reply', 'replies')})"
    return about, point["what_is_wrong"], point["should_be"], state


def _claim(claim: Mapping[str, Any]) -> tuple[str, str, str]:
    items = claim["items"]
    what = listed(items) if len(items) <= MOST_NAMED else counted(len(items), "ticket")
    if not items:
        what = claim["component"] or "the service"
    state = sentence(claim["state"]) + (f": {claim['reason']}" if claim["reason"] else "")
    return f"{claim['name']}: {what}", sentence(claim["ground"]), state


def _summary(rows: Sequence[StatementRow], note: CreditNote | None) -> list[tuple[str, str]]:
    added = totals(rows)
    summary = [("Levels met", added["levels_met"]), ("Tickets that missed", number(added["late"]))]
    return [*summary, ("Credits", money(note.total, note.currency))] if note else summary


def _pins(
    statement: Statement, viewer: Viewer, rows: Sequence[StatementRow]
) -> list[tuple[str, str]]:
    agreement = statement.agreement
    measured = {
        f"{row.measurement.engine_version}, time zones {row.measurement.zone_data_version}"
        for row in rows
    }
    return [
        (f"Agreement, version {agreement.version}", agreement.digest),
        *((f"Evidence: {row.name}", row.measurement.evidence_digest) for row in rows),
        *(
            (f"Service data: {each.file_name}", each.digest)
            for each in pinned_imports(statement, viewer)
        ),
        *(("Engine", each) for each in sorted(measured)),
    ]


def _level(row: StatementRow) -> dict[str, Any]:
    missed = ABSENT if row.missed is None else number(row.missed)
    return {
        "name": row.name,
        "figure": row.text,
        "expected": row.expected,
        "minimum": row.minimum or ABSENT,
        "verdict": row.verdict,
        "word": word_of(row.verdict),
        "missed": missed,
        "change": row.change_text or ABSENT,
        "credit": row.credit or ABSENT,
    }


def _credits(note: CreditNote, names: Mapping[str, str]) -> dict[str, Any]:
    lines = line_rows(note, names)
    return {
        "caption": credits_caption(note),
        "lines": [(each.about, each.formula, each.why, each.amount_words) for each in lines],
        "totals": total_facts(note),
        "follows": follows(note, names),
    }


def _chart(row: StatementRow) -> dict[str, Any]:
    chart = row.chart
    last = len(chart.marks) - 1
    labelled = {0, last // 2, last}
    marks = [
        {
            "x": float(mark.x.rstrip("%")),
            "y": float(mark.y),
            "shown": mark.value is not None,
            "verdict": mark.verdict,
            "tick": mark.tick if number in labelled else "",
        }
        for number, mark in enumerate(chart.marks)
    ]
    lines = [{"y": float(line.y), "kind": line.kind, "words": line.words} for line in chart.levels]
    said = [row.name, *(line.words for line in chart.levels), *(mark.words for mark in chart.marks)]
    return {
        "title": row.name,
        "figure": row.text,
        "alt": "; ".join(said),
        "marks": marks,
        "lines": lines,
    }
