"""Sign a proposed version for one's own party; the second signature puts it into force."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.governance_tellings import tell_in_force
from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.passwords import demand_password
from tallystick.actions.proposals import demand_open
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_signature
from tallystick.actions.versions import (
    demand_room,
    demand_said,
    gaps_of,
    signed_versions,
    spelled,
)
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import Agreement, AgreementState, open_proposal
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.signatures import Signature
from tallystick.records.viewer import Viewer


class StaleHash(Refusal):
    """The hash is not that of the version that waits; `current` is, if one waits at all."""

    code = "agreement.stale-hash"

    def __init__(self, message: str, *, current: Agreement, remedy: str) -> None:
        super().__init__(message, place="digest", remedy=remedy)
        self.current = current


class AlreadySigned(Refusal):
    """The party has signed this version."""

    code = "agreement.already-signed"


def sign_agreement(
    *, agreement: Agreement, digest: str, password: str, by: Viewer, as_of: datetime
) -> Signature:
    """
    Sign the version whose hash was read.

    With the second party's signature it is in force from its own first day.

    Raises:
        NotPermitted, WrongPassword, TooManyPasswords, StaleHash, NotOpen, AlreadySigned,
        OtherAgreement, VersionsOverlap, GapUnsaid
    """
    require(by, Duty.SIGN_AGREEMENT)
    demand_password(by.person, password, as_of)
    with transaction.atomic():
        engagement = held_engagement(agreement.engagement.pk)
        waiting = Agreement.objects.get(pk=agreement.pk)
        _demand_the_one_read(waiting, digest)
        _demand_unsigned(waiting, by)
        signature = _sign(waiting, by, as_of)
        other = {engagement.client_id, engagement.provider_id} - {by.organisation.pk}
        if waiting.signatures.filter(organisation__in=other).exists():
            _put_into_force(engagement, waiting, as_of)
        else:
            waiting.state, waiting.state_at = AgreementState.SIGNED_BY_ONE, as_of
            waiting.save()
        _enter(signature, by, as_of)
        hand_checkpoint(engagement=engagement, by=by, as_of=as_of)
        keep_findings_in([engagement], as_of, by=by)
        tell_signature(signature, by, as_of)
        if waiting.state == AgreementState.IN_FORCE:
            tell_in_force(waiting, by, as_of)
        return signature


def _demand_the_one_read(waiting: Agreement, digest: str) -> None:
    current = waiting if waiting.is_open else open_proposal(waiting.engagement)
    if current is None:
        demand_open(waiting)
    elif current.pk != waiting.pk or current.digest != digest:
        raise StaleHash(
            f"What you read is not version {current.version}, which waits for signatures now.",
            current=current,
            remedy="Read the difference, then sign the version that it ends in.",
        )


def _demand_unsigned(waiting: Agreement, by: Viewer) -> None:
    own = waiting.signatures.filter(organisation=by.organisation).select_related("signed_by")
    if signed := own.first():
        raise AlreadySigned(
            f"{signed.signed_by.name} has signed version {waiting.version} for "
            f"{by.organisation.name}.",
            remedy="Nothing needs doing; it is the other party's turn.",
        )


def _sign(waiting: Agreement, by: Viewer, as_of: datetime) -> Signature:
    return Signature.objects.create(
        engagement=waiting.engagement,
        agreement=waiting,
        organisation=by.organisation,
        signed_by=by.person,
        role=by.role,
        digest=waiting.digest,
        signed_at=as_of,
    )


def _put_into_force(engagement: Engagement, waiting: Agreement, as_of: datetime) -> None:
    """Bring a version into force, if its days still fit what was signed since it was proposed."""
    terms: Terms = read_agreement(waiting.document)
    signed = signed_versions(engagement)
    demand_room(signed, terms)
    unsaid = [
        gap for gap in gaps_of(signed, terms) if spelled([gap])[0] not in waiting.accepted_gaps
    ]
    demand_said(unsaid, "Propose the version anew and acknowledge the gap.")
    waiting.state, waiting.state_at = AgreementState.IN_FORCE, as_of
    waiting.signed_on = as_of.astimezone(ZoneInfo(terms.zone)).date()
    waiting.save()


def _enter(signature: Signature, by: Viewer, as_of: datetime) -> None:
    signed = signature.agreement
    both = signed.state == AgreementState.IN_FORCE
    follows = f" Both have signed: it is in force from {signed.in_force_from}." if both else ""
    enter(
        signature,
        f"Signed version {signed.version} of the agreement for {by.organisation.name}.{follows}",
        action="sign_agreement",
        payload={"version": signed.version, "digest": signed.digest, "role": by.role.value},
        chain=signed.engagement,
        by=by,
        as_of=as_of,
    )
