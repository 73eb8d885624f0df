"""Engagements of a usual size, made from the two that are published: one kept well, one not."""

from datetime import date
from pathlib import Path
from typing import Any

from tallystick.engine.documents import read_document

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "engagements"
DAYS = {"gone-wrong.yaml": date(2029, 3, 15), "well-kept.yaml": date(2028, 6, 15)}
TIMES = {
    "objectives": 5,
    "changes": 20,
    "credits": 12,
    "responsibilities": 6,
    "decisions": 20,
    "actions": 30,
    "acknowledgements": 20,
    "risks": 20,
    "issues": 20,
    "lesson_log": 30,
    "capabilities": 8,
    "subcontractors": 5,
    "clauses": 3,
}
"""How many times what an example lists stands in an engagement of a usual size."""

LEVELS, MONTHS = 8, 36


def engagements(count: int) -> list[tuple[dict[str, Any], date]]:
    """Return so many documents, each with the day of its check; every other one went wrong."""
    grown = [(_grown(read_document(EXAMPLES / name)), day) for name, day in DAYS.items()]
    return [
        (grown[number % 2][0] | {"id": f"engagement-{number}"}, grown[number % 2][1])
        for number in range(count)
    ]


def _grown(example: dict[str, Any]) -> dict[str, Any]:
    lists = {
        key: [_numbered(each, turn) for turn in range(times) for each in example[key]]
        for key, times in TIMES.items()
    }
    return example | lists | {"measurements": _measurements()}


def _numbered(item: dict[str, Any], turn: int) -> dict[str, Any]:
    return item | {"id": f"{item['id']}-{turn}"} if "id" in item else item


def _measurements() -> list[dict[str, Any]]:
    return [
        {
            "service_level": f"level-{level}",
            "window": f"{2026 + month // 12}-{month % 12 + 1:02d}",
            "numerator": 930 + (level * 7 + month * 13) % 40,
            "denominator": 1_000,
            "target": 0.9,
            "verdict": "met",
        }
        for level in range(LEVELS)
        for month in range(MONTHS)
    ]
