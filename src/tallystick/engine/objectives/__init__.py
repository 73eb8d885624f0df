"""Objectives: how far they have come, where they are heading, and what their wording lacks."""

from tallystick.engine.objectives.aim import Aim, Direction
from tallystick.engine.objectives.attainment import (
    Planned,
    Progress,
    Rag,
    RagThresholds,
    attainment,
    planned_value,
    progress,
    rag,
)
from tallystick.engine.objectives.projection import (
    Actual,
    Band,
    Days,
    Projection,
    TooFew,
    project,
)

__all__ = [
    "Actual",
    "Aim",
    "Band",
    "Days",
    "Direction",
    "Planned",
    "Progress",
    "Projection",
    "Rag",
    "RagThresholds",
    "TooFew",
    "attainment",
    "planned_value",
    "progress",
    "project",
    "rag",
]
