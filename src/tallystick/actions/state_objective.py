"""State an objective, or state it anew: each wording is a version that the provider answers."""

from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter, shared_chain
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.tellings import tell_objective
from tallystick.actions.texts import checked
from tallystick.engine.objectives import Direction, ObjectiveKind, Planned, check_figures
from tallystick.engine.objectives.compared import benchmark_in, check_observations
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


class ObjectiveChanged(Refusal):
    """Somebody else amended the objective since it was read."""

    code = "objective.changed"


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
    baseline_n: str = ""
    benchmark: str = ""
    benchmark_source: str = ""


_LONGEST = {
    "statement": 300, "measure": 200, "unit": 40, "baseline_value": 40, "baseline_method": 200,
    "baseline_n": 9, "benchmark": 4_000, "benchmark_source": 200,
    "target": 40, "source": 200, "client_owner": 120, "provider_owner": 120, "tolerance": 40,
    "goal": 200, "stakeholder": 120, "frequency": 40, "service_level": 80, "assumptions": 4_000,
}  # fmt: skip


@transaction.atomic
def state_objective(
    *,
    engagement: Engagement,
    wording: ObjectiveWording,
    amends: Objective | None = None,
    seen: str = "",
    by: Viewer,
    as_of: datetime,
) -> Objective:
    """
    Store an objective; an amendment is a new version that awaits a new acknowledgement.

    `seen` is the version that the person read; empty for whichever it is now. What the same
    person sent a moment ago with the same words is stated once.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, PartRefused, ObjectiveChanged, and whatever
        `check_figures` refuses
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    wording = _checked(wording, engagement, amends)
    # Two amendments at once would both be the next version.
    held_engagement(engagement.pk)
    objective = amends or Objective(engagement=engagement, version=0)
    if amends:
        objective.refresh_from_db(fields=["version"])
    if (seen or not amends) and (
        said := _said_before(_worded(copy(objective), wording), by, as_of)
    ):
        return said
    _demand_what_was_seen(objective, seen)
    _worded(objective, wording).version += 1
    objective.stated_at = as_of
    objective.save()
    _keep(objective, by, as_of)
    keep_findings_in([engagement], as_of, by=by)
    return objective


def _worded(objective: Objective, wording: ObjectiveWording) -> Objective:
    for field in fields(wording):
        setattr(objective, field.name, getattr(wording, field.name))
    objective.profile = [[each.on.isoformat(), f"{each.value:f}"] for each in wording.profile]
    return objective


def _said_before(objective: Objective, by: Viewer, as_of: datetime) -> Objective | None:
    """Return what one click too many has stated already: a new one, or the newest version."""
    rows = ObjectiveVersion.objects.filter(engagement=objective.engagement)
    rows = rows.filter(objective=objective) if objective.pk else rows.filter(version=1)
    plain = plain_wording(objective)
    found = sent_before(rows, "stated_at", "stated_by", by=by, as_of=as_of, wording=plain)
    return found.objective if found and found.version == max(objective.version, 1) else None


def _demand_what_was_seen(objective: Objective, seen: str) -> None:
    if objective.pk and seen and seen != str(objective.version):
        raise ObjectiveChanged(
            "Somebody amended this objective after you opened it. Your words stand below, not "
            "kept.",
            place="seen",
            remedy="Look at it in another tab. Keeping yours again puts them in its place.",
        )


def _keep(objective: Objective, by: Viewer, as_of: datetime) -> None:
    plain = plain_wording(objective)
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
        chain=shared_chain(objective.engagement),
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
    wording = replace(wording, benchmark=benchmark_in(wording.benchmark))
    check_observations(wording.baseline_n)
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
