"""What becomes of a guardrail: it is retired, with a reason, and its history stays."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.retire_guardrail import retire_guardrail
from tallystick.records.guardrails import Guardrail
from tallystick.records.kept_findings import KeptFinding
from tallystick.web.forms.findings import ReasonForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest, find


def retire(request: ViewerRequest, code: str) -> HttpResponse:
    """Retire a guardrail that a lesson raised; the page says first what closes with it."""
    rail = find(Guardrail, request.viewer, code.upper(), "lesson", by="code")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form, "reason"):
            retire_guardrail(
                guardrail=rail,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"The guardrail {rail.code} is retired.")
            return redirect("guardrail", rail.code)
    open_ = (
        KeptFinding.objects.visible_to(request.viewer)
        .filter(code=rail.code, closed_at=None)
        .select_related("engagement")
        .order_by("engagement__name", "id")
    )
    back = reverse("guardrail", args=[rail.code])
    shown = {
        "rail": rail,
        "form": form,
        "back": back,
        "open": open_,
        "breadcrumb": [("Guardrails", reverse("guardrails")), (rail.code, back)],
    }
    status = 422 if form.is_bound else 200
    return render(request, "guardrails/retire.html", shown, status=status)
