"""The ranking of a selection and its award: computed, proposed, decided by other eyes, recorded."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.award_selection import decide_award, is_stale, propose_award
from tallystick.actions.rank_bids import rank_bids
from tallystick.records.awards import Award, standing_award
from tallystick.records.bids import Bid
from tallystick.records.roles import Duty
from tallystick.records.selections import CriterionEdit, Phase, Selection
from tallystick.web.forms.awards import DecideForm, ProposeForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.papers.award import award_pdf
from tallystick.web.ranking_book import RankingBook, order_table
from tallystick.web.selection_frames import around, selection_at


def _ranking_above(selection: Selection) -> tuple[str, str]:
    return "Ranking", reverse("ranking", args=[selection.public_id])


def ranking(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Show the order of the bids, how firm it is, and what became of it."""
    selection = selection_at(request, selection_id)
    viewer = request.viewer
    book = RankingBook.newest(viewer, selection)
    awards = list(
        Award.objects.visible_to(viewer)
        .filter(selection=selection)
        .select_related("bid__supplier", "proposed_by", "decided_by")
        .order_by("-proposed_at", "-id")
    )
    award = next((each for each in awards if each.approved is not False), None)
    moderating = selection.phase is Phase.MODERATING
    stale = moderating and book is not None and is_stale(selection, book.ranking)
    runs = viewer.may(Duty.RUN_SELECTION)
    table = order_table(book, request.GET) if book else None
    if table and table.wants_file:
        return table.file("ranking")
    shown = {
        "selection": selection,
        "book": book,
        "table": table,
        "awards": awards,
        "stale": stale,
        "moderating": moderating,
        "may_rank": runs and moderating and award is None,
        "may_propose": runs and moderating and award is None and book and not stale,
        "to_decide": _to_decide(request, award),
        "awarded": selection.phase is Phase.AWARDED,
        "losers": _losers(request, selection, award) if runs else [],
    }
    return render(request, "awards/ranking.html", around(request, selection) | shown)


def _to_decide(request: ViewerRequest, award: Award | None) -> Award | None:
    """Return the proposal that waits for the viewer's decision."""
    viewer = request.viewer
    if award is None or award.approved is not None or not viewer.may(Duty.APPROVE_AWARD):
        return None
    return award if award.proposed_by_id != viewer.person.pk else None


def _losers(request: ViewerRequest, selection: Selection, award: Award | None) -> list[Bid]:
    """Return the bids that did not win, once one did."""
    if selection.phase is not Phase.AWARDED or award is None:
        return []
    bids = Bid.objects.visible_to(request.viewer).filter(selection=selection)
    known = bids.exclude(pk=award.bid_id)
    return list(known.select_related("supplier", "debrief").order_by("received_at", "id"))


def rank(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Rank the bids by what was scored and agreed."""
    selection = find(Selection, request.viewer, selection_id, "engagement")
    with refused_on_the_next_page(request):
        rank_bids(selection=selection, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The bids are ranked.")
    return redirect("ranking", selection_id)


def propose(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Propose which bid wins, with the order and its firmness beside the form."""
    selection = selection_at(request, selection_id)
    book = RankingBook.newest(request.viewer, selection)
    order = book.order if book else []
    choices = [(each.id, f"{each.supplier}, worth {each.worth} of 100") for each in order]
    form = ProposeForm(choices, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form, "bid"):
            bid = find(Bid, request.viewer, form.cleaned_data["bid"], "supplier")
            award = propose_award(
                selection=selection,
                bid=bid,
                rationale=form.cleaned_data["rationale"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(
                request, f"Proposed: {award.bid.supplier.name}. Somebody else decides now."
            )
            return redirect("ranking", selection_id)
    shown = {
        "selection": selection,
        "book": book,
        "form": form,
        "standing": standing_award(selection),
        "back": reverse("ranking", args=[selection_id]),
    }
    page = around(request, selection, _ranking_above(selection)) | shown
    return render(request, "awards/propose.html", page, status=422 if form.is_bound else 200)


def find_award(request: ViewerRequest, award_id: str) -> Award:
    """Return the award that an address names, with what its pages need."""
    return find(
        Award, request.viewer, award_id, "bid__supplier", "ranking__ranked_by", "proposed_by",
        "decided_by", "selection__engagement__client", "selection__engagement__provider",
        "selection__single_source_approved_by",
    )  # fmt: skip


def _book(request: ViewerRequest, award: Award) -> RankingBook:
    award.ranking.selection = award.selection
    return RankingBook.of(request.viewer, award.ranking, award)


def decide(request: ViewerRequest, award_id: str) -> HttpResponse:
    """Approve a proposal or send it back; nobody decides on their own."""
    award = find_award(request, award_id)
    selection = award.selection
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        approved = form.cleaned_data["approved"] == "yes"
        with refused_on(form, "approved"):
            decide_award(
                award=award,
                approved=approved,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            word = "The award is made." if approved else "The proposal is sent back."
            messages.success(request, word)
            return redirect("ranking", selection.public_id)
    book = _book(request, award)
    edits = CriterionEdit.objects.visible_to(request.viewer).filter(selection=selection)
    shown = {
        "award": award,
        "selection": selection,
        "book": book,
        "table": order_table(book, QueryDict()),
        "edits": edits.count(),
        "stale": award.approved is None and is_stale(selection, award.ranking),
        "form": form,
        "own": award.proposed_by_id == request.viewer.person.pk,
        "back": reverse("ranking", args=[selection.public_id]),
    }
    page = around(request, selection, _ranking_above(selection)) | shown
    return render(request, "awards/decide.html", page, status=422 if form.is_bound else 200)


def record(request: ViewerRequest, award_id: str) -> HttpResponse:
    """Give the award's record as a PDF: what was decided, by whom, and what it rests on."""
    award = find_award(request, award_id)
    return award_pdf(award, _book(request, award), request.viewer)
