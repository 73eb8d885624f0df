"""Write what the client makes of a pack: judgements, findings and the decision, until it signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import SHORT, checked
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.refusals import Refusal
from tallystick.engine.reviews.parts import (
    OUTCOMES,
    PRIVATE,
    SHARED,
    Achieved,
    Outcome,
    OwedTo,
    ReviewKind,
)
from tallystick.engine.reviews.parts import Section as Part
from tallystick.records.closing_checks import exit_lines, shared_checks
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft, draft_document
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_FINDINGS = 50


class ReviewFrozen(Refusal):
    """The review was signed, or its evidence was taken anew; this pack is written on no more."""

    code = "review.frozen"


class WrittenMeanwhile(Refusal):
    """Somebody else wrote on the review since it was read."""

    code = "review.written-meanwhile"


class NotItsPart(Refusal):
    """The review has no such objective, or cannot decide so."""

    code = "review.not-its-part"


@dataclass(frozen=True, slots=True)
class Reached:
    """What an objective came to: the value found, what people say of it, whose doing it is."""

    actual: str
    achieved: Achieved
    owed_to: OwedTo | None = None


@dataclass(frozen=True, slots=True)
class FindingWording:
    """A finding that people make themselves."""

    title: str
    severity: Severity
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ReviewWording:
    """Everything that the client writes; what is about a private section stays with it."""

    objectives: Mapping[str, Reached] = field(default_factory=dict)
    judgements: Mapping[Part, str] = field(default_factory=dict)
    findings: Sequence[FindingWording] = ()
    outcome: Outcome | None = None
    reasons: str = ""
    benefits_on: date | None = None


@transaction.atomic
def write_review(
    *, pack: EvidencePack, wording: ReviewWording, seen: str = "", by: Viewer, as_of: datetime
) -> ReviewDraft:
    """
    Keep the words as they are now, in place of those before; the provider reads none of them.
    `seen` is the moment of the words that the person read; empty for whichever stand now.

    Raises:
        NotPermitted, ReviewFrozen, WrittenMeanwhile, NotItsPart, TextNeeded, TextTooLong
    """
    require(by, Duty.HOLD_REVIEW)
    pack = open_pack(pack)
    _demand_its_parts(pack, wording)
    draft = pack.draft
    _demand_what_was_seen(draft, seen)
    judged = {part: checked(text, part, needed=False) for part, text in wording.judgements.items()}
    draft.objectives = {
        key: {"actual": checked(each.actual, key, longest=SHORT, needed=False)}
        | {"achieved": each.achieved.value}
        # What nobody said is no part of what is signed.
        | ({"owed_to": each.owed_to.value} if each.owed_to else {})
        for key, each in wording.objectives.items()
    }
    draft.judgements = {part.value: judged[part] for part in SHARED if judged.get(part)}
    draft.asides = {part.value: judged[part] for part in PRIVATE if judged.get(part)}
    draft.findings = [_finding(each) for each in wording.findings]
    draft.outcome = wording.outcome or ""
    draft.reasons = checked(wording.reasons, "reasons", needed=False)
    draft.benefits_on = wording.benefits_on
    draft.edited_at, draft.edited_by = as_of, by.person
    draft.save()
    enter(
        draft,
        f"Wrote on the {pack.kind} review of {pack.engagement.name}.",
        action="write_review",
        payload={"pack": pack.public_id, "digest": draft_digest(draft), "asides": draft.asides},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return draft


def open_pack(pack: EvidencePack) -> EvidencePack:
    """
    Return a pack that still waits for its review; nobody else acts on its engagement meanwhile.

    Raises:
        ReviewFrozen
    """
    held_engagement(pack.engagement_id)
    found = EvidencePack.objects.select_related(
        "engagement__client", "engagement__provider", "review", "superseded_by", "draft"
    ).get(pk=pack.pk)
    if hasattr(found, "review"):
        raise ReviewFrozen(
            "The review was signed: nobody changes its words any more.",
            remedy="Say what you have to add as a comment on it.",
        )
    if hasattr(found, "superseded_by"):
        raise ReviewFrozen(
            "The evidence was taken anew since.", remedy="Go on with the newer evidence."
        )
    return found


def draft_digest(draft: ReviewDraft) -> str:
    """Return the hash of what would be signed now."""
    return digest(canonical_bytes(signable(draft)))


def signable(draft: ReviewDraft) -> dict[str, Any]:
    """Return the document that would be signed now."""
    pack = draft.pack
    lines = exit_lines(pack.engagement) if pack.is_closing else []
    return draft_document(draft, shared_checks(lines))


def _demand_what_was_seen(draft: ReviewDraft, seen: str) -> None:
    if seen and seen != draft.edited_at.isoformat():
        raise WrittenMeanwhile(
            f"{draft.edited_by.name} has written on it after you opened this page. Your words "
            "stand below, not kept.",
            remedy="Look at theirs in another tab. Saving yours again puts them in their place.",
        )


def _demand_its_parts(pack: EvidencePack, wording: ReviewWording) -> None:
    known = {each["id"] for each in pack.document["objectives"]}
    for key in wording.objectives:
        if key not in known:
            raise NotItsPart(
                f"The evidence holds no objective {key!r}.",
                place="objectives",
                remedy="Give the id of one of the objectives of the evidence.",
            )
    open_to = OUTCOMES[ReviewKind(pack.kind)]
    if wording.outcome and wording.outcome not in open_to:
        raise NotItsPart(
            f"A {pack.kind} review cannot decide: {wording.outcome.value}.",
            place="outcome",
            remedy=f"Choose one of: {', '.join(each.value for each in open_to)}.",
        )
    if len(wording.findings) > MOST_FINDINGS:
        raise NotItsPart(
            f"There are {len(wording.findings)} findings; at most {MOST_FINDINGS} are kept.",
            place="findings",
            remedy="Keep those that matter.",
        )


def _finding(given: FindingWording) -> dict[str, str]:
    return {
        "title": checked(given.title, "title", longest=SHORT),
        "severity": given.severity.value,
        "sentence": checked(given.sentence, "sentence"),
        "remedy": checked(given.remedy, "remedy"),
    }
