"""What every page of an engagement shows around its own content."""

from typing import Any

from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Duty
from tallystick.web.engagement_tabs import tabs_for
from tallystick.web.lookup import ViewerRequest


def frame(
    request: ViewerRequest, engagement: Engagement, tab: str, *above: tuple[str, str]
) -> dict[str, Any]:
    """
    Return the engagement, its tabs, the pages above this one, and who reads the page.

    `tab` is the URL name of the tab the page lies under; `above` are (label, address) pairs of
    pages between the engagement and this one.
    """
    viewer = request.viewer
    other = _other_party(request, engagement)
    home = reverse("engagement", args=[engagement.public_id])
    return {
        "engagement": engagement,
        "tabs": tabs_for(request, engagement, tab),
        "breadcrumb": [("Engagements", reverse("home")), (engagement.name, home), *above],
        "audience": "shared" if other else "private",
        "party": other.name if other else viewer.organisation.name,
        "may_learn": viewer.may(Duty.PUBLISH_LESSON),
    }


def _other_party(request: ViewerRequest, engagement: Engagement) -> Organisation | None:
    if not request.viewer.is_client:
        return engagement.client
    # Before the award is made known the provider does not see the engagement.
    return engagement.provider if engagement.award_is_known else None
