"""What is done to a risk: assess, review, answer, close, reopen, share it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from tallystick.actions.assess_risk import assess_risk
from tallystick.actions.close_risk import close_risk
from tallystick.actions.record_occurrence import record_occurrence
from tallystick.actions.reopen_risk import reopen_risk
from tallystick.actions.respond_to_risk import respond_to_risk
from tallystick.actions.review_risk import review_risk
from tallystick.actions.share_risk import share_risk
from tallystick.engine.refusals import Refusal
from tallystick.records.issued import can_be_answered
from tallystick.records.risk_registers import AnyRisk, register_of, risks_for
from tallystick.records.risks import PrivateRisk
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.risk_assessments import AssessForm
from tallystick.web.forms.risks import (
    CloseForm,
    OccurrenceForm,
    ReopenForm,
    ResponseForm,
    ReviewForm,
    ShareForm,
    people_for,
)
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.risks.found import find_risk
from tallystick.web.risks.frames import around_risk


def assess(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Say what a risk may cost, and what is done about it."""
    risk = find_risk(request.viewer, risk_id)
    among = risks_for(request.viewer, risk.engagement, among=(register_of(risk),))
    currency = next((each.currency for each in among if each.currency), "")
    form = AssessForm(risk, currency, posted(request))

    def act() -> AnyRisk:
        given = form.assessment()
        try:
            return assess_risk(
                risk=risk, assessment=given, by=request.viewer, as_of=datetime.now(UTC)
            )
        except Refusal as refusal:
            raise form.placed(refusal) from None

    return _of_risk(
        request,
        risk,
        form,
        act,
        changes=risk,
        title=f"Assess: {risk.title}",
        lead="As it would be if nothing were done. What you do about it stands below, with what "
        "it takes off.",
        said="The assessment is kept.",
        template="risks/assess.html",
    )


def review(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Keep that somebody looked at a risk."""
    return _noted(
        request,
        risk_id,
        ReviewForm(posted(request)),
        review_risk,
        "Review",
        lead="If its figures changed, assess it instead: that is a review too.",
        said="The review is kept.",
    )


def respond(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Decide what is done about a risk."""
    risk = find_risk(request.viewer, risk_id)
    register = register_of(risk)
    plans = register.plans.objects.visible_to(request.viewer).filter(engagement=risk.engagement)
    people = people_for(risk.engagement, private=register.is_private)
    form = ResponseForm(risk, people, list(plans.order_by("id")), posted(request))
    return _of_risk(
        request,
        risk,
        form,
        lambda: respond_to_risk(
            risk=risk, wording=form.wording(), by=request.viewer, as_of=datetime.now(UTC)
        ),
        changes=risk,
        title=f"Respond: {risk.title}",
        said="The response is kept.",
    )


def close(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Close a risk that can no longer come true."""
    return _noted(
        request,
        risk_id,
        CloseForm(posted(request)),
        close_risk,
        "Close",
        said="The risk is closed; its history stays.",
    )


def reopen(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Open a risk again."""
    return _noted(
        request,
        risk_id,
        ReopenForm(posted(request)),
        reopen_risk,
        "Reopen",
        said="The risk is open again.",
    )


def occurred(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Keep that a risk came true."""
    risk = find_risk(request.viewer, risk_id)
    answered = can_be_answered(risk.engagement)
    private = isinstance(risk, PrivateRisk)
    form = OccurrenceForm(asks=private and answered, data=posted(request))
    raises = answered and not private
    return _of_risk(
        request,
        risk,
        form,
        lambda: record_occurrence(
            risk=risk,
            occurrence=form.occurrence(),
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        title=f"It happened: {risk.title}",
        lead="An issue is raised with the risk's title and your words: the other side is asked."
        if raises
        else "",
        said="Kept. If it has a contingency plan, activate it now.",
    )


def share(request: ViewerRequest, private_risk_id: str) -> HttpResponse:
    """Share a private risk with the provider."""
    risk = find(
        PrivateRisk, request.viewer, private_risk_id, "engagement__client",
        "engagement__provider", "owner", "objective",
    )  # fmt: skip
    people = people_for(risk.engagement, private=False)
    form = ShareForm(risk, people, posted(request))
    return _of_risk(
        request,
        risk,
        form,
        lambda: share_risk(
            risk=risk,
            with_figures=form.cleaned_data["with_figures"],
            owner=people.named(form.cleaned_data["owner"]),
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        title=f"Share: {risk.title}",
        lead="Its words are copied into the register that both parties read. Its history, plan "
        "and indicators stay with you.",
        said="The risk is shared.",
        submit="Share it",
    )


def _noted(
    request: ViewerRequest,
    risk_id: str,
    form: Form,
    act: Callable[..., object],
    verb: str,
    **words: str,
) -> HttpResponse:
    """Do what needs no more than a note."""
    risk = find_risk(request.viewer, risk_id)
    return _of_risk(
        request,
        risk,
        form,
        lambda: act(
            risk=risk,
            note=form.cleaned_data["note"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        title=f"{verb}: {risk.title}",
        **words,
    )


def _of_risk(
    request: ViewerRequest,
    risk: AnyRisk,
    form: Form,
    act: Callable[[], object],
    *,
    title: str,
    said: str,
    **more: Any,
) -> HttpResponse:
    def around() -> Mapping[str, Any]:
        return around_risk(request, risk)

    back = reverse("risk", args=[risk.public_id])
    return form_page(request, form, act, around, title=title, said=said, back=back, **more)
