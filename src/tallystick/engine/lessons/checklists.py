"""The checklists that every engagement starts from, before lessons add to them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Checklist(StrEnum):
    """What a template is for, each used at one stage."""

    CRITERIA = "criteria"
    CLAUSES = "clauses"
    RISKS = "risks"
    EXIT = "exit"


TITLES: Mapping[Checklist, str] = MappingProxyType(
    {
        Checklist.CRITERIA: "Selection criteria",
        Checklist.CLAUSES: "Clauses of the agreement",
        Checklist.RISKS: "Risks to look for",
        Checklist.EXIT: "Exit checklist",
    }
)

BUILT_IN: Mapping[Checklist, tuple[str, ...]] = MappingProxyType(
    {
        Checklist.CRITERIA: (
            "Cases of the same service, scale and domain, not older than three years",
            "Named staff with the skills and levels the service needs",
            "References called: one at least independent, one of a relationship that ended",
            "Financial standing and share of our volume in the revenue of the supplier",
            "Ways of working compared, overlapping hours counted",
            "Price on anchors fixed before the bids were opened",
        ),
        Checklist.CLAUSES: (
            "Every service level with its data source, window, calendar and who measures",
            "Holidays as dates for the whole term",
            "Credits with caps and a trigger for termination",
            "Approval, location and assessment of subcontractors",
            "Audit and access rights",
            "Renewal and notice dates for both parties",
            "Return of data, its format, and deletion",
            "Help with the exit, its rates and its length",
        ),
        Checklist.RISKS: (
            "Key people leave, on either side",
            "The supplier fails, is sold, or loses a certificate",
            "Knowledge stays with one person or with the supplier only",
            "Demand differs from the forecast",
            "A subcontractor changes or fails",
            "The transition slips past the end of the old agreement",
        ),
        Checklist.EXIT: (
            "Access revoked and accounts closed",
            "Assets and data returned, deletion certified",
            "Knowledge handed over and accepted",
            "Licences and contracts transferred or ended",
            "Claims, credits and retention settled",
            "A date set for the review of benefits after closing",
        ),
    }
)
"""After ISO 37500 (exit), ISO 44001 (partner selection) and the UK Sourcing Playbook (2024)."""
