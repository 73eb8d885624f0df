"""Retire a guardrail that a lesson raised: it is checked no longer, and never deleted."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class AlreadyRetired(Refusal):
    """The guardrail was retired before."""

    code = "guardrail.already-retired"


@transaction.atomic
def retire_guardrail(
    *, guardrail: Guardrail, reason: str, by: Viewer, as_of: datetime
) -> Guardrail:
    """
    Check a guardrail no longer; what it finds now closes with this reason.

    Its code is not given to another, and what it found before stays in the history.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, AlreadyRetired
    """
    require(by, Duty.RAISE_GUARDRAIL)
    guardrail = Guardrail.objects.select_for_update(of=("self",)).get(pk=guardrail.pk)
    reason = checked(reason, "reason", longest=1_000)
    if guardrail.retired_at:
        raise AlreadyRetired("This guardrail was retired before.", remedy="Nothing needs doing.")
    guardrail.retired_at, guardrail.retired_by = as_of, by.person
    guardrail.retired_because = reason
    guardrail.save(update_fields=["retired_at", "retired_by", "retired_because"])
    concerned = Engagement.objects.filter(client=by.organisation).order_by("id")
    why = f"The guardrail {guardrail.code} was retired: {reason}"
    kept = keep_findings_in(concerned, as_of, because={guardrail.code: why}, by=by)
    closed = sorted(
        each.engagement.public_id for each in kept.closed if each.code == guardrail.code
    )
    enter(
        guardrail,
        f"Retired the guardrail {guardrail.code}, “{guardrail.title}”: {reason}",
        action="retire_guardrail",
        payload={"code": guardrail.code, "reason": reason, "closed_in": closed},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return guardrail
