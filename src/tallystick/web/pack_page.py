"""The page of a mid-term or closing review: its evidence, what people made of it, who signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from tallystick.engine.reviews.parts import PRIVATE, SHARED, TITLES, Section
from tallystick.engine.reviews.ratings import RATED, mean_of
from tallystick.records.closing_checks import exit_lines
from tallystick.records.delivered_scores import promises_of
from tallystick.records.evidence_packs import EvidencePack, PrivateEvidence, ReviewDraft
from tallystick.records.lessons import Readable
from tallystick.records.library import lessons_of_review
from tallystick.records.loose_ends import loose_ends
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import Review, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer
from tallystick.web.components.status import word_of
from tallystick.web.components.words import day
from tallystick.web.pack_evidence import (
    Perception,
    credit_lines,
    days_of,
    dealing_lines,
    latency_words,
    left_words,
    level_lines,
    mean_words,
    met_words,
    objective_lines,
    perception_of,
    review_lines,
)
from tallystick.web.pack_governance import decision_lines, risk_lines
from tallystick.web.pack_words import loose_words, signature_lines, title_of, turn_of


@dataclass(frozen=True, slots=True)
class PackBook:
    """What a viewer may read of a review; drafts and private evidence are the client's."""

    viewer: Viewer
    pack: EvidencePack
    review: Review | None
    draft: ReviewDraft | None
    own: Mapping[str, Any] | None

    @classmethod
    def of(cls, viewer: Viewer, pack: EvidencePack) -> "PackBook":
        """Return it, in a fixed number of queries."""
        reviews = Review.objects.visible_to(viewer).filter(pack=pack)
        review = (
            reviews.select_related("held_by")
            .prefetch_related("signatures__organisation", "signatures__signed_by")
            .first()
        )
        draft = ReviewDraft.objects.visible_to(viewer).filter(pack=pack).first()
        own = PrivateEvidence.objects.visible_to(viewer).filter(pack=pack).first()
        return cls(viewer, pack, review, draft, own.document if own else None)

    @property
    def words(self) -> Mapping[str, Any]:
        """Return what was written, as far as the viewer reads it: signed, or one's own draft."""
        if self.review:
            return dict(self.review.document)
        draft = self.draft
        if draft is None:
            return {}
        return {
            "objectives": draft.objectives,
            "judgements": draft.judgements,
            "findings": draft.findings,
            "outcome": draft.outcome,
            "reasons": draft.reasons,
            "benefits_on": draft.benefits_on.isoformat() if draft.benefits_on else None,
            "checks": [],
        }

    @property
    def perception(self) -> Perception | None:
        """Return what both teams perceive."""
        return perception_of(self.pack.document)


def evidence_shown(book: PackBook) -> dict[str, Any]:
    """Return the evidence of both parties and the client's own, section by section."""
    evidence = book.pack.document
    return {
        "objectives": objective_lines(evidence, book.words.get("objectives", {})),
        "levels": level_lines(evidence),
        "credits": credit_lines(evidence),
        "dealings": dealing_lines(evidence),
        "held": review_lines(evidence),
        "latency": latency_words(evidence),
        "decided": decision_lines(evidence),
        "risks": risk_lines(evidence),
        "perception": book.perception,
        "own": book.own,
        "titles": {part.name.lower(): TITLES[part] for part in Section},
        "as_of": days_of(evidence),
    }


def sections(book: PackBook) -> list[dict[str, str]]:
    """Return each section with its template and what was said; private ones for the client."""
    said = dict(book.words.get("judgements", {}))
    parts = SHARED if book.own is None else (*SHARED, *PRIVATE)
    asides = book.draft.asides if book.draft else {}
    return [
        {
            "name": part.value,
            "title": TITLES[part],
            "template": f"reviews/evidence/{part.value}.html",
            "said": (asides if part in PRIVATE else said).get(part.value, ""),
            "private": "1" if part in PRIVATE else "",
        }
        for part in parts
    ]


def page_shown(book: PackBook) -> dict[str, Any]:
    """Return everything that the page shows around its evidence."""
    pack, review, viewer, now = book.pack, book.review, book.viewer, datetime.now(UTC)
    words = book.words
    return {
        "pack": pack,
        "review": review,
        "draft": None if review else book.draft,
        "words": words,
        "title": title_of(pack.kind),
        "turn": turn_of(viewer, pack, review),
        "stats": _stats(book),
        "outcome": word_of(words["outcome"]) if words.get("outcome") else "",
        "benefits_on": _day(words.get("benefits_on")),
        "sections": sections(book),
        "signatures": signature_lines(_signatures(viewer, review)),
        "comments": _comments(viewer, review),
        "findings": _findings(viewer, review),
        **evidence_shown(book),
        **_closing(book, now),
        **_promised(book),
        **_ratings(book),
        **_may(book),
    }


