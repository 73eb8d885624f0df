"""Where one version stands: whose turn it is, what was signed, and what became of it."""

from datetime import datetime
from typing import Any

from tallystick.records.agreements import (
    Agreement,
    AgreementState,
    gaps_around,
    next_proposal,
    replaced_proposal,
    signed_after,
    standing_of,
)
from tallystick.records.roles import Duty
from tallystick.records.signatures import Signature
from tallystick.records.viewer import Viewer
from tallystick.web.agreement_turns import (
    gap_words,
    may_sign,
    signature_words,
    turn_words,
    void_words,
)
from tallystick.web.components.words import day, moment_html
from tallystick.web.templatetags.ui import hash as draw_hash


def version_page(agreement: Agreement, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return what the page of a version says beside its clauses."""
    today = now.date()
    follower = None
    if agreement.state == AgreementState.IN_FORCE:
        follower = signed_after(agreement.engagement, agreement.in_force_from)
    gaps = [] if agreement.has_lapsed else gaps_around(agreement.engagement, agreement.span)
    signatures = _signatures(agreement, viewer)
    return {
        "standing": standing_of(agreement, today, followed=follower is not None),
        "follower": follower,
        "turn": turn_words(agreement, now),
        "may_sign": may_sign(viewer, agreement),
        "may_draft": viewer.may(Duty.DRAFT_AGREEMENT),
        "own_proposal": agreement.proposed_for_id == viewer.organisation.pk,
        "has_signed": not agreement.has_lapsed
        and any(each.organisation_id == viewer.organisation.pk for each in signatures),
        "gaps": gap_words(gaps, today),
        "void": void_words(signatures) if agreement.has_lapsed else [],
        "successor": next_proposal(agreement) if agreement.state == "replaced" else None,
        **_predecessor(agreement, viewer),
        "document_facts": _facts(agreement, signatures),
    }


def _signatures(agreement: Agreement, viewer: Viewer) -> list[Signature]:
    given = Signature.objects.visible_to(viewer).filter(agreement=agreement)
    return list(given.select_related("signed_by", "organisation").order_by("signed_at", "id"))


def _predecessor(agreement: Agreement, viewer: Viewer) -> dict[str, Any]:
    """Return the proposal that an open version set aside, and whose signature that made void."""
    earlier = replaced_proposal(agreement) if agreement.is_open else None
    lost = void_words(_signatures(earlier, viewer)) if earlier else []
    return {"predecessor": earlier, "predecessor_void": lost}


def _facts(agreement: Agreement, signatures: list[Signature]) -> list[tuple[str, object]]:
    document = agreement.document
    return [
        ("Client", document["client"]),
        ("Provider", document["provider"]),
        ("In force from", day(agreement.in_force_from)),
        ("Up to, not including", day(agreement.in_force_until)),
        *_signed_facts(agreement, signatures),
        ("Time zone", document["zone"]),
        ("Hash", draw_hash(agreement.digest)),
    ]


def _signed_facts(agreement: Agreement, signatures: list[Signature]) -> list[tuple[str, object]]:
    if agreement.proposed_for is None:
        return [
            ("Signed on paper on", day(agreement.signed_on)),
            ("Recorded by", agreement.recorded_by.name),
            ("Recorded", moment_html(agreement.recorded_at)),
        ]
    facts: list[tuple[str, object]] = [
        ("Proposed by", f"{agreement.recorded_by.name}, {agreement.proposed_for.name}"),
        ("Proposed", moment_html(agreement.recorded_at)),
    ]
    for each in signatures:
        facts.append((f"Signed for {each.organisation.name}", signature_words(each)))
        facts.append(("Signed", moment_html(each.signed_at)))
    return facts
