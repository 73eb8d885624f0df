"""One risk: what it says, what it may cost, what is done about it, what warns of it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tallystick.engine.risk.treatment import worth_of_control
from tallystick.records.indicators import SignSource
from tallystick.records.issued import issues_from
from tallystick.records.posts import Staffing
from tallystick.records.risk_prices import control_of, risk_of
from tallystick.records.risk_registers import AnyIndicator, AnyRisk, register_of, risk_review_due
from tallystick.records.risks import PrivateRisk, Proximity, Response, StepKind
from tallystick.records.roles import Duty
from tallystick.web.components.words import ABSENT, day, percent, sentence
from tallystick.web.lookup import ViewerRequest
from tallystick.web.risk_words import COMPARISONS, PROXIMITIES, REGISTERS, RESPONSES, whole
from tallystick.web.risks.found import find_risk
from tallystick.web.risks.frames import risks_around
from tallystick.web.risks.identify import level_names
from tallystick.web.risks.loss_chart import exposure_chart, loss_chart


def show(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Show one risk with its history."""
    risk = find_risk(request.viewer, risk_id)
    register, viewer = register_of(risk), request.viewer
    steps: list[Any] = list(
        register.steps.objects.visible_to(viewer)
        .filter(risk=risk.pk)
        .select_related("risk", "taken_by")
        .order_by("-taken_at", "-id")
    )
    indicators = (
        register.indicators.objects.visible_to(viewer)
        .filter(risk=risk.pk)
        .select_related("objective")
        .order_by("ended_at", "id")
    )
    levels = level_names(viewer, risk.engagement)
    today = datetime.now(UTC).date()
    due = risk_review_due(risk)
    may = viewer.may(Duty.MANAGE_RISKS)
    shown = {
        "risk": risk,
        "status_word": risk.status,
        "story": _story(risk),
        "facts": _facts(risk, due, levels),
        "late": due is not None and due < today,
        "price": _price(risk),
        "curve": loss_chart(risk.assessed | {"currency": risk.currency}) if risk.assessed else None,
        "exposure": exposure_chart(reversed(steps), risk.currency, today),
        "steps": [(each, _step_words(each.kind), _occurred(risk, each.document)) for each in steps],
        "indicators": [(each, sign_words(each, levels), _state(each)) for each in indicators],
        "may_manage": may and risk.is_open,
        "may_reopen": may and not risk.is_open and not _shared_as(risk),
        "may_share": may and risk.is_open and _may_share(risk),
        "shared_as": _shared_as(risk),
        "issues": list(issues_from(viewer, risk)),
        "wants_lesson": viewer.may(Duty.PUBLISH_LESSON)
        and any(each.kind == StepKind.OCCURRED for each in steps),
    }
    around = risks_around(request, risk.engagement, register=register)
    return render(request, "risks/show.html", around | shown)


def _may_share(risk: AnyRisk) -> bool:
    return isinstance(risk, PrivateRisk) and risk.engagement.provider_id is not None


def _shared_as(risk: AnyRisk) -> Any:
    return risk.shared_as if isinstance(risk, PrivateRisk) else None


def _story(risk: AnyRisk) -> list[tuple[str, str]]:
    parts = (("Because", risk.cause), ("this may happen", risk.event), ("and so", risk.effect))
    return [(label, text) for label, text in parts if text]


