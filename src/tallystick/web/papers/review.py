"""A mid-term or closing review as a PDF for a steering committee; its figures are the page's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from tallystick.engine.reviews.parts import SHARED, TITLES, Section
from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.records.ratings import SharedRating
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import ReviewFinding
from tallystick.web.components.status import word_of
from tallystick.web.components.words import ABSENT, day, moment_text, sentence
from tallystick.web.downloads import download
from tallystick.web.pack_evidence import (
    credit_lines,
    days_of,
    dealing_lines,
    latency_words,
    left_words,
    level_lines,
    met_words,
    objective_lines,
    review_lines,
)
from tallystick.web.pack_governance import decision_lines, risk_lines
from tallystick.web.pack_page import PackBook, rating_rows
from tallystick.web.pack_words import signature_lines, title_of
from tallystick.web.papers.typeset import typeset

SHORT_HASH = 19
"""`sha256:` and twelve digits: enough to compare two by eye."""


def review_pdf(book: PackBook) -> HttpResponse:
    """
    Return the PDF of a review, with what both parties read and nothing else.

    Before the client signs that is the evidence alone, whoever asks.
    """
    pack, review = book.pack, book.review
    at = review.held_at if review else pack.opened_at
    values = _head(book) | _evidence(book) | _said(book) | _signed(book)
    pdf = typeset("review", values, at)
    return download(pdf, "application/pdf", f"{pack.kind}-review-{pack.engagement.name}", "pdf")


def _head(book: PackBook) -> dict[str, Any]:
    pack, review, evidence = book.pack, book.review, book.pack.document
    engagement = evidence["engagement"]
    footer = f"evidence {pack.digest[:SHORT_HASH]}…"
    if review:
        footer = f"signed {review.digest[:SHORT_HASH]}…, {footer}"
    return {
        "title": title_of(pack.kind),
        "id": pack.public_id,
        "engagement": engagement["name"],
        "client": engagement["client"],
        "provider": engagement["provider"] or "No provider",
        "told": f"evidence of {days_of(evidence)}, opened by {pack.opened_by.name}",
        "footer": footer,
        "draft": "" if review else "Not signed: this is the evidence, without a judgement.",
        "pins": [
            ("Evidence", pack.digest),
            *([("Signed review", review.digest)] if review else []),
        ],
    }


def _evidence(book: PackBook) -> dict[str, Any]:
    evidence, seen = book.pack.document, book.perception
    reached = book.review.document["objectives"] if book.review else {}
    summary = [
        ("Levels kept", met_words(evidence)),
        ("Objectives", str(len(evidence["objectives"]))),
        ("Credits left to settle", left_words(evidence)),
    ]
    return {
        "summary": [*summary, ("Figures less answers", seen.gap)] if seen else summary,
        "objectives": _objectives(evidence, reached),
        "levels": _levels(evidence),
        "dealings": [*dealing_lines(evidence), *credit_lines(evidence)],
        "latency": latency_words(evidence),
        "held": review_lines(evidence),
        "decided": decision_lines(evidence),
        "risks": risk_lines(evidence),
        "perception": {
            "sides": seen.sides,
            "questions": seen.questions,
            "gap": seen.gap,
            "red": seen.red_inside,
        }
        if seen
        else None,
        "asked": len(QUESTIONS),
    }


def _objectives(
    evidence: Mapping[str, Any], reached: Mapping[str, Mapping[str, str]]
) -> list[dict[str, str]]:
    return [
        {
            "statement": each.statement,
            "way": each.way,
            "due": each.due,
            "acknowledged": each.acknowledged,
            "stands": ", ".join(
                filter(
                    None,
                    [
                        word_of(each.achieved) if each.achieved else "",
                        each.actual,
                        each.measured,
                        f"owed to {each.owed_to}" if each.owed_to else "",
                    ],
                )
            )
            or ABSENT,
        }
        for each in objective_lines(evidence, reached)
    ]


def _levels(evidence: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "expected": each.expected,
            "met": each.met,
            "newest": each.newest,
            "verdict": each.verdict,
            "word": word_of(each.verdict),
            "months": [verdict for _, _, verdict in each.months],
            "alt": "; ".join(
                f"{window} {figure}, {word_of(verdict).lower()}"
                for window, figure, verdict in each.months
            ),
        }
        for each in level_lines(evidence)
    ]


def _said(book: PackBook) -> dict[str, Any]:
    """Return what the client signed; nothing before it did."""
    review = book.review
    if review is None:
        return {
            "judgements": {},
            "titles": _titles(),
            "decision": None,
            "findings": [],
            "checks": [],
        }
    document, viewer = review.document, book.viewer
    findings = ReviewFinding.objects.visible_to(viewer).filter(review=review).order_by("id")
    benefits = document["benefits_on"]
    return {
        "titles": _titles(),
        "judgements": document["judgements"],
        "decision": {
            "outcome": word_of(review.outcome),
            "reasons": review.summary,
            "benefits": f"Benefits are reviewed on {_day(benefits)}." if benefits else "",
        },
        "findings": [
            (each.place, sentence(each.severity), each.sentence, each.remedy) for each in findings
        ],
        "checks": [
            (each["line"], f"{each['by']}, {_day(each['at'])}: {each['note']}")
            for each in document["checks"]
        ],
    }


def _titles() -> dict[str, str]:
    return {part.value: TITLES[part] for part in Section if part in SHARED}


def _day(text: str) -> str:
    return day(datetime.fromisoformat(text).date())


def _signed(book: PackBook) -> dict[str, Any]:
    """Return the signatures, comments and ratings that both parties read."""
    viewer, review = book.viewer, book.review
    signatures = ReviewSignature.objects.visible_to(viewer).filter(review=review)
    comments = ReviewComment.objects.visible_to(viewer).filter(review=review)
    ratings = SharedRating.objects.visible_to(viewer).filter(pack=book.pack)
    return {
        "signatures": signature_lines(
            list(signatures.select_related("organisation", "signed_by").order_by("id"))
        ),
        "comments": [
            (
                f"{each.said_by.name}, {each.organisation.name}, {moment_text(each.said_at)}",
                each.text,
            )
            for each in comments.select_related("organisation", "said_by").order_by("id")
        ],
        "ratings": [
            (each.organisation.name, rating_rows(each.organisation.side, each.marks))
            for each in ratings.select_related("organisation").order_by("id")
        ],
    }
