"""Sign a mid-term or closing review for the client: from now on both parties read its words."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.actions.passwords import demand_password
from tallystick.actions.refusals import require
from tallystick.actions.review_signed import put_signature
from tallystick.actions.write_review import open_pack, signable
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.refusals import Refusal
from tallystick.engine.reviews.parts import NEEDED, TITLES, ReviewKind
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tallystick.records.loose_ends import loose_ends
from tallystick.records.reviews import FindingDecision, Review, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

CODE = "REVIEW"
"""What stands where a finding of a guardrail has its code."""


class WordsChanged(Refusal):
    """What was read is not what would be signed now."""

    code = "review.words-changed"


class ReviewIncomplete(Refusal):
    """A judgement, the decision or its reasons are missing."""

    code = "review.incomplete"


class LooseEndsLeft(Refusal):
    """Something is still open that must not outlive the engagement."""

    code = "review.loose-ends"


def sign_review(
    *, pack: EvidencePack, read: str, password: str, by: Viewer, as_of: datetime
) -> Review:
    """
    Sign the words whose hash, `read`, stood on the page.

    From now on nobody changes them, and the provider reads them.

    Raises:
        NotPermitted, WrongPassword, TooManyPasswords, ReviewFrozen, WordsChanged,
        ReviewIncomplete, LooseEndsLeft
    """
    require(by, Duty.SIGN_REVIEW)
    demand_password(by.person, password, as_of)
    with transaction.atomic():
        pack = open_pack(pack)
        draft = pack.draft
        _demand_complete(draft)
        if pack.is_closing:
            _demand_no_loose_end(pack, as_of)
        review = _review(draft, read, by, as_of)
        _keep_findings(review, draft)
        put_signature(review, by=by, as_of=as_of)
        _enter(review, by, as_of)
        hand_checkpoint(engagement=pack.engagement, by=by, as_of=as_of)
        return review


def _demand_complete(draft: ReviewDraft) -> None:
    for part in NEEDED:
        if part.value not in draft.judgements:
            raise ReviewIncomplete(
                f"Nobody has judged: {TITLES[part].lower()}.",
                place=part.value,
                remedy="Write a sentence or two on it.",
            )
    if not draft.outcome or not draft.reasons:
        raise ReviewIncomplete(
            "The review decides nothing yet."
            if not draft.outcome
            else "The decision has no reason.",
            place="outcome" if not draft.outcome else "reasons",
            remedy="Choose what follows, and say why.",
        )
    if draft.pack.is_closing and draft.benefits_on is None:
        raise ReviewIncomplete(
            "No day is set for the review of benefits.",
            place="benefits_on",
            remedy="Set the day on which somebody looks whether the benefits have lasted.",
        )


def _demand_no_loose_end(pack: EvidencePack, as_of: datetime) -> None:
    left = loose_ends(pack.engagement, as_of)
    if left:
        first = left[0]
        raise LooseEndsLeft(
            f"{len(left)} loose end{'s are' if len(left) > 1 else ' is'} left. "
            f"The first: {first.kind.value}, {first.about}.",
            place="loose_ends",
            remedy="Settle each of them; the list says where.",
        )


def _review(draft: ReviewDraft, read: str, by: Viewer, as_of: datetime) -> Review:
    document = signable(draft)
    own = digest(canonical_bytes(document))
    if own != read:
        raise WordsChanged(
            "Somebody has written on the review since you read it.",
            place="digest",
            remedy="Read it again, then sign.",
        )
    return Review.objects.create(
        engagement=draft.pack.engagement,
        kind=draft.pack.kind,
        pack=draft.pack,
        document=document,
        digest=own,
        outcome=draft.outcome,
        summary=draft.reasons,
        held_at=as_of,
        held_by=by.person,
    )


def _keep_findings(review: Review, draft: ReviewDraft) -> None:
    """Keep each finding as a monthly review does, so that lessons come of it in the same way."""
    ReviewFinding.objects.bulk_create(
        ReviewFinding(
            engagement=review.engagement,
            review=review,
            code=CODE,
            severity=each["severity"],
            place=each["title"],
            sentence=each["sentence"],
            remedy=each["remedy"],
            decision=FindingDecision.CONFIRMED,
        )
        for each in draft.findings
    )


def _enter(review: Review, by: Viewer, as_of: datetime) -> None:
    ends = " The engagement can be closed." if review.kind == ReviewKind.CLOSING else ""
    enter(
        review,
        f"Signed the {review.kind} review for {by.organisation.name}: "
        f"{review.outcome.replace('-', ' ')}.{ends}",
        action="sign_review",
        payload={"digest": review.digest, "outcome": review.outcome, "role": by.role.value},
        chain=review.engagement,
        by=by,
        as_of=as_of,
    )
