"""Bids: recording one, looking at one, its must-haves, taking it out."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.record_bid import record_bid
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.records.awards import Debrief, standing_award
from tallystick.records.bids import Bid
from tallystick.records.selections import CriterionKind, Phase, Selection
from tallystick.records.valuation import criteria_of
from tallystick.web.bid_frames import bid_of
from tallystick.web.components.figures import money
from tallystick.web.components.words import moment_html
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.selections import BidForm, MustHavesForm, TextForm
from tallystick.web.lookup import ViewerRequest
from tallystick.web.selection_frames import around, selection_at


def new(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Record a bid that came."""
    selection = selection_at(request, selection_id)
    now = datetime.now(UTC)
    measured = criteria_of(selection, CriterionKind.MEASURED)
    form = BidForm(measured, now, request.POST if request.method == "POST" else None)
    back = reverse("selection", args=[selection.engagement.public_id])
    if form.is_bound and form.is_valid():
        with refused_on(form):
            bid = record_bid(selection=selection, terms=form.terms(), by=request.viewer, as_of=now)
            messages.success(request, f"The bid of {bid.name} is kept, sealed.")
            return redirect(back)
    shown = around(request, selection) | {"form": form, "back": back}
    return render(request, "selections/bid_new.html", shown, status=422 if form.is_bound else 200)


def show(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Show one bid, with its must-haves and what may be done with it."""
    return _shown(request, bid_of(request, bid_id))


def _shown(
    request: ViewerRequest, bid: Bid, form: MustHavesForm | None = None, status: int = 200
) -> HttpResponse:
    selection = bid.selection
    knock_outs = criteria_of(selection, CriterionKind.KNOCK_OUT)
    initial = MustHavesForm.initial_of(bid.knock_outs)
    award = standing_award(selection)
    judging = selection.phase in {Phase.SCORING, Phase.MODERATING}
    shown = around(request, selection) | {
        "bid": bid,
        "facts": _facts(bid, selection),
        "knock_outs": [(each, bid.knock_outs.get(each.public_id)) for each in knock_outs],
        "form": form or MustHavesForm(knock_outs, initial=initial),
        "may_check": judging and not bid.withdrawn_at and bool(knock_outs),
        "may_withdraw": selection.phase is not Phase.AWARDED and not bid.withdrawn_at,
        "may_score": selection.phase is Phase.SCORING and not bid.withdrawn_at,
        "debrief": Debrief.objects.visible_to(request.viewer).filter(bid=bid).first(),
        "won": award is not None and award.bid_id == bid.pk,
        "is_awarded": selection.phase is Phase.AWARDED,
    }
    return render(request, "selections/bid.html", shown, status=status)


def _facts(bid: Bid, selection: Selection) -> list[tuple[str, Any]]:
    sealed = selection.opened_at is None
    facts = [
        (
            "Price",
            "Sealed until all bids are opened" if sealed else money(bid.price, selection.currency),
        ),
        ("Came", moment_html(bid.received_at)),
        ("Contacts", ", ".join(bid.contacts)),
        ("Note", bid.note),
        ("Taken out", bid.withdrawn_because),
    ]
    if not sealed:
        measured = criteria_of(selection, CriterionKind.MEASURED)
        facts += [
            (each.name, f"{bid.values.get(each.public_id, '')} {each.unit}".strip())
            for each in measured
        ]
    return [(name, value) for name, value in facts if value]


def check(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Say which must-haves a bid meets."""
    bid = bid_of(request, bid_id)
    form = MustHavesForm(criteria_of(bid.selection, CriterionKind.KNOCK_OUT), request.POST)
    if form.is_valid() and form.fields:
        with refused_on(form):
            check_knock_outs(bid=bid, met=form.met(), by=request.viewer, as_of=datetime.now(UTC))
            messages.success(request, f"The must-haves of {bid.name} are kept.")
            return redirect("bid", bid_id)
    return _shown(request, bid, form, status=422)


def withdraw(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Take a bid out, for a reason."""
    bid = bid_of(request, bid_id)
    form = TextForm(
        "reason",
        "Why it is out",
        request.POST if request.method == "POST" else None,
        help_text="It stays in the record with this reason, and is judged no more.",
    )
    back = reverse("bid", args=[bid_id])
    if form.is_bound and form.is_valid():
        with refused_on(form, "reason"):
            withdraw_bid(
                bid=bid,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"The bid of {bid.name} is out.")
            return redirect(back)
    shown = around(request, bid.selection, (bid.name, back)) | {"form": form, "back": back}
    shown["bid"] = bid
    return render(
        request, "selections/bid_withdraw.html", shown, status=422 if form.is_bound else 200
    )
