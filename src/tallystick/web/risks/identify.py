"""Identify a risk, or word it anew."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from tallystick.actions.identify_risk import identify_risk
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.beside import RISKS, suggested
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import (
    REGISTERS,
    SHARED,
    AnyRisk,
    register_of,
    registers_for,
    risks_for,
)
from tallystick.records.risk_thoughts import occurred_elsewhere
from tallystick.records.viewer import Viewer
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.risks import RiskChoices, RiskForm, initial_of, people_for
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.risks.found import find_risk
from tallystick.web.risks.frames import around_risk, risks_around


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Identify a risk; `?line=` fills its title, `?like=` all words from one that occurred."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    choices = _choices(request, engagement, None)
    form = RiskForm(choices, posted(request), _started(request), amends=False)

    def act() -> AnyRisk:
        given = form.cleaned_data.get("register", SHARED.name)
        return identify_risk(
            engagement=engagement,
            register=REGISTERS[given],
            wording=form.wording(),
            different=form.cleaned_data["different"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        )

    return form_page(
        request,
        form,
        act,
        lambda: risks_around(request, engagement) | _beside(request.viewer, engagement),
        title="Identify a risk",
        lead="Because of the cause the event may happen, which has the effect.",
        said="The risk stands in the register. Say next what it may cost.",
        back=reverse("risks", args=[engagement.public_id]),
        template="risks/identify.html",
    )


def _beside(viewer: Viewer, engagement: Engagement) -> dict[str, Any]:
    """Return what stands beside the form: what came true elsewhere, and lessons that fit."""
    return {
        "occurred": occurred_elsewhere(viewer, engagement),
        "beside": suggested(viewer, engagement, RISKS),
    }


def _started(request: ViewerRequest) -> dict[str, Any]:
    found: dict[str, Any] = {"register": registers_for(request.viewer)[-1].name}
    found["title"] = request.GET.get("line", "")[:160].replace("\0", "")
    if request.GET.get("like"):
        like = find_risk(request.viewer, request.GET["like"])
        names = ("title", "category", "cause", "event", "effect", "cause_code")
        found |= {name: getattr(like, name) for name in names}
    return found


def _choices(request: ViewerRequest, engagement: Engagement, amends: AnyRisk | None) -> RiskChoices:
    viewer = request.viewer
    register = register_of(amends) if amends else None
    others = risks_for(viewer, engagement, among=(register,) if register else None)
    private = register.is_private if register else False
    names = {"private": f"Only {viewer.organisation.name}", "shared": _shared_words(engagement)}
    return RiskChoices(
        people=people_for(engagement, private=private),
        registers=[(each.name, names[each.name]) for each in registers_for(viewer)],
        objectives=list(
            Objective.objects.visible_to(viewer).filter(engagement=engagement).order_by("id")
        ),
        levels=level_names(viewer, engagement),
        risks=[each for each in others if each.is_open and each != amends],
    )


def _shared_words(engagement: Engagement) -> str:
    if engagement.provider_id is None:
        return f"{engagement.client.name} and, once it is chosen, the provider"
    return f"{engagement.client.name} and {engagement.provider}"


def edit(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Word a risk anew; its figures stay."""
    risk = find_risk(request.viewer, risk_id)
    choices = _choices(request, risk.engagement, risk)
    form = RiskForm(choices, posted(request), initial_of(risk), amends=True)
    return form_page(
        request,
        form,
        lambda: identify_risk(
            engagement=risk.engagement,
            register=register_of(risk),
            wording=form.wording(),
            amends=risk,
            different=form.cleaned_data["different"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_risk(request, risk),
        changes=risk,
        title="Word the risk anew",
        said="The new words are kept; the history keeps those before.",
        back=reverse("risk", args=[risk.public_id]),
    )


def level_names(viewer: Viewer, engagement: Engagement) -> dict[str, str]:
    """Return the service levels in force by their ids."""
    signed = Agreement.objects.visible_to(viewer).filter(
        engagement=engagement, state=AgreementState.IN_FORCE
    )
    names: dict[str, str] = {}
    for each in signed.order_by("in_force_from"):
        names |= each.level_names
    return names