def _day(text: str | None) -> str:
    return day(datetime.fromisoformat(text).date()) if text else ""


def _stats(book: PackBook) -> list[tuple[str, str, str]]:
    evidence, seen = book.pack.document, book.perception
    known = sum(bool(each["acknowledged_on"]) for each in evidence["objectives"])
    stats = [
        ("Levels kept", met_words(evidence), "all months and levels"),
        ("Objectives", str(len(evidence["objectives"])), f"{known} acknowledged"),
        ("Credits left to settle", left_words(evidence), ""),
    ]
    if seen:
        stats.append(("Figures less answers", seen.gap, "red inside" if seen.red_inside else ""))
    return stats


def _signatures(viewer: Viewer, review: Review | None) -> list[ReviewSignature]:
    if review is None:
        return []
    rows = ReviewSignature.objects.visible_to(viewer).filter(review=review)
    return list(rows.select_related("organisation", "signed_by").order_by("signed_at", "id"))


def _comments(viewer: Viewer, review: Review | None) -> list[ReviewComment]:
    if review is None:
        return []
    rows = ReviewComment.objects.visible_to(viewer).filter(review=review)
    return list(rows.select_related("organisation", "said_by").order_by("id"))


def _findings(viewer: Viewer, review: Review | None) -> list[tuple[ReviewFinding, list[Readable]]]:
    if review is None:
        return []
    taught = lessons_of_review(viewer, review)
    rows = ReviewFinding.objects.visible_to(viewer).filter(review=review).order_by("id")
    return [(each, list(taught.get(each.pk, []))) for each in rows]


def _closing(book: PackBook, now: datetime) -> dict[str, Any]:
    """Return the loose ends and the checklist of a closing review; both are the client's."""
    pack = book.pack
    if not pack.is_closing or not book.viewer.is_client:
        return {"loose": None, "lines": []}
    ends = [] if book.review else loose_ends(pack.engagement, now)
    return {
        "loose": loose_words(pack.engagement, ends),
        "lines": exit_lines(pack.engagement),
    }


def _promised(book: PackBook) -> dict[str, Any]:
    """Return what won the award of the engagement, for the client, if it came of a selection."""
    if not book.viewer.is_client:
        return {"promises": None}
    won = Selection.objects.visible_to(book.viewer).filter(
        engagement=book.pack.engagement, awards__approved=True
    )
    selection = won.select_related("engagement").first()
    return {"promises": promises_of(book.viewer, selection) if selection else None}


def _ratings(book: PackBook) -> dict[str, Any]:
    """Return one's own rating and, once both were handed over, that of the other party."""
    viewer, pack = book.viewer, book.pack
    own = Rating.objects.visible_to(viewer).filter(pack=pack).first()
    shared = SharedRating.objects.visible_to(viewer).filter(pack=pack)
    return {
        "rating": own,
        "rating_rows": rating_rows(viewer.organisation.side, own.marks) if own else [],
        "shared_ratings": [
            (each.organisation.name, rating_rows(each.organisation.side, each.marks))
            for each in shared.select_related("organisation").order_by("id")
        ],
    }


def rating_rows(side: str, marks: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return each dimension with its mark and evidence, and the mean of all last."""
    rows = [
        (label, str(marks[name]["mark"]), marks[name]["evidence"])
        for name, label in RATED[side].items()
        if name in marks
    ]
    return [*rows, ("Mean", mean_words(mean_of(each["mark"] for each in marks.values())), "")]


def _may(book: PackBook) -> dict[str, bool]:
    """Return what the viewer may do now."""
    viewer, review = book.viewer, book.review
    current = not hasattr(book.pack, "superseded_by")
    signed = {each.organisation_id for each in review.signatures.all()} if review else set()
    return {
        "may_write": current and review is None and viewer.may(Duty.HOLD_REVIEW),
        "may_sign": current and review is None and viewer.may(Duty.SIGN_REVIEW),
        "may_countersign": bool(review)
        and viewer.may(Duty.COUNTERSIGN_REVIEW)
        and viewer.organisation.pk not in signed,
        "may_comment": bool(review) and viewer.may(Duty.COMMENT_REVIEW),
        "may_rate": current and viewer.may(Duty.RATE),
        "may_publish": viewer.may(Duty.PUBLISH_LESSON),
    }


def back_to(pack: EvidencePack) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the pages above those of a review: all reviews, and its own page."""
    return (
        ("Reviews", reverse("reviews", args=[pack.engagement.public_id])),
        (title_of(pack.kind), reverse("evidence_pack", args=[pack.public_id])),
    )
