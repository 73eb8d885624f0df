"""From a proposed version to a signed one: the difference, the signature, or taking it back."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.passwords import TooManyPasswords
from tallystick.actions.proposals import NotOpen
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.sign_agreement import StaleHash, sign_agreement
from tallystick.actions.withdraw_agreement import withdraw_agreement
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.succession import Span
from tallystick.records.agreements import (
    Agreement,
    AgreementState,
    gaps_around,
    signed_before,
)
from tallystick.records.signatures import still_to_sign
from tallystick.web.agreement_turns import gap_words, may_sign, turn_words
from tallystick.web.components.words import day, words
from tallystick.web.differences import difference_to
from tallystick.web.forms.agreements import SignForm
from tallystick.web.forms.refusals import add_refusal, refusal_words
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.templatetags.ui import hash as draw_hash

STATUSES = {TooManyPasswords.code: 429, NotOpen.code: 409}
"""The status of a page on which a refusal stands, where it is not 422."""


def _find(request: ViewerRequest, agreement_id: str) -> Agreement:
    return find(
        Agreement, request.viewer, agreement_id, "engagement__client", "engagement__provider",
        "proposed_for",
    )  # fmt: skip


def difference(request: ViewerRequest, agreement_id: str) -> HttpResponse:
    """Show what a version changes in the last one both signed, or in the one `against` names."""
    agreement = _find(request, agreement_id)
    base = _base(request, agreement)
    shown = {
        "difference": difference_to(read_agreement(agreement.document), base),
        "compared": f"From version {base.version} to version {agreement.version}" if base else "",
        "old_label": f"Version {base.version}" if base else "",
        "new_label": f"Version {agreement.version}",
        "may_sign": may_sign(request.viewer, agreement),
    }
    return _render(request, agreement, "agreements/difference_page.html", shown)


def _base(request: ViewerRequest, agreement: Agreement) -> Agreement | None:
    """Return the version to compare with; one that is not of this engagement is not found."""
    against = request.GET.get("against", "")
    if not against:
        return signed_before(agreement.engagement, agreement.in_force_from)
    other = find(Agreement, request.viewer, against)
    if other.engagement_id != agreement.engagement_id:
        raise Http404
    return other


def sign(request: ViewerRequest, agreement_id: str) -> HttpResponse:
    """Show what is signed, then sign it with the hash that was read and the password."""
    agreement = _find(request, agreement_id)
    given = request.POST if request.method == "POST" else None
    form = SignForm(given, initial={"digest": agreement.digest})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return _sign(request, agreement, form)
        except StaleHash as refusal:
            return _stale(request, agreement, refusal, form.cleaned_data["digest"])
        except NotPermitted:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
            status = STATUSES.get(refusal.code, 422)
    return _sign_page(request, agreement, form, status)


def _sign(request: ViewerRequest, agreement: Agreement, form: SignForm) -> HttpResponse:
    signature = sign_agreement(
        agreement=agreement,
        digest=form.cleaned_data["digest"],
        password=form.cleaned_data["password"],
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    signed = signature.agreement
    said = f"You have signed version {signed.version} for {request.viewer.organisation.name}."
    if signed.state == AgreementState.IN_FORCE:
        said += f" Both parties have signed: it is in force from {day(signed.in_force_from)}."
    messages.success(request, said)
    return redirect("agreement", agreement.public_id)


def _sign_page(
    request: ViewerRequest, agreement: Agreement, form: SignForm, status: int
) -> HttpResponse:
    viewer, engagement = request.viewer, agreement.engagement
    base = signed_before(engagement, agreement.in_force_from)
    waiting = still_to_sign(agreement)
    last = len(waiting) == 1 and viewer.organisation in waiting
    shown = {
        "form": form,
        "heading": f"Sign version {agreement.version}",
        "changes_title": f"What changes from version {base.version}" if base else "What changes",
        "difference": difference_to(read_agreement(agreement.document), base),
        "may_sign": may_sign(viewer, agreement),
        "why_not": _why_not(agreement),
        "back": reverse("agreement", args=[agreement.public_id]),
        "facts": [
            ("You sign as", f"{viewer.person.name}, {words(viewer.role)}"),
            ("For", viewer.organisation.name),
            ("This document", draw_hash(agreement.digest)),
            (
                "Then",
                f"It is in force from {day(agreement.in_force_from)}"
                if last
                else "It waits for the other party's signature",
            ),
        ],
    }
    return _render(request, agreement, "agreements/sign.html", shown, status)


def _why_not(agreement: Agreement) -> str:
    if agreement.is_open:
        return "Your organisation has signed this version; it is the other party's turn."
    if agreement.has_lapsed:
        return f"This version was {agreement.state}."
    return "Both parties have signed this version."


def _stale(
    request: ViewerRequest, agreement: Agreement, refusal: StaleHash, digest: str
) -> HttpResponse:
    """Say that what was read is not what would be signed, and lead to the difference."""
    versions = Agreement.objects.visible_to(request.viewer).filter(engagement=agreement.engagement)
    read = versions.filter(digest=digest).first()
    there = reverse("agreement_difference", args=[refusal.current.public_id])
    shown = {"refusal": refusal, "way": there + (f"?against={read.public_id}" if read else "")}
    return _render(request, agreement, "agreements/stale.html", shown, 409)


def withdraw(request: ViewerRequest, agreement_id: str) -> HttpResponse:
    """Take a proposal back, or decline the other party's."""
    agreement = _find(request, agreement_id)
    try:
        closed = withdraw_agreement(agreement=agreement, by=request.viewer, as_of=datetime.now(UTC))
    except NotOpen as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, f"Version {closed.version} is {closed.state}.")
    return redirect("agreement", agreement.public_id)


def _render(
    request: ViewerRequest,
    agreement: Agreement,
    template: str,
    shown: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    engagement, now = agreement.engagement, datetime.now(UTC)
    above = (
        ("Agreement", reverse("agreements", args=[engagement.public_id])),
        (f"Version {agreement.version}", reverse("agreement", args=[agreement.public_id])),
    )
    around = frame(request, engagement, "agreements", *above) | {
        "agreement": agreement,
        "turn": turn_words(agreement, now),
        "gaps": gap_words(_gaps(agreement), now.date()),
    }
    return render(request, template, around | shown, status=status)


def _gaps(agreement: Agreement) -> list[Span]:
    return [] if agreement.has_lapsed else gaps_around(agreement.engagement, agreement.span)
