"""State an objective, or state it anew: each wording is a version that the provider answers."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_objective
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.objectives import Direction, ObjectiveKind, Planned, check_figures
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective, ObjectiveVersion, plain_wording
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_WEIGHT = 100


class PartRefused(Refusal):
    """A part of an objective has a value that it cannot have."""

    code = "objective.part-refused"


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
    kind: str = ObjectiveKind.OBJECTIVE
    direction: str = ""
    tolerance: str = ""
    parent: Objective | None = None
    goal: str = ""
    stakeholder: str = ""
    weight: int = 1
    frequency: str = ""
    service_level: str = ""
    profile: tuple[Planned, ...] = ()
    assumptions: str = ""


_LONGEST = {
    "statement": 300, "measure": 200, "unit": 40, "baseline_value": 40, "baseline_method": 200,
    "target": 40, "source": 200, "client_owner": 120, "provider_owner": 120, "tolerance": 40,
    "goal": 200, "stakeholder": 120, "frequency": 40, "service_level": 80, "assumptions": 4_000,
}  # fmt: skip


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
        NotPermitted, TextNeeded, TextTooLong, PartRefused, and whatever `check_figures` refuses
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    wording = _checked(wording, engagement, amends)
    # Two amendments at once would both be the next version.
    Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    if amends:
        amends.refresh_from_db(fields=["version"])
    objective = amends or Objective(engagement=engagement, version=0)
    for field in fields(wording):
        setattr(objective, field.name, getattr(wording, field.name))
    objective.profile = [[each.on.isoformat(), f"{each.value:f}"] for each in wording.profile]
    objective.version += 1
    objective.stated_at = as_of
    objective.save()
    _keep(objective, by, as_of)
    keep_findings_in([engagement], as_of, by=by)
    return objective


def _keep(objective: Objective, by: Viewer, as_of: datetime) -> None:
    plain = plain_wording(objective)
    shared = Stage(objective.engagement.stage).reached(Stage.AGREE)
    version = ObjectiveVersion.objects.create(
        engagement=objective.engagement,
        objective=objective,
        version=objective.version,
        wording=plain,
        stated_at=as_of,
        stated_by=by.person,
    )
    enter(
        objective,
        f"{'Amended' if objective.version > 1 else 'Stated'} the objective "
        f"“{objective.statement}” "
        f"(version {objective.version}).",
        action="state_objective",
        payload=plain | {"version": objective.version},
        # A provider reads the shared chain; what came before its award is the client's own story.
        chain=objective.engagement if shared else by.organisation,
        by=by,
        as_of=as_of,
    )
    tell_objective(version, by, as_of)


def _checked(
    wording: ObjectiveWording, engagement: Engagement, amends: Objective | None
) -> ObjectiveWording:
    texts: dict[str, Any] = {
        name: checked(getattr(wording, name), name, longest=most, needed=name == "statement")
        for name, most in _LONGEST.items()
    }
    wording = replace(wording, **texts)
    _check_choices(wording)
    _check_parent(wording, engagement, amends)
    _check_level(wording.service_level, engagement)
    check_figures(
        direction=wording.direction,
        baseline=wording.baseline_value,
        baseline_on=wording.baseline_on,
        target=wording.target,
        due_on=wording.due_on,
        tolerance=wording.tolerance,
        profile=wording.profile,
    )
    return wording


def _check_choices(wording: ObjectiveWording) -> None:
    for place, known in (("kind", ObjectiveKind), ("direction", ["", *Direction])):
        if getattr(wording, place) not in list(known):
            raise PartRefused(
                f"There is no {place} {getattr(wording, place)[:40]!r}.",
                place=place,
                remedy=f"Choose one of: {', '.join(filter(None, known))}.",
            )
    if not 0 <= wording.weight <= MOST_WEIGHT:
        raise PartRefused(
            f"The weight is {wording.weight}.",
            place="weight",
            remedy=f"Give a whole number from 0 to {MOST_WEIGHT}.",
        )


def _check_parent(
    wording: ObjectiveWording, engagement: Engagement, amends: Objective | None
) -> None:
    above = wording.parent
    if above is not None and above.engagement_id != engagement.pk:
        raise PartRefused(
            "The objective above belongs to another engagement.",
            place="parent",
            remedy="Choose one of this engagement.",
        )
    while above is not None:
        if amends is not None and above.pk == amends.pk:
            raise PartRefused(
                "An objective cannot be a part of itself.",
                place="parent",
                remedy="Choose one that is not among its own parts.",
            )
        above = above.parent


def _check_level(level: str, engagement: Engagement) -> None:
    signed = engagement.agreements.filter(state=AgreementState.IN_FORCE)
    known = {name for each in signed for name in each.level_names} if level else set()
    # Objectives are written before there is an agreement; then nobody can know its levels.
    if known and level not in known:
        raise PartRefused(
            f"The agreement has no service level {level!r}.",
            place="service_level",
            remedy=f"Choose one of: {', '.join(sorted(known))}.",
        )
