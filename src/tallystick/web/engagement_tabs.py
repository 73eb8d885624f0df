"""The tabs of an engagement: one list, so that no page shows a provider what is private."""

from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.web.lookup import ViewerRequest

Tab = tuple[str, str, bool]
"""Label, address, and whether it is the page shown."""

_TABS = (
    ("Overview", "engagement"),
    ("Objectives", "objectives"),
    ("Selection", "selection"),
    ("Governance", "governance"),
    ("Issues", "issues"),
    ("Risks", "risks"),
    ("Agreement", "agreements"),
    ("Service data", "service_data"),
    ("Service levels", "service_levels"),
    ("Statements", "statements"),
    ("Relief", "relief_claims"),
    ("Credits", "credit_ledger"),
    ("Reviews", "reviews"),
    ("Gate", "gate"),
    ("Findings", "findings"),
    ("Notes", "notes"),
    ("History", "history"),
)
_CLIENT = frozenset({"selection", "gate", "findings", "notes"})
"""The tabs that only the client has."""


def tabs_for(request: ViewerRequest, engagement: Engagement, current: str) -> list[Tab]:
    """
    Return the tabs that this viewer has on an engagement.

    `current` is the URL name of the tab under which the page lies, such as `statements`.
    """
    return [
        (label, reverse(name, args=[engagement.public_id]), name == current)
        for label, name in _TABS
        if request.viewer.is_client or name not in _CLIENT
    ]
