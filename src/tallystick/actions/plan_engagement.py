"""Begin an engagement: it starts in the define stage, before there is a provider."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NameTaken(Refusal):
    """Two engagements of one client would bear the same name."""

    code = "engagement.name-taken"


class EndsBeforeItStarts(Refusal):
    """The term is empty or negative."""

    code = "engagement.ends-before-it-starts"


def _demand_a_free_name_and_a_term(by: Viewer, name: str, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise EndsBeforeItStarts(
            f"The engagement would end on {ends_on}, before it starts on {starts_on}.",
            place="ends_on",
            remedy="Give an end date after the start date.",
        )
    if Engagement.objects.filter(client=by.organisation, name__iexact=name).exists():
        raise NameTaken(
            f"There is an engagement called “{name}” already.",
            place="name",
            remedy="Choose another name, or open the one that exists.",
        )


@transaction.atomic
def plan_engagement(
    *,
    name: str,
    scope: str,
    service_type: ServiceType,
    starts_on: date,
    ends_on: date,
    by: Viewer,
    as_of: datetime,
) -> Engagement:
    """
    Create an engagement in the define stage.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, NameTaken, EndsBeforeItStarts
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    name = checked(name, "name", longest=120)
    scope = checked(scope, "scope", needed=False)
    _demand_a_free_name_and_a_term(by, name, starts_on, ends_on)
    engagement = Engagement.objects.create(
        client=by.organisation,
        name=name,
        scope=scope,
        service_type=service_type,
        stage=Stage.DEFINE,
        starts_on=starts_on,
        ends_on=ends_on,
        planned_at=as_of,
    )
    enter(
        engagement,
        f"Began to plan {name}.",
        action="plan_engagement",
        payload={"name": name, "service_type": service_type, "starts_on": str(starts_on)},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return engagement
