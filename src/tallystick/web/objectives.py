"""Objectives: what an engagement is for, and the provider's word on each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.state_objective import state_objective
from tallystick.engine.guardrails.detectors.objective_not_smart import lacking
from tallystick.engine.guardrails.snapshot import Objective as Stated
from tallystick.records.beside import OBJECTIVES, suggested
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Acknowledgement, Objective
from tallystick.records.roles import Duty
from tallystick.records.snapshots import objective_values
from tallystick.web.beside import beside_fields, beside_objectives
from tallystick.web.components.words import day
from tallystick.web.counts import listed
from tallystick.web.forms.objectives import ObjectiveForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class Card:
    """One objective, ready to draw; `acknowledgement` is the word on its present version."""

    objective: Objective
    missing: tuple[str, ...]
    acknowledgement: Acknowledgement | None
    earlier: int

    @property
    def statement(self) -> str:
        """Return what shall be better."""
        return self.objective.statement

    @property
    def way(self) -> str:
        """Return baseline and target: "24 to 12 working days"."""
        ends = [self.objective.baseline_value or "?", self.objective.target or "?"]
        return " ".join(filter(None, [" to ".join(ends), self.objective.unit]))

    @property
    def due_on(self) -> object:
        """Return the day by which the target is to be reached."""
        return self.objective.due_on

    @property
    def owners(self) -> str:
        """Return the two owners."""
        return ", ".join(filter(None, [self.objective.client_owner, self.objective.provider_owner]))

    @property
    def wording(self) -> str:
        """Say whether the objective is complete: "No baseline and no due date"."""
        words = listed([f"no {part}" for part in self.missing])
        return words[:1].upper() + words[1:] if words else "Complete"

    @property
    def word(self) -> str:
        """Return whether the present version is acknowledged, as a status word."""
        return "acknowledged" if self.acknowledgement else "unacknowledged"

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Return every part of the objective."""
        said = self.objective
        measured = [said.baseline_value, said.unit if said.baseline_value else ""]
        baseline = " ".join(filter(None, measured))
        when = f", {day(said.baseline_on)}" if baseline and said.baseline_on else ""
        how = f" ({said.baseline_method})" if said.baseline_method else ""
        target = " ".join(filter(None, [said.target, said.unit if said.target else ""]))
        return [
            ("Measured by", said.measure),
            ("Baseline", f"{baseline}{when}{how}"),
            ("Target", target),
            ("To be reached by", day(said.due_on)),
            ("Figures come from", said.source),
            ("Owner at the client", said.client_owner),
            ("Owner at the provider", said.provider_owner),
        ]


def card_of(objective: Objective) -> Card:
    """Return an objective with what it lacks and the provider's word on it."""
    stated = Stated.model_validate(objective_values(objective))
    provider_known = objective.engagement.provider_id is not None
    words = list(objective.acknowledgements.all())
    now = next((each for each in words if each.version == objective.version), None)
    missing = tuple(lacking(stated, provider_known=provider_known))
    return Card(objective, missing, now, max((each.version for each in words), default=0))


def _anchor(row: Card) -> str:
    return f"#objective-{row.objective.public_id}"


COLUMNS = (
    Column("statement", "Objective", link=_anchor),
    Column("way", "From and to"),
    Column("due_on", "By"),
    Column("owners", "Owners"),
    Column("wording", "Wording"),
)
ACKNOWLEDGED = Column("word", "Acknowledged", template="objectives/cells/word.html")


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the objectives, what each still lacks, and whether the provider has understood it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    stored = (
        Objective.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("engagement")
        .prefetch_related("acknowledgements__acknowledged_by")
        .order_by("id")
    )
    cards = [card_of(objective) for objective in stored]
    may_state = request.viewer.may(Duty.PLAN_ENGAGEMENT)
    table = _table(request, engagement, cards, may_state)
    if table.wants_file:
        return table.file("objectives")
    beside = beside_objectives(request.viewer, engagement, datetime.now(UTC))
    shown = {
        "table": table,
        "cards": [(card, beside.get(card.objective.public_id, ())) for card in cards],
        "beside": beside.get("", ()),
        "may_state": may_state,
        "may_acknowledge": request.viewer.may(Duty.ACKNOWLEDGE),
    }
    return render(
        request, "objectives/index.html", frame(request, engagement, "objectives") | shown
    )


def _table(
    request: ViewerRequest, engagement: Engagement, cards: Sequence[Card], may_state: bool
) -> Table:
    empty = Empty(
        "No objective yet",
        "An objective says what shall be better, from where to where, by when, and who answers for "
        "it on each side. Everything else is measured against it.",
        "State an objective" if may_state else "",
        reverse("objective_new", args=[engagement.public_id]),
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
        Objective, request.viewer, objective_id, "engagement__client", "engagement__provider"
    )
    return _state(request, objective.engagement, objective)


def _state(
    request: ViewerRequest, engagement: Engagement, amends: Objective | None
) -> HttpResponse:
    initial = ObjectiveForm.initial_of(amends) if amends else {}
    form = ObjectiveForm(request.POST if request.method == "POST" else None, initial=initial)
    objectives = reverse("objectives", args=[engagement.public_id])
    if form.is_bound and form.is_valid():
        if amends and not form.has_changed():
            messages.info(request, "Nothing was changed, so the version stays as it is.")
            return redirect(objectives)
        state = partial(state_objective, engagement=engagement, amends=amends, by=request.viewer)
        with refused_on(form):
            stated = state(wording=form.wording(), as_of=datetime.now(UTC))
            messages.success(request, f"Version {stated.version} of the objective is stated.")
            return redirect(f"{objectives}#objective-{stated.public_id}")
    found = beside_fields(request.viewer, amends, datetime.now(UTC)) if amends else {}
    shown = frame(request, engagement, "objectives", ("Objectives", objectives))
    shown |= {"form": form, "amends": amends, "back": objectives}
    shown["rows"] = [(bound, found.get(bound.name, ())) for bound in form]
    shown["unplaced"] = found.get("", ())
    shown["beside"] = suggested(request.viewer, engagement, OBJECTIVES)
    shown["submit"] = "Save the new version" if amends else "State the objective"
    return render(request, "objectives/state.html", shown, status=422 if form.is_bound else 200)


def acknowledge(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Record that the provider has read and understood the version it was shown."""
    objective = find(Objective, request.viewer, objective_id, "engagement")
    shown = request.POST.get("version", "")
    back = redirect("objectives", objective.engagement.public_id)
    if shown and shown != str(objective.version):
        messages.error(
            request, "The client has amended this objective meanwhile. Read it again, below."
        )
        return back
    with refused_on_the_next_page(request):
        acknowledge_objective(objective=objective, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"You have acknowledged “{objective.statement}”.")
    return back
