"""Record an agreement that both parties signed on paper; the document decides, not the form."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.governance_tellings import tell_in_force
from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.versions import (
    NumberTaken,
    demand_a_provider,
    demand_parties,
    signed_versions,
)
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import (
    agreement_document,
    agreement_hash,
    check_versions,
    read_agreement,
)
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import Agreement, AgreementState, next_version
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class AlreadyRecorded(Refusal):
    """The same document is in force."""

    code = "agreement.already-recorded"


def _demand_room(engagement: Engagement, terms: Terms) -> None:
    demand_a_provider(engagement)
    demand_parties(engagement, terms)
    if engagement.agreements.filter(digest=agreement_hash(terms)).exists():
        raise AlreadyRecorded(
            "This very document was recorded before.",
            remedy="Nothing needs doing; change the document to record a new version.",
        )
    signed = [read_agreement(each.document) for each in signed_versions(engagement)]
    check_versions([*signed, terms])
    if engagement.agreements.filter(version=terms.version).exists():
        number = next_version(engagement)
        raise NumberTaken(
            f"Another document is version {terms.version} of this engagement.",
            place="version",
            remedy=f"Write `version: {number}`.",
        )


@transaction.atomic
def record_agreement(
    *,
    engagement: Engagement,
    document: Mapping[str, Any],
    signed_on: date,
    by: Viewer,
    as_of: datetime,
) -> Agreement:
    """
    Store an agreement version that is in force from its own first day.

    Raises:
        NotPermitted, TooEarlyForAgreement, AlreadyRecorded, AgreementRefused, OtherParty,
        VersionsOverlap, NumberTaken
    """
    require(by, Duty.RECORD_AGREEMENT)
    engagement = held_engagement(engagement.pk)
    terms = read_agreement(document)
    _demand_room(engagement, terms)
    agreement = Agreement.objects.create(
        engagement=engagement,
        version=terms.version,
        title=terms.title,
        document=agreement_document(terms),
        digest=agreement_hash(terms),
        state=AgreementState.IN_FORCE,
        state_at=as_of,
        in_force_from=terms.in_force.from_,
        in_force_until=terms.in_force.until,
        signed_on=signed_on,
        recorded_at=as_of,
        recorded_by=by.person,
    )
    enter(
        agreement,
        f"Recorded version {terms.version} of the agreement “{terms.title}”.",
        action="record_agreement",
        payload={"version": terms.version, "digest": agreement.digest, "signed_on": str(signed_on)},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    hand_checkpoint(engagement=engagement, by=by, as_of=as_of)
    keep_findings_in([engagement], as_of, by=by)
    tell_in_force(agreement, by, as_of)
    return agreement
