"""Scoring: who judges, and each one's own sheet."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.name_evaluator import bar_evaluator, name_evaluator
from tallystick.actions.score_bid import (
    declare_interests,
    hand_in_scores,
    score_bid,
    unscored,
)
from tallystick.records.bids import Bid
from tallystick.records.people import colleagues_of
from tallystick.records.scores import Evaluator, Score
from tallystick.records.selections import CriterionKind, Phase
from tallystick.records.valuation import criteria_of
from tallystick.web.bid_frames import bid_of
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.forms.scores import SheetForm
from tallystick.web.forms.selections import TextForm
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.selection_frames import PARTIES, around, selection_at


def _evaluator(request: ViewerRequest, evaluator_id: str) -> Evaluator:
    return find(
        Evaluator,
        request.viewer,
        evaluator_id,
        "person",
        *(f"selection__{each}" for each in PARTIES),
    )


def name(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Name a colleague as evaluator."""
    selection = selection_at(request, selection_id)
    person = colleagues_of(request.viewer).filter(public_id=request.POST.get("person", "")).first()
    if person is None:
        messages.error(request, "Choose a colleague.")
    else:
        with refused_on_the_next_page(request):
            name_evaluator(
                selection=selection, person=person, by=request.viewer, as_of=datetime.now(UTC)
            )
            messages.success(request, f"{person.name} judges the bids.")
    return redirect("selection", selection.engagement.public_id)


def bar(request: ViewerRequest, evaluator_id: str) -> HttpResponse:
    """Take an evaluator out, for a reason."""
    evaluator = _evaluator(request, evaluator_id)
    selection = evaluator.selection
    form = TextForm(
        "reason",
        "Why they judge no more",
        request.POST if request.method == "POST" else None,
        help_text="What they scored stays in the record and counts no more.",
    )
    back = reverse("selection", args=[selection.engagement.public_id])
    if form.is_bound and form.is_valid():
        with refused_on(form, "reason"):
            bar_evaluator(
                evaluator=evaluator,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"{evaluator.person.name} judges no more.")
            return redirect(back)
    shown = around(request, selection) | {"form": form, "back": back, "evaluator": evaluator}
    return render(
        request, "selections/evaluator_bar.html", shown, status=422 if form.is_bound else 200
    )


def declare(request: ViewerRequest, evaluator_id: str) -> HttpResponse:
    """Declare one's own interests; an empty text says that there are none."""
    evaluator = _evaluator(request, evaluator_id)
    with refused_on_the_next_page(request):
        declare_interests(
            evaluator=evaluator,
            interests=request.POST.get("interests", ""),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, "Your declaration is kept.")
    return redirect("selection", evaluator.selection.engagement.public_id)


def hand_in(request: ViewerRequest, evaluator_id: str) -> HttpResponse:
    """Hand in all of one's own scores."""
    evaluator = _evaluator(request, evaluator_id)
    with refused_on_the_next_page(request):
        hand_in_scores(evaluator=evaluator, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "Your scores are in. Thank you.")
    return redirect("selection", evaluator.selection.engagement.public_id)


def sheet(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Score one bid, alone."""
    bid = bid_of(request, bid_id)
    selection = bid.selection
    evaluator = (
        Evaluator.objects.visible_to(request.viewer)
        .filter(selection=selection, person=request.viewer.person)
        .select_related("person", "selection__engagement")
        .first()
    )
    own = Score.objects.visible_to(request.viewer).filter(evaluator=evaluator, bid=bid)
    initial = SheetForm.initial_of(own.select_related("criterion")) if evaluator else {}
    posted = request.POST if request.method == "POST" else None
    form = SheetForm(criteria_of(selection, CriterionKind.JUDGED), posted, initial=initial)
    back = reverse("selection", args=[selection.engagement.public_id])
    if form.is_bound and evaluator is None:
        form.add_error(None, "You are not named as an evaluator of this selection.")
    if form.is_bound and form.is_valid() and evaluator:
        with refused_on(form):
            score_bid(
                evaluator=evaluator,
                bid=bid,
                given=form.given(),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"Your scores of {bid.name} are kept.")
            return redirect(_onward(evaluator, bid) or back)
    shown = around(request, selection, (bid.name, reverse("bid", args=[bid_id]))) | {
        "form": form,
        "bid": bid,
        "back": back,
        "evaluator": evaluator,
        "is_scoring": selection.phase is Phase.SCORING,
    }
    return render(request, "selections/sheet.html", shown, status=422 if form.is_bound else 200)


def _onward(evaluator: Evaluator, bid: Bid) -> str:
    """Return the sheet of the next bid that still lacks a score."""
    left = [each for each, _ in unscored(evaluator) if each.pk != bid.pk]
    return reverse("score_sheet", args=[left[0].public_id]) if left else ""
