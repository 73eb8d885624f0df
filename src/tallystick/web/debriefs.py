"""A debrief: what a bidder that did not win is told of its own bid, on a page and as a PDF."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.award_selection import debrief_bid
from tallystick.records.awards import Debrief, standing_award
from tallystick.records.bids import Bid
from tallystick.records.debriefed import own_scores
from tallystick.records.selections import Phase
from tallystick.web.forms.awards import DebriefForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.papers.debrief import debrief_pdf
from tallystick.web.selection_frames import around

WITH = ("supplier", "selection__engagement__client", "selection__engagement__provider")


def write(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Write what a bidder is told; once written it stands, and is handed over as a PDF."""
    bid = find(Bid, request.viewer, bid_id, *WITH)
    selection = bid.selection
    form = DebriefForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form, "text"):
            debrief_bid(
                bid=bid,
                text=form.cleaned_data["text"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The debrief is written. Hand it over as a PDF.")
            return redirect("bid_debrief", bid_id)
    award = standing_award(selection)
    back = reverse("ranking", args=[selection.public_id])
    shown = {
        "bid": bid,
        "form": form,
        "debrief": _debrief(request, bid),
        "awarded": selection.phase is Phase.AWARDED,
        "won": bool(award and award.approved and award.bid_id == bid.pk),
        "scores": own_scores(bid),
        "back": back,
    }
    page = around(request, selection, ("Ranking", back)) | shown
    return render(request, "awards/debrief.html", page, status=422 if form.is_bound else 200)


def _debrief(request: ViewerRequest, bid: Bid) -> Debrief | None:
    known = Debrief.objects.visible_to(request.viewer).filter(bid=bid)
    found: Debrief | None = known.select_related("written_by").first()
    return found


def paper(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Give a debrief as a PDF that tells of no other bid."""
    bid = find(Bid, request.viewer, bid_id, *WITH)
    debrief = _debrief(request, bid)
    if debrief is None:
        raise Http404
    return debrief_pdf(debrief, bid)
