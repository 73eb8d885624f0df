"""Mid-term and closing reviews: opened with their evidence, judged, decided and signed."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.countersign_review import countersign_review
from tallystick.actions.open_review import open_review
from tallystick.actions.passwords import TooManyPasswords
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.sign_review import WordsChanged, sign_review
from tallystick.actions.write_review import ReviewFrozen, draft_digest, write_review
from tallystick.engine.refusals import Refusal
from tallystick.engine.reviews.parts import OF_AN_ENGAGEMENT, ReviewKind
from tallystick.records.beside import EVALUATION, suggested
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack
from tallystick.web.components.words import words
from tallystick.web.forms.agreements import SignForm
from tallystick.web.forms.packs import CommentForm, JudgeForm, LineForm
from tallystick.web.forms.refusals import refusal_words, refused_on, refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.pack_page import PackBook, back_to, evidence_shown, page_shown, sections
from tallystick.web.pack_words import title_of
from tallystick.web.papers.review import review_pdf
from tallystick.web.templatetags.ui import hash as draw_hash

STATUSES = {TooManyPasswords.code: 429, ReviewFrozen.code: 409, WordsChanged.code: 409}
"""The status of a page on which a refusal stands, where it is not 422."""


def open_(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Open a review, or take the evidence of an open one anew."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    asked, there = request.POST.get("kind", ""), redirect("reviews", engagement.public_id)
    if asked not in OF_AN_ENGAGEMENT:
        messages.error(request, "Choose which review to open: mid-term or closing.")
        return there
    with refused_on_the_next_page(request):
        pack = open_review(
            engagement=engagement,
            kind=ReviewKind(asked),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, "The evidence is computed and pinned. Both parties read it.")
        there = redirect("evidence_pack", pack.public_id)
    return there


def find_pack(request: ViewerRequest, pack_id: str) -> EvidencePack:
    """Return the pack that an address names, with what every page of it needs."""
    return find(
        EvidencePack, request.viewer, pack_id, "engagement__client", "engagement__provider",
        "opened_by", "superseded_by", "supersedes",
    )  # fmt: skip


def show(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Show the evidence, what was made of it as far as the viewer reads it, and who signed."""
    pack = find_pack(request, pack_id)
    book = PackBook.of(request.viewer, pack)
    if request.GET.get("format") == "pdf":
        return review_pdf(book)
    return show_page(request, book)


def show_page(
    request: ViewerRequest,
    book: PackBook,
    *,
    comment: CommentForm | None = None,
    line: LineForm | None = None,
) -> HttpResponse:
    """Draw the page; with a form that was refused it answers 422 and shows that form again."""
    wrong = comment or line
    forms = {"comment_form": comment or CommentForm(), "line_form": line, "wrong": wrong}
    around = frame(request, book.pack.engagement, "reviews", back_to(book.pack)[0])
    status = 422 if wrong else 200
    return render(request, "reviews/pack.html", around | page_shown(book) | forms, status=status)


