"""Whose turn it is with a version, since when, and what became of signatures on others."""

from collections.abc import Sequence
from datetime import date, datetime

from tallystick.engine.service_levels.succession import Span
from tallystick.records.agreements import Agreement, replaced_proposal
from tallystick.records.roles import Duty
from tallystick.records.signatures import Signature, still_to_sign
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import day, words
from tallystick.web.counts import counted, listed


def turn_words(agreement: Agreement, now: datetime) -> str:
    """Say whom a version waits for, and since when; empty for one that does not wait."""
    names = [each.name for each in still_to_sign(agreement)]
    if not names:
        return ""
    since = agreement.state_at
    days = (now.date() - since.date()).days
    ago = counted(days, "day") if days > 0 else "today"
    return f"Waiting for {listed(names)} to sign since {day(since.date())} ({ago})"


def may_sign(viewer: Viewer, agreement: Agreement) -> bool:
    """Return whether it is this person's turn to sign."""
    return viewer.may(Duty.SIGN_AGREEMENT) and viewer.organisation in still_to_sign(agreement)


def signature_words(signature: Signature) -> str:
    """Say who signed, and in which role."""
    return f"{signature.signed_by.name}, {words(signature.role)}"


def void_words(signatures: Sequence[Signature]) -> list[str]:
    """Say of each signature on a version that came to nothing that it is void."""
    return [
        f"The signature of {each.signed_by.name} for {each.organisation.name}, given on "
        f"{day(each.signed_at.date())}, is void."
        for each in signatures
    ]


def lost_words(proposal: Agreement, viewer: Viewer) -> list[str]:
    """Say what an open version set aside, who did, when, and whose signature that made void."""
    earlier = replaced_proposal(proposal)
    if earlier is None:
        return []
    void = (
        Signature.objects.visible_to(viewer)
        .filter(agreement=earlier)
        .select_related("signed_by", "organisation")
        .order_by("signed_at", "id")
    )
    who = proposal.proposed_for
    by = f"{proposal.recorded_by.name}, {who.name}" if who else proposal.recorded_by.name
    replaced = (
        f"{by}, set version {earlier.version} aside for version {proposal.version} on "
        f"{day(earlier.state_at.date())}."
    )
    return [replaced, *void_words(list(void))]


def gap_words(gaps: Sequence[Span], today: date) -> list[str]:
    """Say in which days no agreement is in force; the last day named is not one of them."""
    return [
        f"No agreement {'was' if until <= today else 'is'} in force from {day(first)} up to "
        f"{day(until)}, not included."
        for first, until in gaps
    ]
