"""Waive the findings of a guardrail in an engagement, for a reason and until a day."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.anchors import anchored
from tallystick.engine.guardrails.detectors.waiver_expired import CODE as EXPIRED
from tallystick.engine.guardrails.waivers import LONGEST
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.findings import checked_of_all
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.records.waivers import Waiver


class EndNeeded(Refusal):
    """A waiver without an end, or with one too far away, is a rule that nobody made."""

    code = "waiver.end-needed"


class NothingToWaive(Refusal):
    """Nothing of the kind is found in the engagement."""

    code = "waiver.nothing-to-waive"


class AlreadyWaived(Refusal):
    """Somebody answers for it already."""

    code = "waiver.already-waived"


def _demand_an_end(expires_on: date | None, today: date) -> date:
    latest = today + LONGEST
    if expires_on is None or not today < expires_on <= latest:
        raise EndNeeded(
            "A waiver ends on a day after today."
            if expires_on is None or expires_on <= today
            else f"A waiver ends within {LONGEST.days} days.",
            place="expires_on",
            remedy=f"Give a day up to {latest}; it can be granted anew then.",
        )
    return expires_on


def _found(engagement: Engagement, code: str, place: str, as_of: datetime) -> tuple[str, str]:
    """Return the place by the ids of what stands there, and what is found there."""
    seen = checked_of_all([engagement], as_of)[engagement.pk]
    for each in seen.findings:
        named = anchored(seen.snapshot, each.place)
        if each.code == code != EXPIRED and place in {"", each.place, named}:
            return (named, each.sentence) if place else ("", each.sentence)
    where = f" at {place}" if place else ""
    raise NothingToWaive(
        f"The guardrail {code} finds nothing{where} in {engagement.name} that could be waived.",
        place="code",
        remedy="Choose one of the present findings; an expired waiver is ended, not waived.",
    )


@transaction.atomic
def waive_finding(
    *,
    engagement: Engagement,
    code: str,
    place: str = "",
    reason: str,
    expires_on: date | None,
    by: Viewer,
    as_of: datetime,
) -> Waiver:
    """
    Waive what a guardrail finds at a place, or everywhere where no place is given.

    It blocks no gate until the end of `expires_on`; then it counts again.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, EndNeeded, NothingToWaive, AlreadyWaived
    """
    require(by, Duty.WAIVE_FINDING)
    engagement = held_engagement(engagement.pk)
    reason = checked(reason, "reason", longest=1_000)
    until = _demand_an_end(expires_on, as_of.date())
    named, told = _found(engagement, code, place, as_of)
    if Waiver.objects.filter(engagement=engagement, code=code, place=named, ended_at=None).exists():
        raise AlreadyWaived(
            f"{code} is waived there already.",
            place="code",
            remedy="End that waiver first; then grant a new one.",
        )
    waiver = Waiver.objects.create(
        client=by.organisation,
        engagement=engagement,
        code=code,
        place=named,
        told=told,
        reason=reason,
        approver=by.person,
        granted_at=as_of,
        expires_on=until,
    )
    _enter(waiver, by, as_of)
    keep_findings_in([engagement], as_of, by=by)
    return waiver


def _enter(waiver: Waiver, by: Viewer, as_of: datetime) -> None:
    where = waiver.place or "every place"
    enter(
        waiver,
        f"Waived {waiver.code} at {where} of {waiver.engagement.name} until {waiver.expires_on}.",
        action="waive_finding",
        payload={
            "engagement": waiver.engagement.public_id,
            "code": waiver.code,
            "place": waiver.place,
            "told": waiver.told,
            "reason": waiver.reason,
            "expires_on": str(waiver.expires_on),
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
