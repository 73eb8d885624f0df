"""The pages of an engagement: one list, so that no page shows a provider what is private."""

from typing import NamedTuple

from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.web.lookup import ViewerRequest

Tab = tuple[str, str, bool]
"""Label, address, and whether it is the page shown."""


class TabGroup(NamedTuple):
    """The pages of one part of an engagement's life."""

    name: str
    """Empty where one page stands for itself."""
    tabs: list[Tab]


_GROUPS = (
    ("", (("Overview", "engagement"),)),
    ("Before the contract", (("Objectives", "objectives"), ("Selection", "selection"))),
    (
        "Agreement and service",
        (
            ("Agreement", "agreements"),
            ("Service data", "service_data"),
            ("Service levels", "service_levels"),
            ("Statements", "statements"),
            ("Relief", "relief_claims"),
            ("Credits", "credit_ledger"),
        ),
    ),
    ("Running it", (("Governance", "governance"), ("Issues", "issues"), ("Risks", "risks"))),
    (
        "Learning",
        (
            ("Reviews", "reviews"),
            ("Gate", "gate"),
            ("Findings", "findings"),
            ("Notes", "notes"),
        ),
    ),
    ("Records", (("History", "history"),)),
)
_CLIENT = frozenset({"selection", "gate", "findings", "notes"})
"""The pages that only the client has."""


def tabs_for(request: ViewerRequest, engagement: Engagement, current: str) -> list[TabGroup]:
    """
    Return the pages that this viewer has of an engagement, by the part of its life.

    `current` is the URL name of the one under which the page lies, such as `statements`.
    """
    seen = (
        TabGroup(
            name,
            [
                (label, reverse(page, args=[engagement.public_id]), page == current)
                for label, page in pages
                if request.viewer.is_client or page not in _CLIENT
            ],
        )
        for name, pages in _GROUPS
    )
    return [group for group in seen if group.tabs]
