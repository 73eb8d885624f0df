"""What every page of an engagement's governance shares."""

from typing import Any

from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest


def governance_around(
    request: ViewerRequest, engagement: Engagement, *above: tuple[str, str]
) -> dict[str, Any]:
    """Return what stands around a page under the tab of governance."""
    home = ("Governance", reverse("governance", args=[engagement.public_id]))
    return frame(request, engagement, "governance", home, *above)
