"""A provider over all of its engagements, as the client has known it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.records.organisations import Organisation
from tallystick.records.roles import Side
from tallystick.records.supplier_history import Chapter, history_of
from tallystick.web.components.figures import money
from tallystick.web.components.status import word_of
from tallystick.web.components.words import ABSENT, day, sentence
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.pack_evidence import mean_words
from tallystick.web.pack_page import rating_rows
from tallystick.web.pack_words import title_of
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("name", "Engagement", link=lambda row: row["url"]),
    Column("stage", "Stage"),
    Column("term", "Term", sortable=False),
    Column("kept", "Levels kept", numeric=True, sortable=False),
    Column("statements", "Statements", numeric=True, sortable=False),
    Column("disputes", "Disputed points", numeric=True),
    Column("credits", "Credits", numeric=True, sortable=False),
    Column("rating", "Our rating", numeric=True, sortable=False),
    Column("decision", "Last decision", sortable=False),
)


def show(request: ViewerRequest, supplier_id: str) -> HttpResponse:
    """Show what the client's own records say of a provider."""
    supplier = find(Organisation, request.viewer, supplier_id)
    if supplier.side != Side.PROVIDER:
        raise Http404
    chapters = history_of(request.viewer, supplier)
    table = chapters_table(request, chapters)
    if table.wants_file:
        return table.file("supplier")
    shown = {
        "supplier": supplier,
        "table": table,
        "ratings": [
            (
                each.engagement.name,
                f"{title_of(rating.pack.kind)}, {day(rating.rated_at.date())}",
                rating_rows(rating.organisation.side, rating.marks),
            )
            for each in chapters
            for rating in each.ratings
        ],
        "audience": "private",
        "party": request.viewer.organisation.name,
        "breadcrumb": [("Engagements", reverse("home"))],
    }
    return render(request, "suppliers/show.html", shown)


def chapters_table(request: ViewerRequest, chapters: list[Chapter], name: str = "") -> Table:
    """Return the client's own history with a provider as a table."""
    return Table(
        COLUMNS,
        [_row(each) for each in chapters],
        request.GET,
        caption="Engagements",
        empty=Empty("No engagement yet", "This provider has worked for you in none."),
        name=name,
    )


def _row(chapter: Chapter) -> dict[str, object]:
    engagement = chapter.engagement
    return {
        "name": engagement.name,
        "url": reverse("engagement", args=[engagement.public_id]),
        "stage": sentence(engagement.stage),
        "term": f"{day(engagement.starts_on)} to {day(engagement.ends_on)}",
        "kept": f"{chapter.met} of {chapter.judged}",
        "statements": str(chapter.statements),
        "disputes": chapter.disputes,
        "credits": ", ".join(money(each.owed, each.currency) for each in chapter.balances)
        or ABSENT,
        "rating": mean_words(chapter.rating),
        "decision": word_of(chapter.outcome) if chapter.outcome else ABSENT,
    }
