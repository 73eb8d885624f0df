"""What every page of a selection shares: how it is found, and what stands around it."""

from typing import Any

from django.urls import reverse

from tallystick.records.roles import Duty
from tallystick.records.selections import Selection
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find

PARTIES = ("client", "engagement__client", "engagement__provider")
"""What the pages of a selection read along with it."""


def selection_at(request: ViewerRequest, selection_id: str) -> Selection:
    """Return the selection that an address names, with its engagement."""
    return find(Selection, request.viewer, selection_id, *PARTIES)


def around(request: ViewerRequest, selection: Selection, *above: tuple[str, str]) -> dict[str, Any]:
    """Return what each page of a selection shows around its content: it is the client's own."""
    engagement = selection.engagement
    home = ("Selection", reverse("selection", args=[engagement.public_id]))
    own: dict[str, Any] = {
        "audience": "private",
        "party": request.viewer.organisation.name,
        "selection": selection,
        "may_run": request.viewer.may(Duty.RUN_SELECTION),
    }
    return frame(request, engagement, "selection", home, *above) | own
