"""Objectives: what an engagement is for, and the provider's word on each of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.state_objective import ObjectiveChanged, state_objective
from tallystick.engine.objectives.starters import starter_called
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.beside import OBJECTIVES, suggested
from tallystick.records.engagements import Engagement
from tallystick.records.objective_standing import realised
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.web.beside import Beside, Shown, beside_fields, beside_objectives
from tallystick.web.components.words import percent
from tallystick.web.counts import counted
from tallystick.web.forms.objectives import MORE, ObjectiveForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.objective_cards import Card, cards_of
from tallystick.web.tables import Column, Empty, Table


def _address(row: Card) -> str:
    return reverse("objective", args=[row.objective.public_id])


COLUMNS = (
    Column("statement", "Objective", link=_address),
    Column("way", "From and to"),
    Column("due_on", "By"),
    Column("owners", "Owners"),
    Column("wording", "Wording"),
    Column("standing", "How it fares", template="objectives/cells/word.html"),
)
MOST_OPEN = 5
"""Of more objectives than these the findings of each are folded: the page stays one to read."""
ACKNOWLEDGED = Column("word", "Acknowledged", template="objectives/cells/word.html")


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the objectives, what each still lacks, and whether the provider has understood it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    cards = cards_of(request.viewer, engagement, now.date())
    may_state = request.viewer.may(Duty.PLAN_ENGAGEMENT)
    table = _table(request, engagement, cards, may_state)
    if table.wants_file:
        return table.file("objectives")
    beside = beside_objectives(request.viewer, engagement, now)
    share = realised([(each.objective, each.seen) for each in cards])
    shown = {
        "table": table,
        "cards": [_with_findings(card, beside) for card in cards],
        "few": len(cards) <= MOST_OPEN,
        "beside": beside.get("", ()),
        "may_state": may_state,
        "may_acknowledge": request.viewer.may(Duty.ACKNOWLEDGE),
        "realised": "" if share is None else percent(share, 0),
        "reads_case": request.viewer.is_client,
    }
    return render(
        request, "objectives/index.html", frame(request, engagement, "objectives") | shown
    )


def _with_findings(card: Card, beside: Beside) -> tuple[Card, Sequence[Shown], str]:
    found = beside.get(card.objective.public_id, ())
    return card, found, f"{counted(len(found), 'finding')} of the guardrails"


def _table(
    request: ViewerRequest, engagement: Engagement, cards: Sequence[Card], may_state: bool
) -> Table:
    empty = Empty(
        "No objective yet",
        "An objective says what shall be better, from where to where, by when, and who answers for "
        "it on each side. Everything else is measured against it.",
        "State an objective" if may_state else "",
        reverse("objective_start", args=[engagement.public_id]),
    )
    # Before there is a provider nobody can give a word.
    columns = (*COLUMNS, ACKNOWLEDGED) if engagement.provider_id else COLUMNS
    return Table(columns, cards, request.GET, caption="Objectives at a glance", empty=empty)


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """State an objective."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _state(request, engagement, None)


def edit(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """State an objective anew: the next version, which awaits the provider's word again."""
    objective = find(
        Objective,
        request.viewer,
        objective_id,
        "engagement__client",
        "engagement__provider",
        "parent",
    )
    return _state(request, objective.engagement, objective)


def _form(
    request: ViewerRequest, engagement: Engagement, amends: Objective | None
) -> ObjectiveForm:
    others = Objective.objects.visible_to(request.viewer).filter(engagement=engagement)
    if amends:
        others = others.exclude(pk=amends.pk)
        initial = ObjectiveForm.initial_of(amends)
    else:
        initial = ObjectiveForm.initial_from(starter_called(request.GET.get("from", "")))
    levels = _levels(request, engagement)
    data = request.POST if request.method == "POST" else None
    return ObjectiveForm(list(others.order_by("id")), levels, data, initial)


def _levels(request: ViewerRequest, engagement: Engagement) -> Mapping[str, str]:
    signed = Agreement.objects.visible_to(request.viewer).filter(
        engagement=engagement, state=AgreementState.IN_FORCE
    )
    names: dict[str, str] = {}
    for each in signed.order_by("in_force_from"):
        names |= each.level_names
    return names


def _state(
    request: ViewerRequest, engagement: Engagement, amends: Objective | None
) -> HttpResponse:
    form = _form(request, engagement, amends)
    objectives = reverse("objectives", args=[engagement.public_id])
    now = str(amends.version) if amends else ""
    seen = request.POST.get("seen", now)
    if form.is_bound and form.is_valid():
        if amends and not form.has_changed():
            messages.info(request, "Nothing was changed, so the version stays as it is.")
            return redirect(objectives)
        state = partial(state_objective, engagement=engagement, amends=amends, by=request.viewer)
        with refused_on(form):
            try:
                stated = state(wording=form.wording(), seen=seen, as_of=datetime.now(UTC))
            except ObjectiveChanged:
                # Only who is told of a change has seen it.
                seen = now
                raise
            messages.success(request, f"Version {stated.version} of the objective is stated.")
            return redirect(f"{objectives}#objective-{stated.public_id}")
    found = beside_fields(request.viewer, amends, datetime.now(UTC)) if amends else {}
    shown = frame(request, engagement, "objectives", ("Objectives", objectives))
    shown |= {"form": form, "amends": amends, "back": objectives}
    shown["seen"] = seen
    shown["rows"] = [(each, found.get(each.name, ())) for each in form if each.name not in MORE]
    shown["more"] = [(each, found.get(each.name, ())) for each in form if each.name in MORE]
    shown["unplaced"] = found.get("", ())
    shown["beside"] = suggested(request.viewer, engagement, OBJECTIVES)
    shown["submit"] = "Save the new version" if amends else "State the objective"
    return render(request, "objectives/state.html", shown, status=422 if form.is_bound else 200)


def acknowledge(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Record that the provider has read and understood the version it was shown."""
    objective = find(Objective, request.viewer, objective_id, "engagement")
    shown = request.POST.get("version", "")
    page = "objective_brief" if request.POST.get("from") == "brief" else "objectives"
    # What the page did not send is no version that anybody read.
    read = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else 0
    with refused_on_the_next_page(request):
        acknowledge_objective(
            objective=objective,
            read=read if shown else None,
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, f"You have acknowledged “{objective.statement}”.")
    return redirect(page, objective.engagement.public_id)
