"""State an objective, or state it anew: each wording is a version that the provider answers."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ObjectiveWording:
    """What an objective says; what is still empty is named by a guardrail, not refused here."""

    statement: str
    measure: str = ""
    unit: str = ""
    baseline_value: str = ""
    baseline_on: date | None = None
    baseline_method: str = ""
    target: str = ""
    due_on: date | None = None
    source: str = ""
    client_owner: str = ""
    provider_owner: str = ""


_LONGEST = {
    "statement": 300, "measure": 200, "unit": 40, "baseline_value": 40, "baseline_method": 200,
    "target": 40, "source": 200, "client_owner": 120, "provider_owner": 120,
}  # fmt: skip


def _checked(wording: ObjectiveWording) -> ObjectiveWording:
    texts: dict[str, Any] = {
        name: checked(getattr(wording, name), name, longest=most, needed=name == "statement")
        for name, most in _LONGEST.items()
    }
    return replace(wording, **texts)


@transaction.atomic
def state_objective(
    *,
    engagement: Engagement,
    wording: ObjectiveWording,
    amends: Objective | None = None,
    by: Viewer,
    as_of: datetime,
) -> Objective:
    """
    Store an objective; an amendment is a new version that awaits a new acknowledgement.

    Raises:
        NotPermitted, TextNeeded, TextTooLong
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    wording = _checked(wording)
    objective = amends or Objective(engagement=engagement, version=0)
    for name, value in asdict(wording).items():
        setattr(objective, name, value)
    objective.version += 1
    objective.stated_at = as_of
    objective.save()
    payload = {name: str(value) for name, value in asdict(wording).items() if value}
    verb = "Amended" if amends else "Stated"
    enter(
        objective,
        f"{verb} the objective “{wording.statement}” (version {objective.version}).",
        action="state_objective",
        payload=payload | {"version": objective.version},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of)
    return objective
