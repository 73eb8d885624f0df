"""What the risks of a register may cost together: the loss curve, the reserve, the tornado."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.set_risk_budget import set_risk_budget
from tallystick.actions.simulate_risks import simulate_risks
from tallystick.engine.risk import beyond
from tallystick.records.engagements import Engagement
from tallystick.records.risk_prices import curve_in, plain_curve
from tallystick.records.risk_registers import PRIVATE, SHARED
from tallystick.records.roles import Duty
from tallystick.records.simulated import largest_first
from tallystick.records.simulations import PrivateSimulation, RiskBudget, Simulation
from tallystick.web.bar_list import Bar, BarList, BarPart
from tallystick.web.components.words import percent
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.risk_budgets import BudgetForm, SimulateForm
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.risk_words import REGISTERS, signed, whole
from tallystick.web.risks.found import find_simulation
from tallystick.web.risks.frames import risks_around
from tallystick.web.risks.loss_chart import above_words, loss_chart

AnySimulation = Simulation | PrivateSimulation


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the newest simulation that the viewer reads, and those before."""
    return _index(request, find(Engagement, request.viewer, engagement_id, "client", "provider"))


def _index(
    request: ViewerRequest, engagement: Engagement, form: SimulateForm | None = None
) -> HttpResponse:
    made: list[AnySimulation] = []
    kinds = (Simulation, PrivateSimulation) if request.viewer.is_client else (Simulation,)
    for kind in kinds:
        rows = kind.objects.visible_to(request.viewer).filter(engagement=engagement)
        made += rows.select_related("simulated_by").order_by("-id")[:20]
    made.sort(key=lambda each: each.simulated_at, reverse=True)
    budget = _budget(request, engagement)
    shown = {
        "newest": _told(made[0], budget) if made else None,
        "made": [(each, _read_by(each), _p80(each)) for each in made],
        "form": form or SimulateForm(),
        "budget": budget,
        "is_client": request.viewer.is_client,
        "may_manage": request.viewer.may(Duty.MANAGE_RISKS),
        "may_budget": request.viewer.may(Duty.BUDGET_RISKS),
    }
    register = PRIVATE if made and isinstance(made[0], PrivateSimulation) else SHARED
    around = risks_around(request, engagement, register=register)
    status = 422 if form is not None else 200
    return render(request, "risks/simulations.html", around | shown, status=status)


def make(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Simulate the register as it stands."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    form = SimulateForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            simulate_risks(
                engagement=engagement,
                shared=form.cleaned_data["shared"],
                correlation=float(form.cleaned_data["correlation"]),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Simulated.")
            return redirect("simulations", engagement.public_id)
    return _index(request, engagement, form)


def show(request: ViewerRequest, simulation_id: str) -> HttpResponse:
    """Show one simulation as it was made."""
    made = find_simulation(request.viewer, simulation_id)
    register = PRIVATE if isinstance(made, PrivateSimulation) else SHARED
    above = ("Simulations", reverse("simulations", args=[made.engagement.public_id]))
    shown = {"told": _told(made, _budget(request, made.engagement))}
    around = risks_around(request, made.engagement, above, register=register)
    return render(request, "risks/simulation.html", around | shown)


def budget(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Set appetite and reserve; for the client alone."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    own = _budget(request, engagement)
    form = BudgetForm(own, posted(request))
    return form_page(
        request,
        form,
        lambda: set_risk_budget(
            engagement=engagement,
            budget=form.budget(),
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: risks_around(request, engagement, register=PRIVATE),
        changes=own,
        title="Appetite and reserve",
        lead="What you can bear, and what you have set aside. The provider reads neither.",
        said="Kept. Simulate anew to hold the curve against it.",
        back=reverse("simulations", args=[engagement.public_id]),
    )


def _budget(request: ViewerRequest, engagement: Engagement) -> RiskBudget | None:
    return RiskBudget.objects.visible_to(request.viewer).filter(engagement=engagement).first()


def _read_by(made: AnySimulation) -> str:
    return REGISTERS["private" if isinstance(made, PrivateSimulation) else "shared"]


def _p80(made: AnySimulation) -> str:
    return whole(made.document["residual"]["p80"], made.document["currency"])


def _told(made: AnySimulation, budget: RiskBudget | None) -> dict[str, Any]:
    document = made.document
    money = document["currency"]
    before, after = document["inherent"], document["residual"]
    rows = (
        ("Mean", "expected"), ("P50: one year in two costs more", "p50"),
        ("P80: one in five does", "p80"), ("P95: one in twenty does", "p95"),
        ("P99: one in a hundred does", "p99"), ("Mean of the worst 5 %", "tail95"),
    )  # fmt: skip
    same = budget is not None and budget.currency == money
    appetite = document.get("appetite") or (budget.appetite if budget and same else [])
    above = document.get("above")
    if above is None and appetite:
        above = plain_curve(beyond(curve_in(after["curve"]), curve_in(appetite)))
    return {
        "made": made,
        "read_by": _read_by(made),
        "chart": loss_chart(document, appetite),
        "above": above_words(above or [], curve_in(appetite), money) if appetite else "",
        "has_appetite": bool(appetite),
        "rows": [(label, whole(before[k], money), whole(after[k], money)) for label, k in rows],
        "band": (whole(after["p80_low"], money), whole(after["p80_high"], money)),
        "error": _error(after),
        "no_loss": percent(float(after["no_loss"]), 0),
        "reserve": _reserve(document, money),
        "tornado": _tornado(document, money),
        "controls": _controls(document, money),
        "correlation": document["correlation"],
    }


def _error(after: Mapping[str, Any]) -> str:
    """Say by how much of itself the P80 may be off for want of draws; nothing where it is 0."""
    low, p80, high = (float(after[name]) for name in ("p80_low", "p80", "p80_high"))
    return percent((high - low) / 2 / p80, 1) if p80 else ""


def _reserve(document: Mapping[str, Any], money: str) -> dict[str, Any] | None:
    kept = document.get("reserve")
    if kept is None:
        return None
    lasts = None if kept["adequacy"] is None else float(kept["adequacy"])
    return {
        "needed": whole(kept["needed"], money),
        "remaining": whole(kept["remaining"], money),
        "adequacy": "" if lasts is None else percent(lasts, 0),
        "enough": lasts is not None and lasts >= 1,
        "known": lasts is not None,
    }


def _tornado(document: Mapping[str, Any], money: str) -> BarList:
    risks = largest_first(document)[:12]
    most = max((abs(float(each["share"])) for each in risks), default=0) or 1
    bars = []
    for each in risks:
        share = float(each["share"])
        figure = f"{100 * share:.0f}%"
        width = round(100 * abs(share) / most, 2)
        detail = f"mean {whole(each['expected'], money)}, P95 {whole(each['p95'], money)}"
        part = BarPart(0, width, "change", "", f"{each['title']}: {figure}")
        bars.append(Bar(each["title"], figure, detail, [part]))
    return BarList(
        "What makes a year dear: how much of the ups and downs of the total comes from each risk",
        bars,
    )


def _controls(document: Mapping[str, Any], money: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            each["name"],
            whole(each["cost"], money),
            signed(each["saved"], money),
            "" if each["returned"] is None else each["returned"],
        )
        for each in document["controls"]
    ]
