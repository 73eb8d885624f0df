"""Set the thresholds of the guardrails, for the client or for one engagement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.guardrails.policy import read_policy
from tallystick.records.engagements import Engagement
from tallystick.records.policies import GuardrailPolicy
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def set_policy(
    *, engagement: Engagement | None, thresholds: Mapping[str, Any], by: Viewer, as_of: datetime
) -> GuardrailPolicy:
    """
    Store the thresholds that differ; those that are not named fall back to what lies beneath.

    Beneath an engagement's lie the client's, beneath those the defaults of the product.

    Raises:
        NotPermitted, PolicyFaulty
    """
    require(by, Duty.WAIVE_FINDING)
    told = read_policy(dict(thresholds)).model_dump(mode="json", include=set(thresholds))
    policy, _ = GuardrailPolicy.objects.update_or_create(
        client=by.organisation,
        engagement=engagement,
        defaults={"thresholds": told, "set_at": as_of, "set_by": by.person},
    )
    where = f"of {engagement.name}" if engagement else "of the organisation"
    said = ", ".join(f"{name} {value}" for name, value in told.items()) or "the defaults"
    enter(
        policy,
        f"Set the guardrail thresholds {where}: {said}.",
        action="set_policy",
        payload={
            "engagement": engagement.public_id if engagement else None,
            "thresholds": told,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    concerned = Engagement.objects.filter(client=by.organisation)
    keep_findings_in([engagement] if engagement else concerned, as_of, by=by)
    return policy
