"""Pricing risks: what they may cost, against appetite and reserve, and what to do in time."""

from tallystick.engine.risk.appetite import Point, beyond, tolerated
from tallystick.engine.risk.compound import PricedRisk
from tallystick.engine.risk.frequency import Frequency, Once, Rate
from tallystick.engine.risk.links import in_order
from tallystick.engine.risk.lognormal import Lognormal
from tallystick.engine.risk.pert import Pert
from tallystick.engine.risk.reserve import Reserve, adequacy, contingency
from tallystick.engine.risk.simulate import Simulated, simulate
from tallystick.engine.risk.summary import Band, Summary
from tallystick.engine.risk.treatment import (
    Control,
    ControlWorth,
    Treated,
    compare,
    worth_of_control,
)
from tallystick.engine.risk.triage import (
    Bands,
    Cell,
    Disagreement,
    TriageLevel,
    cell_of,
    disagreements,
    triage,
)

__all__ = [
    "Band",
    "Bands",
    "Cell",
    "Control",
    "ControlWorth",
    "Disagreement",
    "Frequency",
    "Lognormal",
    "Once",
    "Pert",
    "Point",
    "PricedRisk",
    "Rate",
    "Reserve",
    "Simulated",
    "Summary",
    "Treated",
    "TriageLevel",
    "adequacy",
    "beyond",
    "cell_of",
    "compare",
    "contingency",
    "disagreements",
    "in_order",
    "simulate",
    "tolerated",
    "triage",
    "worth_of_control",
]
