"""Measurements of a service level, month by month -> credit notes that show every formula."""

from tallystick.engine.service_levels.credits.lines import (
    CreditLine,
    CreditNote,
    LineKind,
    RatchetProposal,
    SeverityPoints,
    TerminationRight,
    YearPosition,
    note_values,
)
from tallystick.engine.service_levels.credits.months import CreditsRefused
from tallystick.engine.service_levels.credits.notes import credit_notes, ratchet_proposals
from tallystick.engine.service_levels.credits.reductions import Pick
from tallystick.engine.service_levels.credits.standing import Fault, Standing, standings

__all__ = [
    "CreditLine",
    "CreditNote",
    "CreditsRefused",
    "Fault",
    "LineKind",
    "Pick",
    "RatchetProposal",
    "SeverityPoints",
    "Standing",
    "TerminationRight",
    "YearPosition",
    "credit_notes",
    "note_values",
    "ratchet_proposals",
    "standings",
]
