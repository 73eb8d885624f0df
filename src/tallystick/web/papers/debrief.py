"""A debrief as a PDF for the bidder: its own scores and words, and nothing of anybody else."""

from typing import Any

from django.http import HttpResponse

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.records.awards import Debrief
from tallystick.records.bids import Bid
from tallystick.records.debriefed import OwnScore, anchors_stood, own_scores, unmet
from tallystick.web.components.words import day
from tallystick.web.downloads import download
from tallystick.web.papers.typeset import typeset

SHORT_HASH = 19
"""`sha256:` and twelve digits: enough to compare two by eye."""


def debrief_pdf(debrief: Debrief, bid: Bid) -> HttpResponse:
    """
    Return the PDF of a debrief.

    It names no other bidder, no number of them, no place, no weight and no evaluator.
    """
    engagement = bid.selection.engagement
    said: dict[str, Any] = {
        "engagement": engagement.name,
        "client": engagement.client.name,
        "provider": bid.supplier.name,
        "told": f"of {day(debrief.written_at.date())}",
        "text": debrief.text,
        "unmet": [each.name for each in unmet(bid)],
        "withdrawn": bid.withdrawn_because if bid.withdrawn_at else "",
        "anchors_stood": anchors_stood(bid),
        "scores": [_score(each) for each in own_scores(bid)],
    }
    values = said | {
        "title": "Debrief",
        "id": debrief.public_id,
        "footer": f"{digest(canonical_bytes(said))[:SHORT_HASH]}…",
    }
    pdf = typeset("debrief", values, debrief.written_at)
    return download(pdf, "application/pdf", f"debrief-{bid.supplier.name}", "pdf")


def _score(score: OwnScore) -> dict[str, Any]:
    value = score.value
    return {
        "name": score.criterion.name,
        "question": score.criterion.question,
        "score": "Not scored" if value is None else f"{value:.1f} of 5",
        "share": 0 if value is None else round(value * 20),
        "anchors": score.anchors,
    }
