"""The brief: all objectives on one page for the provider to read, and its word on them."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.acknowledge_objectives import acknowledge_objectives
from tallystick.engine.objectives.starters import Intent, starters_for
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.web.components.words import sentence
from tallystick.web.counts import counted
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.objective_cards import cards_of


def brief(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every objective as it is worded now, and who has acknowledged which version when."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    cards = cards_of(request.viewer, engagement, datetime.now(UTC).date())
    waiting = [each for each in cards if not each.acknowledgement]
    objectives = reverse("objectives", args=[engagement.public_id])
    shown = frame(request, engagement, "objectives", ("Objectives", objectives))
    shown |= {
        "cards": cards,
        "waiting": waiting if engagement.provider else [],
        "waiting_words": counted(len(waiting), "objective"),
        "may_acknowledge": request.viewer.may(Duty.ACKNOWLEDGE),
    }
    return render(request, "objectives/brief.html", shown)


def acknowledge_all(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Record the provider's word on all objectives that it was shown."""
    engagement = find(Engagement, request.viewer, engagement_id)
    read = {}
    for each in request.POST.getlist("read"):
        key, _, version = each.partition(":")
        # What the page did not send is no version that anybody read.
        read[key[:12]] = int(version) if version.isascii() and version.isdigit() else 0
    with refused_on_the_next_page(request):
        words = acknowledge_objectives(
            engagement=engagement, read=read, by=request.viewer, as_of=datetime.now(UTC)
        )
        messages.success(request, f"You have acknowledged {counted(len(words), 'objective')}.")
    return redirect("objective_brief", engagement.public_id)


def start(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Turn what people want into objectives that can be measured: choose one to begin with."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    asked = request.GET.get("want", "")
    chosen = asked if asked in list(Intent) else ""
    objectives = reverse("objectives", args=[engagement.public_id])
    shown = frame(request, engagement, "objectives", ("Objectives", objectives))
    # What one may begin with is nobody's record; what is stated from it is shared.
    shown |= {
        "audience": "private",
        "party": request.viewer.organisation.name,
        "wants": [(each.value, sentence(each), each == chosen) for each in Intent],
        "starters": starters_for(engagement.service_type, chosen),
        "service": sentence(engagement.service_type).lower(),
        "all_chosen": not chosen,
        "may_state": request.viewer.may(Duty.PLAN_ENGAGEMENT),
    }
    return render(request, "objectives/start.html", shown)
