"""Objectives and the business case as they stand in a snapshot."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tallystick.engine.objectives import Direction, Projection
from tallystick.records.business_cases import BusinessCase
from tallystick.records.objective_figures import Value, as_decimal, in_short
from tallystick.records.objectives import Objective

_WORDS = (
    "statement", "measure", "unit", "target", "source", "client_owner", "provider_owner",
)  # fmt: skip
MOST_HISTORY = 1_000


def objective_values(objective: Objective, opened_on: date | None = None) -> dict[str, Any]:
    """
    Return an objective as it stands in the snapshot, without how it fares.

    `opened_on` is the day on which the provider could first read what was stated before.
    """
    given = {word: getattr(objective, word) or None for word in _WORDS}
    baseline = {
        "value": objective.baseline_value or None,
        "on": objective.baseline_on,
        "method": objective.baseline_method or None,
    }
    answers = {each.version: each.acknowledged_at for each in objective.acknowledgements.all()}
    return given | {
        "id": objective.public_id,
        "baseline": baseline if baseline["value"] else None,
        "better": _better(objective),
        "benchmark": list(objective.compared),
        "due_on": objective.due_on,
        "shared_on": shared_on(objective, opened_on),
        "acknowledged_on": _day(answers.get(objective.version)),
    }


def fared_values(objective: Objective, values: Sequence[Value], on: date) -> dict[str, Any]:
    """Return earlier values, where an objective is heading, and both sides' word on its weight."""
    seen = in_short(objective, values, on)
    found: dict[str, Any] = {
        "history": [as_decimal(each.value) for each in seen.history[-MOST_HISTORY:]],
        "projection": None,
    }
    if isinstance(seen.projection, Projection):
        found["projection"] = {
            "attainment": as_decimal(seen.projection.attained.middle),
            # The day on which it came to look like this: a review after it has seen it.
            "on": max(each.known_on for each in seen.values),
        }
    # What one side said alone is sealed; a snapshot holds what both may read.
    shared = max(objective.shared_importances.all(), key=lambda each: each.round, default=None)
    return found | {
        "importance_client": shared.client if shared else None,
        "importance_provider": shared.provider if shared else None,
    }


def shared_on(objective: Objective, opened_on: date | None) -> date | None:
    """Return the day on which the provider could first read the present wording."""
    engagement = objective.engagement
    # Before the award is made known nobody can acknowledge anything.
    if engagement.provider_id is None or not engagement.award_is_known:
        return None
    stated = objective.stated_at.date()
    return max(stated, opened_on) if opened_on else stated


def case_values(stored: BusinessCase | None) -> dict[str, Any] | None:
    """Return the lines of what outsourcing costs over the term, each at its expected amount."""
    if stored is None:
        return None
    case = stored.case
    return {
        "lines": [
            {
                "kind": line.kind,
                "amount": as_decimal(line.expected * len(line.years(case.years))),
            }
            for line in case.after
        ],
        "pilot_on": stored.pilot_on,
        "delivery_model_assessed_on": stored.delivery_model_assessed_on,
    }


def _better(objective: Objective) -> str | None:
    return None if objective.direction == Direction.MAINTAIN else objective.direction or None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
