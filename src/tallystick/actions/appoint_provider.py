"""Appoint the provider of an engagement, at the end of its selection."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer


class NotSelecting(Refusal):
    """A provider is appointed in the select stage only."""

    code = "appointment.not-selecting"


class NotAProvider(Refusal):
    """The client cannot serve itself."""

    code = "appointment.not-a-provider"


@transaction.atomic
def appoint_provider(
    *, engagement: Engagement, provider: Organisation, reason: str, by: Viewer, as_of: datetime
) -> Engagement:
    """
    Name the provider; the reason stays in the client's own chain.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, NotSelecting, NotAProvider
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    reason = checked(reason, "reason")
    if engagement.stage != Stage.SELECT:
        raise NotSelecting(
            f"The engagement is in its {engagement.stage} stage.",
            place="stage",
            remedy="Pass the define gate first; after the award the provider stays.",
        )
    if provider.side != Side.PROVIDER:
        raise NotAProvider(
            f"{provider.name} is not a provider.",
            place="provider",
            remedy="Choose one of the providers.",
        )
    engagement.provider = provider
    engagement.save(update_fields=["provider"])
    enter(
        engagement,
        f"Appointed {provider.name} for {engagement.name}.",
        action="appoint_provider",
        payload={"provider": provider.public_id, "reason": reason},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return engagement
