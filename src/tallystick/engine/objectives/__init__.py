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
from tallystick.engine.objectives.business_case import (
    CaseWorth,
    YearFlow,
    benefits_realised,
    worth_of_case,
)
from tallystick.engine.objectives.costs import BusinessCase, CostKind, CostLine
from tallystick.engine.objectives.expectations import importance_gap, misaligned
from tallystick.engine.objectives.projection import (
    Actual,
    Band,
    Projection,
    Reached,
    TooFew,
    project,
)
from tallystick.engine.objectives.reach import Reach, reach_of
from tallystick.engine.objectives.smart import (
    Placed,
    Smart,
    SmartFact,
    Worded,
    missing_parts,
    smart,
    word_of,
)
from tallystick.engine.objectives.worded import (
    FigureNeeded,
    ObjectiveKind,
    aim_of,
    check_figures,
    figure_in,
)

__all__ = [
    "Actual",
    "Aim",
    "Band",
    "BusinessCase",
    "CaseWorth",
    "CostKind",
    "CostLine",
    "Direction",
    "FigureNeeded",
    "ObjectiveKind",
    "Placed",
    "Planned",
    "Progress",
    "Projection",
    "Rag",
    "RagThresholds",
    "Reach",
    "Reached",
    "Smart",
    "SmartFact",
    "TooFew",
    "Worded",
    "YearFlow",
    "aim_of",
    "attainment",
    "benefits_realised",
    "check_figures",
    "figure_in",
    "importance_gap",
    "misaligned",
    "missing_parts",
    "planned_value",
    "progress",
    "project",
    "rag",
    "reach_of",
    "smart",
    "word_of",
    "worth_of_case",
]
