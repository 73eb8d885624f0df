"""What the page of a review says beside its evidence: whose turn it is, and what is left open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from tallystick.engine.reviews.due import Cause, Due
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.loose_ends import EndKind, LooseEnd
from tallystick.records.review_words import ReviewSignature
from tallystick.records.reviews import Review
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import money
from tallystick.web.components.words import day, month
from tallystick.web.counts import counted


@dataclass(frozen=True, slots=True)
class Loose:
    """A loose end in words, and the page on which it is settled."""

    sentence: str
    url: str


def title_of(kind: str) -> str:
    """Return what a review of an engagement is called."""
    return f"{kind_words(kind)} review"


def kind_words(kind: str) -> str:
    """Return a kind of review with its hyphen: Mid-term."""
    return kind.capitalize()


def loose_words(engagement: Engagement, ends: Sequence[LooseEnd]) -> list[Loose]:
    """Return each loose end with a link."""
    return [_loose(engagement.public_id, each) for each in ends]


def _loose(engagement: str, end: LooseEnd) -> Loose:
    if end.kind is EndKind.CHECK:
        return Loose(f"Not confirmed: {end.about}.", "#checklist")
    if end.kind is EndKind.LESSON:
        gate = reverse("gate", args=[engagement]) + "#lessons"
        return Loose(f"The lesson “{end.about}” has no answer.", gate)
    said, page = _LOOSE[end.kind]
    # What has no page of its own lies on one of the engagement.
    return Loose(said(end.about), reverse(page, args=[end.key or engagement]))


def _unsettled(about: str) -> str:
    amount, currency = about.split()
    return f"Credits of {money(Decimal(amount), currency)} are not settled."


_LOOSE: Mapping[EndKind, tuple[Callable[[str], str], str]] = {
    EndKind.STATEMENT: (lambda it: f"The statement of {month(it)} is disputed.", "statement"),
    EndKind.RELIEF: (
        lambda it: f"A claim of relief for {month(it)} waits for a decision.",
        "relief_claim",
    ),
    EndKind.CREDIT: (_unsettled, "credit_ledger"),
    EndKind.PROPOSAL: (lambda it: f"The agreement's {it} waits for signatures.", "agreement"),
    EndKind.ISSUE: (lambda it: f"The issue “{it}” is open.", "issue"),
    EndKind.ACTION: (lambda it: f"The action “{it}” is open.", "action_item"),
    EndKind.RUN: (lambda it: f"The plan “{it}” is being carried out.", "plan_run"),
}
"""What is said of each kind, and the page on which it is settled."""


def due_words(due: Sequence[Due]) -> list[str]:
    """Say why a mid-term review is due."""
    return [_due(each) for each in due]


def _due(due: Due) -> str:
    if due.cause is Cause.HALF_TERM:
        return f"Half of the term was over on {day(due.since)}."
    if due.cause is Cause.STAGE_ENDED:
        return f"The transition ended on {day(due.since)}, and nobody has looked back on it."
    blocks = "blocks" if due.blockers == 1 else "block"
    return f"{counted(due.blockers, 'finding')} {blocks} the gate today."


def turn_of(viewer: Viewer, pack: EvidencePack, review: Review | None) -> str:
    """Say whose turn it is, to do what."""
    engagement = pack.engagement
    if hasattr(pack, "superseded_by"):
        return "The evidence was taken anew since; this is how it stood before."
    if review is None:
        client = engagement.client.name
        if viewer.is_client:
            return "Your people write what they make of it; then a lead signs."
        return f"{client} writes what it makes of it. You read it here once {client} has signed."
    signed = {each.organisation_id for each in review.signatures.all()}
    if engagement.provider_id in signed or engagement.provider is None:
        return ""
    return f"{engagement.provider.name} has not countersigned. It may comment as well."


def signature_lines(signatures: Sequence[ReviewSignature]) -> list[tuple[str, str]]:
    """Return each party with who signed for it, in which role, and when."""
    return [
        (
            each.organisation.name,
            f"{each.signed_by.name}, {each.role.replace('-', ' ')}, {day(each.signed_at.date())}",
        )
        for each in signatures
    ]


def tab_address(review: Review) -> str:
    """Return the page of a review of any kind."""
    if review.kind != ReviewKind.MONTHLY and review.pack:
        return reverse("evidence_pack", args=[review.pack.public_id])
    return reverse("review", args=[review.public_id])
