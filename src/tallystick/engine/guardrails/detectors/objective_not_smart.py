"""OBJ001: an objective that nobody can measure, date or answer for."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.reach import out_of_reach
from tallystick.engine.guardrails.snapshot import Objective, Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.objectives import missing_parts, word_of

REMEDIES = {
    "statement": "Say in one sentence what shall be better, and for whom.",
    "measure": "Name what is counted or timed.",
    "unit": "Name the unit: hours, percent, euro per month.",
    "baseline": "Measure where things stand today and record value and day.",
    "baseline.value": "Record the value that was measured.",
    "baseline.on": "Record the day on which the baseline was measured.",
    "target": "Agree the value to be reached, in the same unit as the baseline.",
    "due_on": "Set the day by which the target is to be reached.",
    "source": "Name the system or report the figures come from.",
    "client_owner": "Name one person of the client who answers for it.",
    "provider_owner": "Ask the provider to name one person who answers for it.",
}


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each part that an objective lacks, and an engagement without any objective."""
    if not snapshot.objectives:
        yield Violation(
            "objectives",
            "The engagement has no objective.",
            "Write down at least one measurable objective.",
        )
    for number, objective in enumerate(snapshot.objectives):
        for part in missing_parts(objective, provider_known=snapshot.provider is not None):
            yield Violation(
                f"objectives[{number}].{part}",
                f"Objective {objective.label} has no {word_of(part)}.",
                REMEDIES[part],
            )
        beyond = out_of_reach(objective, policy)
        if beyond:
            yield Violation(
                f"objectives[{number}].target",
                f"The target of objective {objective.label} is {beyond}.",
                "Lower the target, or say what will be done that nobody did before.",
            )


def lacking(objective: Objective, *, provider_known: bool) -> Iterator[str]:
    """Yield the name of each part that an objective lacks, as people call it."""
    for part in missing_parts(objective, provider_known=provider_known):
        yield word_of(part)


GUARDRAIL = Guardrail(
    code="OBJ001",
    title="objective-not-smart",
    stages=stages_from(Stage.DEFINE, Stage.TRANSITION),
    severity=Severity.BLOCKER,
    practice=1,
    fires_when=(
        "the engagement has no objective, or an objective lacks its statement, measure, unit, "
        "baseline (value and day), target, due date, data source, client owner or, once a "
        "provider is named, provider owner; one finding per missing part. Or its target lies "
        "beyond the 95th percentile of its history or benchmark, of 8 values or more (policy: "
        "fewest_values), on "
        "the side that `better` names; without `better` or values that is not asked"
    ),
    rationale=(
        "What has no baseline cannot be shown to have improved, and what has no owner on both "
        "sides is nobody's. The argument about it starts at the closing review, when it is lost."
    ),
    source="PRINCE2 benefits management approach (baseline, measure, owner); UK Sourcing Playbook",
    remedy="Complete the objective before the engagement moves on.",
    detect=detect,
)
