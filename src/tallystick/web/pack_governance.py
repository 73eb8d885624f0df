"""What a review's evidence says of meetings, decisions and risks, in words."""

from collections.abc import Mapping
from typing import Any

from tallystick.web.components.status import word_of
from tallystick.web.counts import counted


def decision_lines(evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return facts of meetings, decisions and actions; none where a pack is older than they are."""
    told = evidence["decisions"]
    if told is None:
        return []
    met, actions = told["meetings"], told["actions"]
    decided = f"{told['decided']} of {told['asked']} decided"
    if told["median_days"] is not None:
        decided += f", half of them within {counted(told['median_days'], 'working day')}"
    if told["longest_wait"] is not None:
        decided += f"; the longest waits for {counted(told['longest_wait'], 'working day')}"
    return [
        ("Meetings", f"{met['held']} of {met['due']} held, {met['skipped']} skipped"),
        ("Decisions", decided),
        (
            "Actions",
            f"{actions['given']} given, {actions['done']} done, {actions['dropped']} dropped, "
            f"{actions['open']} open",
        ),
    ]


def risk_lines(evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the count of shared risks, and each with what became of it."""
    told = evidence["risks"]
    if told is None:
        return []
    counts = (
        f"{told['identified']} identified, {told['open']} open ({told['high']} high), "
        f"{told['occurred']} occurred"
    )
    plans = f"{told['activated']} activated, {told['running']} still running"
    return [("Risks", counts), ("Contingency plans", plans)] + [
        (each["title"], _became(each)) for each in told["risks"]
    ]


def _became(risk: Mapping[str, Any]) -> str:
    level = f", {risk['level']}" if risk["level"] else ", not assessed"
    return word_of(risk["status"]) + level
