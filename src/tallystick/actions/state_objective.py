"""State an objective, or state it anew: each wording is a version that the provider answers."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
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
        NotPermitted
    """
    require(by, Duty.PLAN_ENGAGEMENT)
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
    return objective
