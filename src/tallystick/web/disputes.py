"""One disputed point: what is wrong, what both parties said of it since, and the last word."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.close_dispute import close_dispute
from tallystick.actions.reply_to_dispute import reply_to_dispute
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.attestations import Dispute
from tallystick.records.dealing_terms import zone_of
from tallystick.records.disputed import FOLLOWED, dispute_values
from tallystick.records.roles import Duty
from tallystick.records.stated import party_of
from tallystick.web.forms.disputes import CloseForm, ReplyForm
from tallystick.web.forms.evidence import new_files
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.standing_words import point_words
from tallystick.web.statement_rows import heading


def show(request: ViewerRequest, dispute_id: str) -> HttpResponse:
    """Show one disputed point, and to those who may, the forms that reply and close."""
    return _page(request, _found(request, dispute_id), ReplyForm(), CloseForm())


def reply(request: ViewerRequest, dispute_id: str) -> HttpResponse:
    """Say something to a disputed point."""
    dispute = _found(request, dispute_id)
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        with refused_on(form):
            reply_to_dispute(
                dispute=dispute,
                text=form.cleaned_data["text"],
                files=new_files(form.cleaned_data["evidence"]),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Your reply is there. Both parties see it.")
            return redirect("dispute", dispute.public_id)
    return _page(request, dispute, form, CloseForm())


def close(request: ViewerRequest, dispute_id: str) -> HttpResponse:
    """Withdraw a point, or say that it is settled."""
    dispute = _found(request, dispute_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        state = PointState(form.cleaned_data["state"])
        with refused_on(form):
            close_dispute(
                dispute=dispute,
                state=state,
                text=form.cleaned_data["words"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"The point is {state}. Both parties see it.")
            return redirect("statement", dispute.statement.public_id)
    return _page(request, dispute, ReplyForm(), form)


def _found(request: ViewerRequest, dispute_id: str) -> Dispute:
    return find(Dispute, request.viewer, dispute_id, *FOLLOWED)


def _page(
    request: ViewerRequest, dispute: Dispute, reply_form: ReplyForm, close_form: CloseForm
) -> HttpResponse:
    viewer, statement, now = request.viewer, dispute.statement, datetime.now(UTC)
    engagement = statement.engagement
    values = dispute_values(dispute, statement.agreement.level_names, statement)
    parties = {side: party_of(engagement, side) for side in ("client", "provider")}
    may_speak = values["state"] == PointState.OPEN and viewer.may(Duty.ATTEST)
    shown: dict[str, Any] = {
        "point": values,
        "raised_by": parties[dispute.side],
        "said": [(parties[each["side"]], each) for each in values["replies"]],
        "where": point_words(values, parties, now),
        "zone": zone_of(statement.agreement),
        "statement": statement,
        "dispute": dispute,
        "heading": heading(statement),
        "reply_form": reply_form,
        "close_form": close_form,
        "sent": next((each for each in (reply_form, close_form) if each.is_bound), None),
        "may_reply": may_speak,
        "may_close": may_speak and dispute.side == viewer.organisation.side,
    }
    page = reverse("statement", args=[statement.public_id])
    around = frame(request, engagement, "statements", (heading(statement), page))
    status = 422 if shown["sent"] else 200
    return render(request, "disputes/show.html", around | shown, status=status)