def judge(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Write what one makes of the evidence; saved as often as one likes."""
    pack = find_pack(request, pack_id)
    if request.method == "POST":
        # Words that were begun under older evidence go on under the newest.
        pack = _newest(request, pack)
    book = PackBook.of(request.viewer, pack)
    if book.review or book.draft is None:
        messages.info(request, "Its words are signed, or go on under newer evidence.")
        return redirect("evidence_pack", pack.public_id)
    form = JudgeForm(pack, book.draft, request.POST if request.method == "POST" else None)
    seen = book.draft.edited_at.isoformat()
    # An address that is only opened, or a form without any field, says nothing.
    if form.is_bound and not request.POST.get("saved"):
        form.add_error(None, "Nothing was sent. Write on the page, then save.")
    if form.is_bound and not form.is_valid():
        # Only who was told of a change has seen it.
        seen = request.POST.get("seen", seen)
    elif form.is_bound:
        with refused_on(form):
            write_review(
                pack=pack,
                wording=form.wording(),
                seen=request.POST.get("seen", ""),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Saved. Only your organisation reads it until it is signed.")
            return redirect("evidence_pack", pack.public_id)
    shown = {
        "pack": pack,
        "title": title_of(pack.kind),
        "seen": seen,
        "form": form,
        "beside": suggested(request.viewer, pack.engagement, EVALUATION),
        "sections": [each | {"field": form[f"on_{each['name']}"]} for each in sections(book)],
        "objective_fields": [
            (line, [form[f"{part}_{line.key}"] for part in ("actual", "achieved", "owed")])
            for line in evidence_shown(book)["objectives"]
        ],
        **evidence_shown(book),
    }
    around = frame(request, pack.engagement, "reviews", *back_to(pack))
    around |= {"audience": "private", "party": request.viewer.organisation.name}
    return render(
        request, "reviews/judge.html", around | shown, status=422 if form.is_bound else 200
    )


def _newest(request: ViewerRequest, pack: EvidencePack) -> EvidencePack:
    while hasattr(pack, "superseded_by"):
        pack = find_pack(request, pack.superseded_by.public_id)
    return pack


def sign(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Show what is signed for the client, then sign it with the hash and the password."""
    pack = find_pack(request, pack_id)
    book = PackBook.of(request.viewer, pack)
    if book.review or book.draft is None:
        return redirect("evidence_pack", pack.public_id)
    book.draft.pack = pack
    digest = draft_digest(book.draft)

    def act(form: SignForm) -> None:
        sign_review(
            pack=pack,
            read=form.cleaned_data["digest"],
            password=form.cleaned_data["password"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        )

    then = "Its words are frozen, and the provider reads them"
    return _sign_page(request, book, digest, act, then)


def countersign(request: ViewerRequest, pack_id: str) -> HttpResponse:
    """Show what is countersigned for the provider, then do so."""
    pack = find_pack(request, pack_id)
    book = PackBook.of(request.viewer, pack)
    review = book.review
    if review is None:
        return _nothing(request, pack)

    def act(form: SignForm) -> None:
        countersign_review(
            review=review,
            read=form.cleaned_data["digest"],
            password=form.cleaned_data["password"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        )

    then = "It says that you have read the review; what you see otherwise you say in a comment"
    return _sign_page(request, book, review.digest, act, then)


def _add(form: SignForm, refusal: Refusal) -> None:
    """Put a refusal beside its field, else on top; its words say what it is about."""
    form.add_error(refusal.place if refusal.place in form.fields else None, refusal_words(refusal))


def _nothing(request: ViewerRequest, pack: EvidencePack) -> HttpResponse:
    messages.info(request, "The client has not signed yet: there is nothing to countersign.")
    return redirect("evidence_pack", pack.public_id)


def _sign_page(
    request: ViewerRequest, book: PackBook, digest: str, act: Any, then: str
) -> HttpResponse:
    pack, viewer = book.pack, request.viewer
    given = request.POST if request.method == "POST" else None
    form = SignForm(given, initial={"digest": digest})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            act(form)
        except NotPermitted:
            raise
        except Refusal as refusal:
            _add(form, refusal)
            status = STATUSES.get(refusal.code, 422)
        else:
            messages.success(request, f"You have signed for {viewer.organisation.name}.")
            return redirect("evidence_pack", pack.public_id)
    shown = page_shown(book) | {
        "form": form,
        "heading": f"Sign the {pack.kind} review",
        "back": back_to(pack)[1][1],
        "facts": [
            ("You sign as", f"{viewer.person.name}, {words(viewer.role)}"),
            ("For", viewer.organisation.name),
            ("This review", draw_hash(digest)),
            ("Its evidence", draw_hash(pack.digest)),
            ("Then", then),
        ],
    }
    around = frame(request, pack.engagement, "reviews", *back_to(pack))
    return render(request, "reviews/sign.html", around | shown, status=status)
