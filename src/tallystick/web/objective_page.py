"""One objective: how it fares, what was measured, how important it is, and every wording it had."""

from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.record_actual import record_actual
from tallystick.engine.objectives import importance_gap, misaligned
from tallystick.engine.values import decimal_text
from tallystick.records.importance import Importance
from tallystick.records.objective_actuals import ObjectiveActual
from tallystick.records.objective_figures import fared, known_values
from tallystick.records.objective_standing import wording_changes
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import risks_to
from tallystick.records.roles import Duty
from tallystick.web.components.words import day
from tallystick.web.forms.objectives import ActualForm, ImportanceForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.objective_cards import card_of, read_along
from tallystick.web.objective_chart import objective_chart
from tallystick.web.objective_words import change_sentences, figure
from tallystick.web.tables import Column, Empty, Table

FOLLOWED = ("engagement__client", "engagement__provider", "parent")


def find_objective(request: ViewerRequest, objective_id: str) -> Objective:
    """Return the objective that an address names, with what every page of it needs."""
    return find(Objective, request.viewer, objective_id, *FOLLOWED)


def show(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Show one objective."""
    return _page(request, find_objective(request, objective_id))


def weigh(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Say how important an objective is; the other party reads it once both have said it."""
    objective = find_objective(request, objective_id)
    form = ImportanceForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            rate_importance(
                objective=objective,
                importance=form.cleaned_data["importance"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Kept. Both read it once both have rated.")
            return redirect("objective", objective.public_id)
    return _page(request, objective, weighing=form)


def record(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Record a value that was measured, or correct one."""
    objective = find_objective(request, objective_id)
    rows = _standing(request, objective)
    form = ActualForm(_choices(rows), request.POST)
    if form.is_valid():
        given = form.cleaned_data
        known = {each.public_id: each for each in rows}
        with refused_on(form):
            record_actual(
                objective=objective,
                on=given["on"],
                value=given["value"],
                note=given["note"],
                corrects=known.get(given["corrects"]),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The value is recorded.")
            return redirect("objective", objective.public_id)
    return _page(request, objective, recording=form)


def _standing(request: ViewerRequest, objective: Objective) -> list[ObjectiveActual]:
    rows = ObjectiveActual.objects.visible_to(request.viewer).filter(objective=objective)
    return list(rows.filter(corrected_by=None).order_by("-on", "-id"))


def _choices(rows: list[ObjectiveActual]) -> list[tuple[str, str]]:
    return [(each.public_id, f"{decimal_text(each.value)} on {day(each.on)}") for each in rows]


def _page(
    request: ViewerRequest,
    objective: Objective,
    *,
    weighing: ImportanceForm | None = None,
    recording: ActualForm | None = None,
) -> HttpResponse:
    (whole,) = (
        Objective.objects.visible_to(request.viewer)
        .filter(pk=objective.pk)
        .select_related(*FOLLOWED)
        .prefetch_related(*read_along(request.viewer))
    )
    values = _values(request, whole)
    if values is not None and values.wants_file:
        return values.file("values")
    seen = fared(whole, known_values([whole])[whole.pk], datetime.now(UTC).date())
    viewer, engagement = request.viewer, whole.engagement
    objectives = reverse("objectives", args=[engagement.public_id])
    rows = _standing(request, whole)
    by_hand = viewer.may(Duty.RECORD_ACTUALS) and not whole.service_level
    shown: dict[str, Any] = {
        "card": card_of(whole, seen),
        "risks": risks_to(viewer, whole),
        "chart": objective_chart(whole, seen),
        "problem": seen.problem,
        "values": values,
        "versions": _versions(whole),
        "weight": _importance(request, whole),
        "weighing": weighing or ImportanceForm(),
        "recording": recording or ActualForm(_choices(rows)),
        "may_record": by_hand,
        "may_state": viewer.may(Duty.PLAN_ENGAGEMENT),
        "may_weigh": viewer.may(Duty.WEIGH),
        "may_acknowledge": viewer.may(Duty.ACKNOWLEDGE),
        "wrong": next((each for each in (weighing, recording) if each is not None), None),
    }
    around = frame(request, engagement, "objectives", ("Objectives", objectives))
    status = 422 if shown["wrong"] else 200
    return render(request, "objectives/show.html", around | shown, status=status)


def _values(request: ViewerRequest, objective: Objective) -> Table | None:
    """Return every row that was recorded, corrected ones too; None where a level is read."""
    if objective.service_level:
        return None
    kept = (
        ObjectiveActual.objects.visible_to(request.viewer)
        .filter(objective=objective)
        .select_related("recorded_by", "corrected_by")
        .order_by("-on", "-id")
    )
    rows = [
        {
            "on": each.on,
            "value": figure(Fraction(each.value), objective.unit),
            "note": each.note,
            "by": f"{each.recorded_by.name}, {day(each.recorded_at.date())}",
            "stands": "Corrected" if hasattr(each, "corrected_by") else _came(each),
        }
        for each in kept
    ]
    return Table(
        (
            Column("on", "Day", sortable=False),
            Column("value", "Value", numeric=True, sortable=False),
            Column("stands", "Came by", sortable=False),
            Column("note", "Note", sortable=False),
            Column("by", "Recorded by", sortable=False),
        ),
        rows,
        request.GET,
        caption="What was measured",
        empty=Empty("Nothing measured yet", "A value a month is enough to see where it goes."),
        name="values",
        filtering=False,
        page_rows=12,
    )


def _came(actual: ObjectiveActual) -> str:
    words = {"hand": "Hand", "import": "File", "api": "Program"}[actual.came_by]
    return f"{words}, corrected" if actual.corrects_id else words


def _versions(objective: Objective) -> list[dict[str, Any]]:
    """Return each version, the newest first, with what it changed and the word on it."""
    kept = sorted(objective.versions.all(), key=lambda each: each.version)
    words = {each.version: each for each in objective.acknowledgements.all()}
    changed = {
        after.version: change_sentences(wording_changes(before.wording, after.wording))
        for before, after in pairwise(kept)
    }
    return [
        {
            "version": each.version,
            "stated_at": each.stated_at,
            "stated_by": each.stated_by.name if each.stated_by else "",
            "changes": changed.get(each.version, []),
            "word": words.get(each.version),
        }
        for each in reversed(kept)
    ]


def _importance(request: ViewerRequest, objective: Objective) -> dict[str, Any]:
    """Return what this viewer may read of both sides' ratings."""
    shared = max(objective.shared_importances.all(), key=lambda each: each.round, default=None)
    sealed = Importance.objects.visible_to(request.viewer).filter(
        objective=objective, round__gt=shared.round if shared else 0
    )
    own = sealed.order_by("-round").first()
    gap = importance_gap(shared.client, shared.provider) if shared else None
    return {"shared": shared, "own": own, "gap": gap, "apart": misaligned(gap)}
