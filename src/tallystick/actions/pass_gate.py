"""Pass the gate at the end of a stage: it opens when no blocking finding is open."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_gate
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.closed import is_over, is_reviewed
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.findings import findings_of
from tallystick.records.first_risks import without_risks
from tallystick.records.loose_ends import running_in
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class OtherStage(Refusal):
    """The engagement does not stand where the caller thinks; what is sent twice ends here."""

    code = "gate.other-stage"


class GateClosed(Refusal):
    """Something blocks: the message says how many findings, the place names the first."""

    code = "gate.closed"


class ProviderNeeded(Refusal):
    """The select stage ends with a provider."""

    code = "gate.provider-needed"


class RisksNeeded(Refusal):
    """The define stage ends with a first identification of risks."""

    code = "gate.risks-needed"


class NoFurtherStage(Refusal):
    """The close gate was passed: the engagement is over."""

    code = "gate.no-further-stage"


class ClosingReviewNeeded(Refusal):
    """The close gate asks for the signed closing review."""

    code = "gate.closing-review-needed"


class PlanGoesOn(Refusal):
    """A contingency plan is being carried out: what it is for is not over."""

    code = "gate.plan-goes-on"


def _demand_what_was_read(read: str | None, stage: Stage) -> None:
    if read is not None and read != stage:
        raise OtherStage(
            f"The engagement is in its {stage.value} stage.",
            place="stage",
            remedy="Look at the gate of that stage; another may have been passed meanwhile.",
        )


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
    if without_risks([engagement]):
        raise RisksNeeded(
            "The define gate is closed: no risk has been identified.",
            place="risks",
            remedy="Identify what may go wrong in either register of risks, then pass the gate.",
        )
    if stage is Stage.SELECT and engagement.provider_id is None:
        raise ProviderNeeded(
            "The select gate is closed: no provider has been appointed.",
            place="provider",
            remedy="Appoint the provider, then pass the gate.",
        )


def _demand_closed_in_order(engagement: Engagement) -> None:
    if is_over(engagement):
        raise NoFurtherStage(
            f"{engagement.name} is closed.", remedy="Plan a new engagement for what comes next."
        )
    if not is_reviewed(engagement):
        raise ClosingReviewNeeded(
            "The close gate is closed: the closing review is not signed.",
            place="review",
            remedy="Open the closing review, settle its loose ends, and sign it.",
        )
    running = running_in(engagement)
    if running:
        raise PlanGoesOn(
            f"The close gate is closed: the plan “{running[0].about}” is being carried out.",
            place="plan",
            remedy="End the run, and say how it went.",
        )


@transaction.atomic
def pass_gate(
    *, engagement: Engagement, read: str | None = None, by: Viewer, as_of: datetime
) -> GatePassage:
    """
    Move the engagement to its next stage; from the last one, out of it.

    `read` is the stage that stood where somebody chose to pass its gate; None for whichever is
    the present one.

    Raises:
        NotPermitted, OtherStage, GateClosed, RisksNeeded, ProviderNeeded, ClosingReviewNeeded,
        NoFurtherStage, PlanGoesOn
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    engagement = held_engagement(engagement.pk)
    stage = Stage(engagement.stage)
    _demand_what_was_read(read, stage)
    if stage.next is None:
        _demand_closed_in_order(engagement)
    else:
        _demand_an_open_gate(engagement, stage, as_of)
    passage = GatePassage.objects.create(
        engagement=engagement, stage=stage, passed_at=as_of, passed_by=by.person
    )
    # Behind the last gate there is no stage: the engagement is over.
    engagement.stage = stage.next or stage
    engagement.save(update_fields=["stage"])
    # A provider reads the shared chain; what came before its award is the client's own story.
    shared = stage not in {Stage.DEFINE, Stage.SELECT}
    enter(
        passage,
        f"Passed the {stage.value} gate of {engagement.name}.",
        action="pass_gate",
        payload={"engagement": engagement.public_id, "stage": stage, "next": stage.next or ""},
        chain=engagement if shared else by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    tell_gate(passage, by, as_of)
    return passage
