"""Working norms of a selection: a round of questions to delivery teams, and what came of it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.answer_links import Made
from tallystick.actions.link_norms import link_norms, revoke_norms_link
from tallystick.actions.open_norms import close_norms, open_norms
from tallystick.actions.state_team import state_team
from tallystick.records.bids import Bid, standing_bids
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.norms import NormsLink, NormsSurvey
from tallystick.records.roles import Duty
from tallystick.records.selections import Phase, Selection
from tallystick.web.bid_frames import posted
from tallystick.web.forms.norms import NormsLinkForm, OpenNormsForm, TeamForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.norms_words import teams_of
from tallystick.web.selection_frames import around, selection_at

_OF_A_ROUND = ("client", "selection__engagement__client", "selection__engagement__provider")


def show(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Show the newest round: its links while it is open, the teams side by side once it is over."""
    return _page(request, selection_at(request, selection_id))


def open_(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Open a round."""
    selection = selection_at(request, selection_id)
    form = OpenNormsForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            open_norms(
                selection=selection,
                days=form.cleaned_data["days"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The round is open. Make a link for each person you ask.")
            return redirect("norms", selection.public_id)
    return _page(request, selection, opening=form)


def _round(request: ViewerRequest, norms_id: str) -> NormsSurvey:
    return find(NormsSurvey, request.viewer, norms_id, *_OF_A_ROUND)


def link(request: ViewerRequest, norms_id: str) -> HttpResponse:
    """Make a link and show it, this once."""
    survey = _round(request, norms_id)
    form = NormsLinkForm(standing_bids(survey.selection), request.POST)
    if form.is_valid():
        with refused_on(form):
            made = link_norms(
                survey=survey,
                bid=form.bid,
                label=form.cleaned_data["label"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            return _page(request, survey.selection, made=made)
    return _page(request, survey.selection, linking=form)


def close(request: ViewerRequest, norms_id: str) -> HttpResponse:
    """Close a round before its last day."""
    survey = _round(request, norms_id)
    with refused_on_the_next_page(request):
        close_norms(survey=survey, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The round is closed; what the teams said stands below.")
    return redirect("norms", survey.selection.public_id)


def revoke(request: ViewerRequest, norms_link_id: str) -> HttpResponse:
    """Revoke a link."""
    found = find(NormsLink, request.viewer, norms_link_id, "survey__selection")
    with refused_on_the_next_page(request):
        revoke_norms_link(link=found, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The link takes no answer any more.")
    return redirect("norms", found.survey.selection.public_id)


def team(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Say when and in which language our own team works."""
    selection = selection_at(request, selection_id)
    own = DeliveryTeam.objects.visible_to(request.viewer).filter(selection=selection, bid=None)
    known = own.first()
    form = TeamForm(posted(request), initial=TeamForm.initial_of(known) if known else None)
    back = reverse("norms", args=[selection.public_id])
    if form.is_bound and form.is_valid():
        with refused_on(form):
            state_team(
                selection=selection,
                bid=None,
                ways=form.ways(),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The hours of your team are recorded.")
            return redirect(back)
    shown = around(request, selection, ("Working norms", back)) | {
        "form": form,
        "title": "When your own team works",
        "lead": "Of the people who will work with the provider.",
        "submit": "Save",
        "back": back,
    }
    return render(request, "forms/page.html", shown, status=422 if form.is_bound else 200)


def _page(
    request: ViewerRequest,
    selection: Selection,
    *,
    opening: OpenNormsForm | None = None,
    linking: NormsLinkForm | None = None,
    made: Made[NormsLink] | None = None,
) -> HttpResponse:
    viewer, now = request.viewer, datetime.now(UTC)
    rounds = NormsSurvey.objects.visible_to(viewer).filter(selection=selection)
    survey = rounds.order_by("-opened_at", "-id").first()
    over = survey is None or survey.is_over(now)
    bids: list[Bid] = standing_bids(selection)
    may_write = viewer.may(Duty.RUN_SELECTION) and selection.phase is not Phase.AWARDED
    address = reverse("norms_answer", args=[made.token]) if made else ""
    bound = [each for each in (opening, linking) if each and each.is_bound]
    shown = around(request, selection) | {
        "selection": selection,
        "survey": survey,
        "over": over,
        "teams": teams_of(viewer, selection, survey, bids, now),
        "opening": opening or OpenNormsForm(),
        "linking": linking or NormsLinkForm(bids),
        "made": made,
        "address": request.build_absolute_uri(address) if made else "",
        "may_open": may_write and over,
        "may_write": may_write,
    }
    return render(request, "bid_evidence/norms.html", shown, status=422 if bound else 200)