def _facts(risk: AnyRisk, due: date | None, levels: Mapping[str, str]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [
        ("Owner", Staffing([risk.engagement]).named(risk.owner)),
        ("Done by", risk.actionee.name if risk.actionee else ""),
        ("About", sentence(risk.category)),
        ("How soon", PROXIMITIES[Proximity(risk.proximity)] if risk.proximity else ""),
        ("Objective", risk.objective.statement if risk.objective else ""),
        ("Service level", levels.get(risk.service_level, risk.service_level)),
        ("Supplier", risk.supplier),
        ("Leads to", risk.leads_to.title if risk.leads_to else ""),
        ("Identified", day(risk.identified_on)),
        ("Last reviewed", day(risk.reviewed_on) if risk.reviewed_on else "Never"),
        ("Review by", day(due) if due else ""),
        ("Read by", REGISTERS[register_of(risk).name]),
    ]
    if risk.response:
        found.insert(2, ("Response", RESPONSES[Response(risk.response)]))
    # What nobody has said takes no line.
    return [(label, told) for label, told in found if told]


def _price(risk: AnyRisk) -> dict[str, Any] | None:
    """Return the newest assessment in words."""
    if not risk.assessed:
        return None
    before, after = risk.assessed["inherent"], risk.assessed["residual"]
    money = risk.currency
    rows = (
        ("Mean loss a year", "expected"),
        ("P50: half of all years stay below", "p50"),
        ("P80: four in five", "p80"),
        ("P95: nineteen in twenty", "p95"),
        ("Mean of the worst 5 %", "tail95"),
    )
    return {
        "rows": [(label, whole(before[k], money), whole(after[k], money)) for label, k in rows],
        "no_loss": (percent(float(before["no_loss"]), 0), percent(float(after["no_loss"]), 0)),
        "often": frequency_words(before["frequency"]),
        "much": magnitude_words(before["magnitude"], money),
        "levels": (before["level"], after["level"]),
        "controls": list(_controls(risk)),
        "by_hand": risk.assessed["by_hand"],
    }


def _controls(risk: AnyRisk) -> list[tuple[str, str, str, str]]:
    found, before = [], [risk_of(risk.public_id, risk.assessed["inherent"])]
    for plain in risk.assessed["controls"]:
        control = control_of(frozenset([risk.public_id]), plain)
        worth = worth_of_control(before, control)
        saved = whole(float(worth.before - worth.after), risk.currency)
        returned = ABSENT if worth.returned is None else f"{float(worth.returned):.1f}"
        found.append((plain["name"], whole(plain["cost"], risk.currency), saved, returned))
        before = control.applied(before)
    return found


def frequency_words(plain: Mapping[str, Any]) -> str:
    """Say how often."""
    if plain["kind"] == "once":
        return f"Once or not at all, with a chance of {percent(float(plain['chance']), 1)}"
    if plain["low"] == plain["high"]:
        return f"{plain['low']} times a year"
    return f"{plain['low']} to {plain['high']} times a year, most likely {plain['likely']}"


def magnitude_words(plain: Mapping[str, Any], currency: str) -> str:
    """Say what it costs each time."""
    low, high = whole(plain["low"], currency), whole(plain["high"], currency)
    if plain["kind"] == "lognormal":
        cap = f", never more than {whole(plain['cap'], currency)}" if plain.get("cap") else ""
        return f"Nine times in ten between {low} and {high}{cap}"
    if plain["low"] == plain["high"]:
        return low
    return f"{low} to {high}, most likely {whole(plain['likely'], currency)}"


def _step_words(kind: str) -> str:
    return {StepKind.AMENDED: "Worded anew", StepKind.WARNED: "An indicator tripped"}.get(
        StepKind(kind), sentence(kind)
    )


def _occurred(risk: AnyRisk, document: Mapping[str, Any]) -> str:
    cost = document.get("cost")
    return f"It cost {whole(cost, risk.currency)}." if cost else ""


def sign_words(indicator: AnyIndicator, levels: Mapping[str, str]) -> str:
    """Say what an indicator reads and when it warns; `levels` are the names in force."""
    key = indicator.service_level
    read = indicator.objective.statement if indicator.objective else levels.get(key, key)
    if indicator.source == SignSource.ACTION_AGE:
        read = "the median age of open action items, in days"
    row = f", {indicator.consecutive} times in a row" if indicator.consecutive > 1 else ""
    threshold = f"{indicator.threshold.normalize():f}"
    return f"Warns {COMPARISONS[indicator.sign.comparison]} {threshold}{row}" + (
        f" · reads {read}" if read else " · read by hand"
    )


def _state(indicator: AnyIndicator) -> str:
    if indicator.ended_at is not None:
        return "ended"
    if indicator.tripped_on is not None:
        return "tripped"
    return "armed" if indicator.read_on else "no-data"
