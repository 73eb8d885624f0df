"""The world's objectives: two wordings, values, both sides' importance, a business case."""

from collections.abc import Callable
from datetime import date, timedelta

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.record_actual import record_actual
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.actions.write_business_case import CaseWording, write_business_case
from tallystick.records.business_cases import BusinessCase
from tallystick.records.engagements import Engagement
from tallystick.records.importance import Importance, SharedImportance
from tallystick.records.objective_actuals import ObjectiveActual
from tallystick.records.objectives import Acknowledgement, Objective, ObjectiveVersion
from tallystick.records.viewer import Viewer
from tests.cast import TODAY

Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def state_objectives(
    engagement: Engagement, lead: Viewer, reader: Viewer, token: Token
) -> Objective:
    """Give an engagement an objective with one of everything, amended since its word."""
    wording = ObjectiveWording(
        token("Objective"),
        measure=token("Measure"),
        goal=token("Goal"),
        assumptions=token("Assumption"),
        baseline_value="20",
        baseline_on=date(2026, 1, 1),
        target="10",
        due_on=date(2026, 12, 31),
    )
    objective = state_objective(engagement=engagement, wording=wording, by=lead, as_of=TODAY)
    acknowledge_objective(objective=objective, by=reader, as_of=TODAY)
    state_objective(engagement=engagement, wording=wording, amends=objective, by=lead, as_of=TODAY)
    for month in (2, 3, 4):
        record_actual(
            objective=objective,
            on=date(2026, month, 1),
            value=str(20 - month),
            note=token("Value"),
            by=reader,
            as_of=TODAY,
        )
    for who, importance in ((lead, 4), (reader, 3), (lead, 5)):
        rate_importance(objective=objective, importance=importance, by=who, as_of=TODAY)
    line = {"low": "1", "likely": "2", "high": "3", "currency": "EUR", "year": None}
    write_business_case(
        engagement=engagement,
        wording=CaseWording(
            years=3,
            rate="0.05",
            lines=[
                line | {"when": when, "kind": "fees", "note": token("Costs")}
                for when in ("before", "after")
            ],
        ),
        by=lead,
        as_of=TODAY,
    )
    return objective


def objective_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add an objective with a row of each kind, and a row of each kind to the first one."""
    objective = Objective.objects.create(
        engagement=engagement,
        statement=f"Objective {number}",
        stated_at=TODAY,
        baseline_value="20",
        baseline_on=date(2026, 1, 1),
        target="10",
        due_on=date(2026, 12, 31),
    )
    first = Objective.objects.filter(engagement=engagement).order_by("id")[0]
    for each, version in ((objective, 1), (first, 100 + number)):
        common = {"engagement": engagement, "objective": each}
        Acknowledgement.objects.create(
            **common, version=version, acknowledged_at=TODAY, acknowledged_by=by.person
        )
        ObjectiveVersion.objects.create(
            **common, version=version, wording={"statement": f"Wording {number}"},
            stated_at=TODAY, stated_by=by.person,
        )  # fmt: skip
        earlier = ObjectiveActual.objects.create(
            **common, on=date(2025, 1, 1) + timedelta(days=number), value=number,
            came_by="hand", recorded_at=TODAY, recorded_by=by.person,
        )  # fmt: skip
        ObjectiveActual.objects.create(
            **common, on=date(2026, 3, 1) + timedelta(days=number), value=number,
            came_by="hand", recorded_at=TODAY, recorded_by=by.person, corrects=earlier,
        )  # fmt: skip
        Importance.objects.create(
            **common, organisation=by.organisation, round=100 + number, importance=3,
            rated_at=TODAY, rated_by=by.person,
        )  # fmt: skip
        SharedImportance.objects.create(
            **common, round=100 + number, client=3, provider=4, shared_at=TODAY
        )
    BusinessCase.objects.create(
        client=engagement.client,
        engagement=engagement,
        version=100 + number,
        years=3,
        rate="0.05",
        lines=[
            {"when": "after", "kind": "fees", "low": "1", "likely": "2", "high": "3",
             "currency": "EUR", "year": None, "note": ""}
        ],
        written_at=TODAY,
        written_by=by.person,
    )  # fmt: skip
