"""Record an agreement that both parties signed on paper; the document decides, not the form."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import (
    agreement_document,
    agreement_hash,
    check_versions,
    read_agreement,
)
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class TooEarlyForAgreement(Refusal):
    """There is no provider to agree with."""

    code = "agreement.too-early"


class AlreadyRecorded(Refusal):
    """The same document is in force."""

    code = "agreement.already-recorded"


def _earlier_terms(engagement: Engagement) -> list[Terms]:
    stored = engagement.agreements.filter(state=AgreementState.IN_FORCE)
    return [read_agreement(agreement.document) for agreement in stored]


def _demand_room(engagement: Engagement, terms: Terms) -> None:
    if Stage(engagement.stage) in {Stage.DEFINE, Stage.SELECT}:
        raise TooEarlyForAgreement(
            f"The engagement is in its {engagement.stage} stage and has no provider to agree with.",
            remedy="Pass the select gate first.",
        )
    if engagement.agreements.filter(digest=agreement_hash(terms)).exists():
        raise AlreadyRecorded(
            "This very document was recorded before.",
            remedy="Nothing needs doing; change the document to record a new version.",
        )
    check_versions([*_earlier_terms(engagement), terms])


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
        NotPermitted, TooEarlyForAgreement, AlreadyRecorded, AgreementRefused, VersionsOverlap
    """
    require(by, Duty.RECORD_AGREEMENT)
    terms = read_agreement(document)
    _demand_room(engagement, terms)
    agreement = Agreement.objects.create(
        engagement=engagement,
        version=terms.version,
        title=terms.title,
        document=agreement_document(terms),
        digest=agreement_hash(terms),
        state=AgreementState.IN_FORCE,
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
    return agreement
