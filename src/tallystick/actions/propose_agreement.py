"""Propose a draft: from now on both parties see it as a version that waits for signatures."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.own_drafts import own_draft
from tallystick.actions.proposals import close_proposal
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_proposal
from tallystick.actions.versions import (
    demand_a_provider,
    demand_parties,
    demand_room,
    demand_said,
    gaps_of,
    signed_versions,
    spelled,
)
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import (
    agreement_document,
    agreement_hash,
    read_agreement,
)
from tallystick.engine.service_levels.succession import Span
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import (
    Agreement,
    AgreementState,
    next_version,
    open_proposal,
)
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NothingChanged(Refusal):
    """The draft says what another version says already."""

    code = "agreement.nothing-changed"


@transaction.atomic
def propose_agreement(
    *,
    agreement: AgreementDraft,
    gap_acknowledged: bool = False,
    seen: str = "",
    by: Viewer,
    as_of: datetime,
) -> Agreement:
    """
    Put a draft before both parties, under the next number.

    It stands in the place of a version that still waits for signatures; a signature on that one
    is void. `seen` is the hash of the wording to propose; a gap between versions needs an
    explicit acknowledgement.

    Raises:
        NotPermitted, DraftGone, DraftChanged, TooEarlyForAgreement, AgreementRefused,
        OtherParty, OtherAgreement, VersionsOverlap, GapUnsaid, NothingChanged
    """
    require(by, Duty.DRAFT_AGREEMENT)
    engagement = held_engagement(agreement.engagement.pk)
    draft = own_draft(agreement, by, seen)
    demand_a_provider(engagement)
    terms = read_agreement({**draft.document, "version": next_version(engagement)})
    demand_parties(engagement, terms)
    waiting = open_proposal(engagement)
    signed = signed_versions(engagement)
    _demand_news(terms, [*signed, *([waiting] if waiting else [])])
    demand_room(signed, terms)
    gaps = gaps_of(signed, terms)
    if not gap_acknowledged:
        demand_said(gaps, "Let it begin where the other ends, or acknowledge the gap.")
    if waiting:
        gone = f"Set version {waiting.version} of the agreement aside for version {terms.version}"
        close_proposal(waiting, AgreementState.REPLACED, gone, by=by, as_of=as_of)
    proposed = _propose(engagement, terms, gaps, by, as_of)
    draft.delete()
    return proposed


def _demand_news(terms: Terms, known: Sequence[Agreement]) -> None:
    for each in known:
        same = read_agreement({**each.document, "version": terms.version})
        if agreement_hash(same) == agreement_hash(terms):
            raise NothingChanged(
                f"The draft says word for word what version {each.version} says.",
                place="document",
                remedy="Change what is to be different, or discard the draft.",
            )


def _propose(
    engagement: Engagement, terms: Terms, gaps: Sequence[Span], by: Viewer, as_of: datetime
) -> Agreement:
    proposed = Agreement.objects.create(
        engagement=engagement,
        version=terms.version,
        title=terms.title,
        document=agreement_document(terms),
        digest=agreement_hash(terms),
        state=AgreementState.PROPOSED,
        state_at=as_of,
        in_force_from=terms.in_force.from_,
        in_force_until=terms.in_force.until,
        recorded_at=as_of,
        recorded_by=by.person,
        proposed_for=by.organisation,
        accepted_gaps=spelled(gaps),
    )
    gap = "".join(f" No agreement is in force from {one} up to {other}." for one, other in gaps)
    enter(
        proposed,
        f"Proposed version {terms.version} of the agreement “{terms.title}”.{gap}",
        action="propose_agreement",
        payload={"version": terms.version, "digest": proposed.digest, "gaps": spelled(gaps)},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    tell_proposal(proposed, by, as_of)
    return proposed
