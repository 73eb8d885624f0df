"""What every page of evidence about a bidder shares: the bid, the frame, the form page."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from tallystick.records.bids import Bid
from tallystick.records.selections import Phase
from tallystick.web import form_pages
from tallystick.web.form_pages import posted
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.selection_frames import around

__all__ = ["bid_around", "bid_of", "evidence_at", "form_page", "is_gathering", "posted"]

_SELECTION = ("selection__client", "selection__engagement__client")
FOLLOWED = ("supplier__organisation", "client", *_SELECTION, "selection__engagement__provider")
"""What the pages of a bid read along with it."""


def bid_of(request: ViewerRequest, bid_id: str) -> Bid:
    """Return the bid that an address names."""
    return find(Bid, request.viewer, bid_id, *FOLLOWED)


def bid_around(request: ViewerRequest, bid: Bid, *above: tuple[str, str]) -> dict[str, Any]:
    """Return what stands around a page about a bid."""
    return around(request, bid.selection, (bid.name, reverse("bid", args=[bid.public_id])), *above)


def evidence_at(bid: Bid, section: str = "") -> str:
    """Return the address of a bid's evidence, at one of its sections."""
    return reverse("bid_evidence", args=[bid.public_id]) + (f"#{section}" if section else "")


def is_gathering(bid: Bid) -> bool:
    """Return whether evidence about a bid is still taken in."""
    return bid.withdrawn_at is None and bid.selection.phase is not Phase.AWARDED


def form_page(
    request: ViewerRequest,
    bid: Bid,
    form: Form,
    act: Callable[[], object],
    *,
    section: str,
    **words: Any,
) -> HttpResponse:
    """Show a form about a bid, or do what a valid one says and return to the evidence."""

    def page() -> dict[str, Any]:
        return bid_around(request, bid, ("Evidence", evidence_at(bid))) | {"bid": bid}

    back = evidence_at(bid, section)
    return form_pages.form_page(request, form, act, page, back=back, **words)
