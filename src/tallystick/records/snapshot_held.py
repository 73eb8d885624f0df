"""Rows that were kept for something else -> the parts of a snapshot that they answer."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tallystick.engine.reviews.parts import Outcome
from tallystick.engine.service_levels.dealings.settling import Dated, settled
from tallystick.records.agreements import Agreement
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.reviews import Review
from tallystick.records.selection_values import competing_supplier, selection_values
from tallystick.records.snapshot_governance import governance_values
from tallystick.records.snapshot_risks import risk_parts
from tallystick.records.snapshot_rows import Rows

LONGEST = 20_000


def held_values(engagement: Engagement, rows: Rows) -> dict[str, Any]:
    """Return currency, renewal, credits, reviews, the competition, and the lessons logged."""
    held = rows.selection
    return {
        # Before there is an agreement, bids say in which currency money is counted.
        "currency": _currency(rows.agreement) or (held.selection.currency if held else None),
        "selection": selection_values(held) if held else None,
        "supplier": competing_supplier(held) if held else None,
        **governance_values(rows.governance),
        "renewal": _renewal(rows.followed_by, rows.reviews),
        "credits": _credits(rows.credits),
        "reviews": [_review(each) for each in rows.reviews],
        **risk_parts(rows.risks, rows.governance.staffing),
        "lesson_log": [
            _logged(lesson)
            for lesson in rows.lessons
            if lesson.finding and lesson.finding.engagement_id == engagement.pk
        ],
    }


def _currency(agreement: Agreement | None) -> str | None:
    charges = agreement.document.get("charges") if agreement else None
    return charges["currency"] if charges else None


_LEADS_OUT = (Outcome.RE_TENDER, Outcome.EXIT)
"""To go on, or to change something, says nothing yet of the day on which the term ends."""


def _renewal(following: Agreement | None, reviews: Iterable[Review]) -> dict[str, Any] | None:
    if following is not None:
        # Whoever signs what comes next has decided what becomes of what is there.
        decision = f"Version {following.version} follows on {following.in_force_from}."
        return {"decided_on": following.signed_on, "decision": decision}
    left = [each for each in reviews if each.outcome in _LEADS_OUT]
    if not left:
        return None
    return {"decided_on": left[-1].held_at.date(), "decision": left[-1].outcome}


def _credits(entries: Iterable[CreditEntry]) -> list[dict[str, Any]]:
    return [
        {
            "window": line.window,
            "service_level": line.service_level or None,
            "currency": line.currency,
            "computed": line.owed,
            "computed_on": line.owed_since,
            "invoiced": line.invoiced,
            "waived": line.given_up,
        }
        for line in settled(_dated(each) for each in entries)
    ]


def _dated(entry: CreditEntry) -> Dated:
    return Dated(entry.entry, entry.entered_at.date(), entry.window, entry.service_level)


def _review(review: Review) -> dict[str, Any]:
    return {
        "id": review.public_id,
        "kind": review.kind,
        "held_on": review.held_at.date(),
        "decision": review.outcome or None,
    }


def _logged(lesson: Lesson) -> dict[str, Any]:
    return {
        "id": lesson.public_id,
        "title": lesson.title,
        "cause": lesson.cause or None,
        "logged_on": lesson.published_at.date(),
        "verified_on": _verified_on(lesson),
        # Who published a lesson answers for it until somebody else does.
        "owner": lesson.published_by.name,
        "action": lesson.preventive_action[:LONGEST] or None,
    }


def _verified_on(lesson: Lesson) -> date | None:
    """Return when it was last seen to work; None for one that is not verified now."""
    if lesson.state != LessonState.VERIFIED:
        return None
    # Read along with the lessons of a snapshot, from the steps of its life.
    at: datetime | None = getattr(lesson, "verified_at", None)
    return at.date() if at else None
