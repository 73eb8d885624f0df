"""Early-warning indicators of a risk: set, read by hand, ended."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tallystick.actions.end_indicator import end_indicator
from tallystick.actions.read_indicator import read_indicator
from tallystick.actions.state_indicator import state_indicator
from tallystick.records.objectives import Objective
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.indicators import ReadForm, SignForm
from tallystick.web.lookup import ViewerRequest
from tallystick.web.risks.found import find_indicator, find_risk
from tallystick.web.risks.frames import around_risk
from tallystick.web.risks.identify import level_names


def new(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Set an indicator on a risk."""
    risk = find_risk(request.viewer, risk_id)
    stated = Objective.objects.visible_to(request.viewer).filter(engagement=risk.engagement)
    levels = level_names(request.viewer, risk.engagement)
    form = SignForm(levels, list(stated.order_by("id")), posted(request))
    return form_page(
        request,
        form,
        lambda: state_indicator(
            risk=risk, wording=form.wording(), by=request.viewer, as_of=datetime.now(UTC)
        ),
        lambda: around_risk(request, risk),
        title="Set an indicator",
        lead=f"What would show early that this comes true: {risk.title}",
        said="The indicator is set. It is read after each measurement, and once a day.",
        back=reverse("risk", args=[risk.public_id]) + "#indicators",
    )


def read(request: ViewerRequest, indicator_id: str) -> HttpResponse:
    """Keep a reading."""
    indicator = find_indicator(request.viewer, indicator_id)
    form = ReadForm(posted(request))
    return form_page(
        request,
        form,
        lambda: read_indicator(
            indicator=indicator,
            on=form.cleaned_data["on"],
            value=form.cleaned_data["value"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_risk(request, indicator.risk),
        title=f"Read: {indicator.name}",
        said="The reading is kept.",
        back=reverse("risk", args=[indicator.risk.public_id]) + "#indicators",
    )


def end(request: ViewerRequest, indicator_id: str) -> HttpResponse:
    """Stop reading an indicator."""
    indicator = find_indicator(request.viewer, indicator_id)
    end_indicator(indicator=indicator, by=request.viewer, as_of=datetime.now(UTC))
    messages.success(request, f"“{indicator.name}” is not read any more.")
    return redirect(reverse("risk", args=[indicator.risk.public_id]) + "#indicators")
