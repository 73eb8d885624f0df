"""The company behind a bid: its standing, its certificates, a pilot with it, its team's hours."""

from datetime import UTC, datetime

from django.http import HttpResponse

from tallystick.actions.agree_on_norm import agree_on_norm
from tallystick.actions.record_pilot import record_pilot
from tallystick.actions.state_standing import record_certificate, state_standing
from tallystick.actions.state_team import state_team
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.pilots import Pilot
from tallystick.web.bid_frames import bid_of, form_page, posted
from tallystick.web.forms.bid_standing import CertificateForm, PilotForm, StandingForm
from tallystick.web.forms.norms import MeasureForm, TeamForm
from tallystick.web.lookup import ViewerRequest


def standing(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Write down how the company stands."""
    bid = bid_of(request, bid_id)
    form = StandingForm(posted(request), initial=StandingForm.initial_of(bid.supplier))
    return form_page(
        request,
        bid,
        form,
        lambda: state_standing(
            bid=bid, standing=form.told(), by=request.viewer, as_of=datetime.now(UTC)
        ),
        title=f"How {bid.name} stands",
        lead="It holds for each of its bids.",
        said="The standing is written down.",
        section="standing",
    )


def certificate(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Record a certificate, or renew one."""
    bid = bid_of(request, bid_id)
    form = CertificateForm(posted(request))
    return form_page(
        request,
        bid,
        form,
        lambda: record_certificate(
            bid=bid, **form.cleaned_data, by=request.viewer, as_of=datetime.now(UTC)
        ),
        title="Record a certificate",
        said="The certificate is recorded.",
        section="standing",
    )


def pilot(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Plan a pilot, or record what was seen in it."""
    bid = bid_of(request, bid_id)
    known = Pilot.objects.visible_to(request.viewer).filter(bid=bid).first()
    form = PilotForm(posted(request), initial=PilotForm.initial_of(known) if known else None)
    return form_page(
        request,
        bid,
        form,
        lambda: record_pilot(
            bid=bid, pilot=form.told(), by=request.viewer, as_of=datetime.now(UTC)
        ),
        title=f"Paid pilot with {bid.name}",
        lead="A few paid days of real work show what no interview does. Plan the day now, and "
        "come back with what you saw.",
        said="The pilot is recorded.",
        section="together",
    )


def team(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Say when and in which language the bidder's team works."""
    bid = bid_of(request, bid_id)
    known = DeliveryTeam.objects.visible_to(request.viewer).filter(bid=bid).first()
    form = TeamForm(posted(request), initial=TeamForm.initial_of(known) if known else None)
    return form_page(
        request,
        bid,
        form,
        lambda: state_team(
            selection=bid.selection,
            bid=bid,
            ways=form.ways(),
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        title=f"When the team of {bid.name} works",
        lead="Of the people who will do the work. Where they come from is not asked.",
        said="The hours of the team are recorded.",
        section="together",
    )


def measure(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Write down how both teams will work on a point on which they differ."""
    bid = bid_of(request, bid_id)
    form = MeasureForm(posted(request), initial={"item": request.GET.get("item", "")[:20]})
    return form_page(
        request,
        bid,
        form,
        lambda: agree_on_norm(
            bid=bid, **form.cleaned_data, by=request.viewer, as_of=datetime.now(UTC)
        ),
        title=f"Agree with {bid.name}",
        lead="Neither way is the better one. What counts is that both teams know which holds.",
        said="What you agreed is written down.",
        section="together",
    )
