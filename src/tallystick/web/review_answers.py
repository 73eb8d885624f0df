"""What people add to a review: comments, confirmed lines of the checklist, ratings."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.comment_review import comment_review
from tallystick.actions.confirm_line import confirm_line
from tallystick.actions.hand_over_rating import hand_over_rating
from tallystick.actions.rate_party import Mark, rate_party
from tallystick.actions.take_back_line import take_back_line
from tallystick.engine.reviews.ratings import RATED
from tallystick.records.ratings import Rating
from tallystick.web.forms.packs import CommentForm, LineForm, RatingForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest
from tallystick.web.pack_page import PackBook, back_to
from tallystick.web.review_packs import find_pack, show_page


def comment(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Say something beside a signed review."""
    pack = find_pack(request, pack_id)
    book = PackBook.of(request.viewer, pack)
    form = CommentForm(request.POST)
    if form.is_valid() and book.review:
        with refused_on(form):
            comment_review(
                review=book.review,
                text=form.cleaned_data["text"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Your comment stands beside the review.")
            return redirect("evidence_pack", pack.public_id)
    if not book.review:
        form.add_error(None, "The review is not signed yet: there is nothing to comment on.")
    return show_page(request, book, comment=form)


def confirm(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Confirm a line of the exit checklist."""
    pack = find_pack(request, pack_id)
    form = LineForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            check = confirm_line(
                engagement=pack.engagement,
                line=form.cleaned_data["line"],
                note=form.cleaned_data["note"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"Confirmed: {check.line}.")
            return redirect("evidence_pack", pack.public_id)
    return show_page(request, PackBook.of(request.viewer, pack), line=form)


def take_back(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Leave a line of the exit checklist open again."""
    pack = find_pack(request, pack_id)
    with refused_on_the_next_page(request):
        take_back_line(
            engagement=pack.engagement,
            line=request.POST.get("line", ""),
            reason=request.POST.get("reason", ""),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, "The line is open again.")
    return redirect("evidence_pack", pack.public_id)


def rate(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Give the other party marks; nobody there reads them until both are handed over."""
    pack = find_pack(request, pack_id)
    if pack.engagement.provider is None:
        raise Http404
    viewer = request.viewer
    own = Rating.objects.visible_to(viewer).filter(pack=pack).first()
    marks = own.marks if own else {}
    sent = request.POST if request.method == "POST" else None
    form = RatingForm(RATED[viewer.organisation.side], marks, sent)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with refused_on(form):
            rate_party(
                pack=pack,
                marks={
                    name: Mark(given[name], given[f"evidence_{name}"]) for name in form.dimensions
                },
                by=viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Kept. Hand it over when it is final.")
            return redirect("evidence_pack", pack.public_id)
    other = pack.engagement.provider if viewer.is_client else pack.engagement.client
    around = frame(request, pack.engagement, "reviews", *back_to(pack))
    around |= {"audience": "private", "party": viewer.organisation.name}
    shown = {"form": form, "other": other.name, "back": back_to(pack)[1][1]}
    return render(
        request, "reviews/rate.html", around | shown, status=422 if form.is_bound else 200
    )


def hand_over(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Hand one's rating over."""
    pack = find_pack(request, pack_id)
    with refused_on_the_next_page(request):
        hand_over_rating(pack=pack, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "Handed over. It opens once the other party has done the same.")
    return redirect("evidence_pack", pack.public_id)
