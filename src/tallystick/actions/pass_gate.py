"""Pass the gate at the end of a stage: it opens when no blocking finding is open."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.findings import findings_of
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class GateClosed(Refusal):
    """Something blocks: the message says how many findings, the place names the first."""

    code = "gate.closed"


class ProviderNeeded(Refusal):
    """The select stage ends with a provider."""

    code = "gate.provider-needed"


class NoFurtherStage(Refusal):
    """Close is the last stage."""

    code = "gate.no-further-stage"


def _demand_an_open_gate(engagement: Engagement, stage: Stage, as_of: datetime) -> None:
    blocking = [finding for finding in findings_of(engagement, as_of) if finding.blocking]
    if blocking:
        first = blocking[0]
        raise GateClosed(
            f"The {stage.value} gate is closed: {len(blocking)} blocking "
            f"{'finding is' if len(blocking) == 1 else 'findings are'} open. "
            f"The first is {first.code}: {first.sentence}",
            place=first.place,
            remedy=first.remedy,
        )
    if stage is Stage.SELECT and engagement.provider_id is None:
        raise ProviderNeeded(
            "The select gate is closed: no provider has been appointed.",
            place="provider",
            remedy="Appoint the provider, then pass the gate.",
        )


@transaction.atomic
def pass_gate(*, engagement: Engagement, by: Viewer, as_of: datetime) -> GatePassage:
    """
    Move the engagement to its next stage.

    Raises:
        NotPermitted, GateClosed, ProviderNeeded, NoFurtherStage
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    stage = Stage(engagement.stage)
    if stage.next is None:
        raise NoFurtherStage(
            "Close is the last stage.", remedy="Plan a new engagement for what comes next."
        )
    _demand_an_open_gate(engagement, stage, as_of)
    passage = GatePassage.objects.create(
        engagement=engagement, stage=stage, passed_at=as_of, passed_by=by.person
    )
    engagement.stage = stage.next
    engagement.save(update_fields=["stage"])
    # A provider reads the shared chain; what came before its award is the client's own story.
    shared = stage not in {Stage.DEFINE, Stage.SELECT}
    enter(
        passage,
        f"Passed the {stage.value} gate of {engagement.name}.",
        action="pass_gate",
        payload={"engagement": engagement.public_id, "stage": stage, "next": stage.next},
        chain=engagement if shared else by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of)
    return passage
