"""Pricing risks: what they may cost, against appetite and reserve, and what to do in time."""

from tallystick.engine.risk.appetite import Point, beyond, tolerated
from tallystick.engine.risk.compound import PricedRisk
from tallystick.engine.risk.exposure import Assessed, OpenExposure, exposure_by_day
from tallystick.engine.risk.frequency import Frequency, Once, Rate
from tallystick.engine.risk.links import in_order
from tallystick.engine.risk.lognormal import Lognormal
from tallystick.engine.risk.pert import Pert
from tallystick.engine.risk.recovery import Recovery, Step, StepClock, recovery
from tallystick.engine.risk.rehearsal import Rehearsal, rehearsal
from tallystick.engine.risk.reserve import Reserve, adequacy, contingency
from tallystick.engine.risk.simulate import Simulated, simulate
from tallystick.engine.risk.summary import Band, Summary
from tallystick.engine.risk.surprises import Happened, Surprises, quarter_of, surprises
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
from tallystick.engine.risk.warning_sign import (
    Comparison,
    SignRead,
    SignState,
    WarningSign,
    read_sign,
)

__all__ = [
    "Assessed",
    "Band",
    "Bands",
    "Cell",
    "Comparison",
    "Control",
    "ControlWorth",
    "Disagreement",
    "Frequency",
    "Happened",
    "Lognormal",
    "Once",
    "OpenExposure",
    "Pert",
    "Point",
    "PricedRisk",
    "Rate",
    "Recovery",
    "Rehearsal",
    "Reserve",
    "SignRead",
    "SignState",
    "Simulated",
    "Step",
    "StepClock",
    "Summary",
    "Surprises",
    "Treated",
    "TriageLevel",
    "WarningSign",
    "adequacy",
    "beyond",
    "cell_of",
    "compare",
    "contingency",
    "disagreements",
    "exposure_by_day",
    "in_order",
    "quarter_of",
    "read_sign",
    "recovery",
    "rehearsal",
    "simulate",
    "surprises",
    "tolerated",
    "triage",
    "worth_of_control",
]
