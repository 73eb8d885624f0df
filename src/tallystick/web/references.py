"""References of a bid: plan one, record the call, take a planned one away."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from tallystick.actions.plan_reference import plan_reference
from tallystick.actions.record_call import record_call
from tallystick.actions.remove_evidence import remove_evidence
from tallystick.records.references import Reference
from tallystick.web.bid_frames import FOLLOWED, bid_of, evidence_at, form_page, posted
from tallystick.web.forms.bid_evidence import CallForm, RefereeForm
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.lookup import ViewerRequest, find

SECTION = "references"
_BESIDE = tuple(f"bid__{each}" for each in FOLLOWED)


def find_reference(request: ViewerRequest, reference_id: str) -> Reference:
    """Return the reference that an address names."""
    return find(Reference, request.viewer, reference_id, "interviewer", *_BESIDE)


def new(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Name a client of the bidder who is to be asked."""
    bid = bid_of(request, bid_id)
    form = RefereeForm(posted(request))
    return form_page(
        request,
        bid,
        form,
        lambda: plan_reference(
            bid=bid, referee=form.referee(), by=request.viewer, as_of=datetime.now(UTC)
        ),
        title="Plan a reference",
        lead="Nobody names a bad reference. Find one yourself, and one that has left.",
        submit="Plan it",
        said="The reference is planned. Record the call once you have held it.",
        section=SECTION,
    )


def edit(request: ViewerRequest, reference_id: str) -> HttpResponse:
    """Mend what is known of a reference."""
    reference = find_reference(request, reference_id)
    known = {name: getattr(reference, name) for name in RefereeForm.base_fields}
    form = RefereeForm(posted(request), initial=known)
    return form_page(
        request,
        reference.bid,
        form,
        lambda: plan_reference(
            bid=reference.bid,
            referee=form.referee(),
            amends=reference,
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        title=f"Mend the reference {reference.organisation}",
        said="The reference is mended.",
        section=SECTION,
    )


def call(request: ViewerRequest, reference_id: str) -> HttpResponse:
    """Record a call, in the words of whoever held it."""
    reference = find_reference(request, reference_id)
    known = {
        "called_on": reference.called_on,
        "again": reference.again,
        "cost_percent": reference.cost_percent,
        "said": reference.said,
        **reference.marks,
    }
    form = CallForm(posted(request), initial=known)
    return form_page(
        request,
        reference.bid,
        form,
        lambda: record_call(
            reference=reference, call=form.call(), by=request.viewer, as_of=datetime.now(UTC)
        ),
        title=f"The call with {reference.organisation}",
        lead="Eight sentences, from 1, not at all, to 5, entirely. Leave open what they cannot "
        "say; a call counts from four answers on. It stands in your name.",
        submit="Record the call",
        said=f"The call with {reference.organisation} is recorded.",
        section=SECTION,
    )


def remove(request: ViewerRequest, reference_id: str) -> HttpResponse:
    """Take a planned reference away."""
    reference = find_reference(request, reference_id)
    with refused_on_the_next_page(request):
        remove_evidence(row=reference, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"The reference {reference.organisation} is taken away.")
    return redirect(evidence_at(reference.bid, SECTION))
