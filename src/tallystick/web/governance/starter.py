"""Set governance up in twenty minutes: a starter set, changed line by line, kept at once."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.set_up_governance import set_up_governance
from tallystick.records.agreements import agreement_on
from tallystick.records.dealing_terms import zone_of
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Side
from tallystick.web.form_pages import posted
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.starter import StarterForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find


def start(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the starter set, or keep what was made of it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    agreement = agreement_on(engagement, now.date())
    zone = zone_of(agreement) if agreement else "UTC"
    form = StarterForm(_sides(request, engagement), now.date(), zone, posted(request))
    back = reverse("governance", args=[engagement.public_id])
    if form.is_bound and form.is_valid():
        with refused_on(form):
            set_up_governance(
                engagement=engagement, chosen=form.chosen(), by=request.viewer, as_of=now
            )
            messages.success(request, "Governance is set up. Say next who holds each post.")
            return redirect(back)
    page = governance_around(request, engagement) | {"form": form, "back": back}
    return render(request, "governance/start.html", page, status=422 if form.is_bound else 200)


def _sides(request: ViewerRequest, engagement: Engagement) -> tuple[Side, ...]:
    if not request.viewer.is_client:
        return (Side.PROVIDER,)
    return (Side.CLIENT, Side.PROVIDER) if engagement.provider_id else (Side.CLIENT,)
