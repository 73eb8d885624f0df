"""OBJ002: an objective that the provider has not said it understood."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.governance.working_days import working_days
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.objectives import importance_gap, misaligned


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each objective that has waited too long for the provider's word."""
    if snapshot.provider is None:
        return
    yield from _weighed_apart(snapshot, policy)
    for number, objective in enumerate(snapshot.objectives):
        since = objective.shared_on or snapshot.starts_on
        acknowledged = objective.acknowledged_on
        if since is None or (acknowledged is not None and acknowledged <= as_of):
            continue
        waited = working_days(since, as_of)
        if waited > policy.acknowledgement_working_days:
            yield Violation(
                f"objectives[{number}].acknowledged_on",
                f"{snapshot.provider} has not acknowledged objective {objective.label} "
                f"for {waited} working days, since {since}.",
            )


def _weighed_apart(snapshot: Snapshot, policy: Policy) -> Iterator[Violation]:
    for number, objective in enumerate(snapshot.objectives):
        ours, theirs = objective.importance_client, objective.importance_provider
        if not misaligned(importance_gap(ours, theirs), policy.importance_gap):
            continue
        yield Violation(
            f"objectives[{number}].importance_provider",
            f"The client gives objective {objective.label} {ours} of 5 points of importance, "
            f"the provider {theirs}; {policy.importance_gap} apart is a gap.",
            "Talk about what the objective is worth to each side, and record both ratings anew.",
        )


GUARDRAIL = Guardrail(
    code="OBJ002",
    title="objective-unacknowledged",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=1,
    fires_when=(
        "a provider is named and an objective is not acknowledged more than 10 working days "
        "(Monday to Friday; policy: acknowledgement_working_days) after `shared_on`, or after "
        "the engagement's start where `shared_on` is empty; or both sides rated its importance "
        "2 points of 5 apart or more (policy: importance_gap)"
    ),
    rationale=(
        "An objective the provider never confirmed is an expectation, not an agreement; unmet "
        "expectations nobody voiced are among the first warning signs of a failing deal."
    ),
    source="ISO 44001 (joint objectives); Delen et al. 2016, communication inside the provider",
    remedy="Walk through the objective with the provider's delivery lead and record the day.",
    detect=detect,
)
