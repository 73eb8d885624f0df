"""An award's record as a PDF: what was decided, by whom, why, and what it rests on."""

from typing import Any

from django.http import HttpResponse

from tallystick.records.awards import Award
from tallystick.records.scores import Consensus, Evaluator
from tallystick.records.selections import CriterionEdit
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import money
from tallystick.web.components.words import ABSENT, day, moment_text, number
from tallystick.web.downloads import download
from tallystick.web.papers.typeset import typeset
from tallystick.web.ranking_book import RankingBook

SHORT_HASH = 19
"""`sha256:` and twelve digits: enough to compare two by eye."""


def award_pdf(award: Award, book: RankingBook, viewer: Viewer) -> HttpResponse:
    """Return the PDF of an award's record; only the client's organisation is ever given it."""
    values = _head(award, book) | _order(book) | _people(award, viewer) | _pins(award, book)
    pdf = typeset("award", values, award.decided_at or award.proposed_at)
    return download(pdf, "application/pdf", f"award-{award.selection.engagement.name}", "pdf")


def _head(award: Award, book: RankingBook) -> dict[str, Any]:
    selection = award.selection
    engagement = selection.engagement
    proposed = f"{award.proposed_by.name}, {day(award.proposed_at.date())}"
    decided = ABSENT
    if award.decided_by and award.decided_at:
        decided = f"{award.decided_by.name}, {day(award.decided_at.date())}"
    placed = next((each for each in book.order if each.id == award.bid.public_id), None)
    return {
        "title": "Award record",
        "id": award.public_id,
        "engagement": engagement.name,
        "client": engagement.client.name,
        "provider": "",
        "told": "for the client alone; no bidder reads it",
        "footer": f"figures {award.ranking.digest[:SHORT_HASH]}…",
        "standing": {None: "Proposed, not decided", True: "Awarded", False: "Sent back"}[
            award.approved
        ],
        "supplier": award.bid.supplier.name,
        "summary": [
            ("Price", money(award.bid.price, selection.currency)),
            ("Worth, of 100", placed.worth if placed else ABSENT),
            ("Place", str(placed.rank) if placed else ABSENT),
            ("Comes first", placed.first if placed else ABSENT),
        ],
        "rationale": award.rationale,
        "decided_because": award.decided_because,
        "who": [
            ("Proposed", proposed),
            ("Decided", decided),
            ("Bids until", moment_text(selection.bids_until)),
            ("Bids opened", moment_text(selection.opened_at)),
            ("Scoring closed", moment_text(selection.scored_at)),
            *_single(award),
        ],
    }


def _single(award: Award) -> list[tuple[str, str]]:
    selection = award.selection
    if not selection.single_source_reason:
        return []
    approver = selection.single_source_approved_by
    by = f" (approved by {approver.name})" if approver else ""
    return [("Only one supplier asked", f"{selection.single_source_reason}{by}")]


def _order(book: RankingBook) -> dict[str, Any]:
    chart, flips = book.contributions, book.flip_chart
    return {
        "sentence": book.sentence,
        "firm": book.firm,
        "not_first": book.not_first,
        "unmoved": ", ".join(book.unmoved),
        "order": [
            (each.mark, each.supplier, str(each.rank), each.worth, each.price, each.first)
            for each in book.order
        ],
        "bars": [
            {
                "name": bar.name,
                "figure": bar.figure,
                "alt": "; ".join(part.words for part in bar.parts),
                "parts": [(part.x, part.width, int(part.tone), part.label) for part in bar.parts],
            }
            for bar in chart.bars
        ],
        "legend": [(number_, int(tone), kind) for number_, tone, kind in chart.legend],
        "flips": [
            {
                "name": bar.name,
                "figure": bar.figure,
                "detail": bar.detail,
                "parts": [(part.x, part.width) for part in bar.parts],
            }
            for bar in flips.bars
        ],
        "ranks": [
            (supplier, [(each.words, each.shade) for each in shares])
            for supplier, shares in book.ranks
        ],
        "agreement": [
            (name, w, "To be moderated" if low else "") for name, w, low in book.agreement
        ],
        "low_prices": book.low_prices,
        "out": book.out,
    }


def _people(award: Award, viewer: Viewer) -> dict[str, Any]:
    selection = award.selection
    edits = CriterionEdit.objects.visible_to(viewer).filter(selection=selection)
    people = Evaluator.objects.visible_to(viewer).filter(selection=selection)
    agreed = Consensus.objects.visible_to(viewer).filter(bid__selection=selection)
    return {
        "edits": [
            (
                each.criterion.name,
                f"{each.before} → {each.after}",
                each.reason,
                f"{each.edited_by.name}, {day(each.edited_at.date())}",
            )
            for each in edits.select_related("criterion", "edited_by").order_by("edited_at", "id")
        ],
        "interests": [_interests(each) for each in people.select_related("person").order_by("id")],
        "moderated": [
            (each.bid.supplier.name, each.criterion.name, f"{each.value:g}", each.note)
            for each in agreed.select_related("bid__supplier", "criterion").order_by("id")
        ],
    }


def _interests(evaluator: Evaluator) -> tuple[str, str, str]:
    declared = "Not declared"
    if evaluator.declared_at:
        declared = evaluator.interests or "None"
    state = f"Taken out: {evaluator.barred_because}" if evaluator.barred_at else "Counts"
    return evaluator.person.name, declared, state


def _pins(award: Award, book: RankingBook) -> dict[str, Any]:
    ranking = award.ranking
    return {
        "pins": [
            ("Weights, anchors and figures", ranking.digest),
            ("Ranked", f"{moment_text(ranking.ranked_at)}, {ranking.ranked_by.name}"),
            ("Seed, told by the figures", str(ranking.seed)),
            ("Draws", number(ranking.draws)),
            ("Engine", ranking.engine_version),
        ]
    }
