"""Guardrails: those that stand, what each catches now, and raising one from a lesson."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.raise_guardrail import raise_guardrail
from tallystick.engine.guardrails.conditions.recipes import RECIPES
from tallystick.engine.guardrails.conditions.scan import FUNCTIONS, LOOPS
from tallystick.engine.guardrails.conditions.schema import known_names, top_level
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.snapshot import RaisedGuardrail
from tallystick.engine.guardrails.stages import STAGES
from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.roles import Duty
from tallystick.records.standing import (
    Preview,
    Standing,
    present_engagements,
    preview_of,
    standing_guardrails,
)
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import sentence
from tallystick.web.counts import counted, listed
from tallystick.web.forms.guardrails import LONGEST_REMEDY, GuardrailForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.places import Mend, Places
from tallystick.web.tables import Column, Empty, Table

_SPELLED = {
    "midterm-skipped": "Mid-term review skipped",
    "objective-not-smart": "Objective not SMART",
    "raci-hole": "RACI hole",
    "winners-curse": "Winner's curse",
}
"""What a slug cannot spell."""
ORIGINS = BUILT_IN, RAISED, RETIRED = "Built in", "A lesson", "A lesson; retired"


@dataclass(frozen=True, slots=True)
class Row:
    """A guardrail in the table of all."""

    code: str
    title: str
    severity: str
    rank: int
    stage: str
    position: int
    origin: str
    caught: int

    @classmethod
    def of(cls, standing: Standing) -> "Row":
        """Return the row of a guardrail."""
        rail = standing.rail
        return cls(
            code=rail.code,
            title=title_of(standing),
            severity=rail.severity.value,
            rank=rail.severity.rank,
            stage=rail.stages[0].value,
            position=rail.stages[0].position,
            origin=origin_of(standing),
            caught=len(standing.engagements),
        )


COLUMNS = (
    Column("code", "Code", link=lambda row: reverse("guardrail", args=[row.code])),
    Column("title", "Watches for"),
    Column(
        "severity",
        "Severity",
        order_by="rank",
        template="guardrails/cells/severity.html",
        options=[(each.value, sentence(each.value)) for each in Severity],
    ),
    Column(
        "stage",
        "From stage",
        order_by="position",
        format=sentence,
        options=[(each.value, sentence(each.value)) for each in STAGES],
    ),
    Column("origin", "Comes from", options=[(each, each) for each in ORIGINS]),
    Column("caught", "Engagements caught", numeric=True),
)


def title_of(standing: Standing) -> str:
    """Return the title in words; a built-in one is stored as a slug."""
    title = standing.rail.title
    return title if standing.raised else _SPELLED.get(title, sentence(title))


def origin_of(standing: Standing) -> str:
    """Say where a guardrail comes from, and whether it still stands."""
    if standing.raised is None:
        return BUILT_IN
    return RETIRED if standing.retired else RAISED


def index(request: ViewerRequest) -> HttpResponse:
    """Show every guardrail, built in and raised, with how many engagements violate it now."""
    standing = standing_guardrails(request.viewer, datetime.now(UTC))
    table = Table(
        COLUMNS,
        [Row.of(each) for each in standing],
        request.GET,
        caption="Guardrails",
        empty=Empty("No guardrail", "The built-in ones should stand here."),
    )
    if table.wants_file:
        return table.file("guardrails")
    caught = {engagement.pk for each in standing for engagement in each.engagements}
    present = present_engagements(request.viewer)
    shown = {
        "table": table,
        "built_in": sum(each.raised is None for each in standing),
        "raised": sum(each.raised is not None and not each.retired for each in standing),
        "caught": len(caught),
        "caught_detail": f"of {counted(len(present), 'present engagement')}",
        "may_raise": request.viewer.may(Duty.RAISE_GUARDRAIL),
    }
    return render(request, "guardrails/index.html", shown)


def show(request: ViewerRequest, code: str) -> HttpResponse:
    """Show one guardrail: why it stands, when it fires, and what it finds now."""
    now = datetime.now(UTC)
    standing = standing_guardrails(request.viewer, now)
    found = next((each for each in standing if each.rail.code == code.upper()), None)
    if found is None:
        raise Http404
    rail = found.rail
    shown = {
        "standing": found,
        "rail": rail,
        "raised": found.raised,
        "title": f"{rail.code}: {title_of(found)}",
        "breadcrumb": [("Guardrails", reverse("guardrails"))],
        "facts": _facts(found),
        "caught": _by_engagement(request.viewer, found),
        "may_retire": bool(found.raised)
        and not found.retired
        and request.viewer.may(Duty.RAISE_GUARDRAIL),
    }
    return render(request, "guardrails/show.html", shown)


def _facts(standing: Standing) -> list[tuple[str, object]]:
    rail = standing.rail
    gates = ", ".join(stage.value for stage in rail.stages if stage.next)
    blocks = rail.severity is Severity.BLOCKER
    return [
        ("Checked", f"from the {rail.stages[0].value} stage on"),
        ("Can keep shut", f"the gates of {gates}" if blocks else "no gate"),
        ("Practice", f"{rail.practice}. {sentence(PRACTICE_NAMES[rail.practice])}"),
        *([] if standing.raised else [("Source", rail.source)]),
    ]


def _by_engagement(
    viewer: Viewer, standing: Standing
) -> list[tuple[Engagement, list[tuple[Any, str, Mend]]]]:
    """Return each engagement that is caught, with its findings and where they are mended."""
    return [
        (
            engagement,
            [
                Places(viewer, engagement, standing.rows[engagement.pk]).shown(finding)
                for caught, finding in standing.caught
                if caught == engagement
            ],
        )
        for engagement in standing.engagements
    ]


def new(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Raise a guardrail from a lesson, after a look at what it would catch."""
    lesson = find(Lesson, request.viewer, lesson_id, "client")
    if request.method != "POST":
        return _form_page(request, lesson, GuardrailForm(initial=_told_by(request, lesson)))
    form = GuardrailForm(request.POST)
    if form.is_valid():
        if "preview" in request.POST:
            return _form_page(request, lesson, form, preview=_preview(request.viewer, form))
        with refused_on(form):
            return _raised(request, lesson, form)
    return _form_page(request, lesson, form, status=422)


def _raised(request: ViewerRequest, lesson: Lesson, form: GuardrailForm) -> HttpResponse:
    made = raise_guardrail(
        lesson=lesson, wording=form.wording(), by=request.viewer, as_of=datetime.now(UTC)
    )
    messages.success(request, f"The guardrail {made.code} is raised. It is checked from now on.")
    return redirect("guardrail", made.code)


def _told_by(request: ViewerRequest, lesson: Lesson) -> dict[str, str]:
    """Return what the lesson, and the recipe that was chosen, say already."""
    told = {
        "stage": lesson.stages[0] if lesson.stages else STAGES[0].value,
        "severity": Severity.MAJOR.value,
        "rationale": " ".join(filter(None, [lesson.effect, lesson.root_cause])),
        "remedy": shortened(lesson.preventive_action),
    }
    asked = request.GET.get("recipe", "")
    recipe = next((each for each in RECIPES if each.slug == asked), None)
    if recipe is not None:
        told |= {"title": recipe.words.rstrip("."), "condition": recipe.condition}
    return told


def shortened(text: str) -> str:
    """Return as many whole sentences as a remedy holds; else its first words."""
    if len(text) <= LONGEST_REMEDY:
        return text
    cut = text[:LONGEST_REMEDY]
    return cut[: cut.rfind(". ") + 1] or cut[: cut.rfind(" ")]


def _preview(viewer: Viewer, form: GuardrailForm) -> dict[str, Any]:
    """Return what the guardrail would find now, what later, and what in past engagements."""
    wording = form.wording()
    # A code of its own, as it has none yet; checked everywhere, to see who is caught later.
    everywhere = asdict(wording) | {"code": "PREVIEW", "stage": STAGES[0]}
    raised = RaisedGuardrail(**everywhere)
    found = preview_of(viewer, raised, wording.stage, datetime.now(UTC))
    return {
        "caught": found.caught,
        "later": found.later,
        "before": found.past,
        "well": listed([each.name for each in found.present_well]),
        "well_before": listed([each.name for each in found.past_well]),
        "engagements": found.caught or found.later or found.present_well,
        "sentence": would_catch(found),
    }


def would_catch(found: Preview) -> str:
    """Say how many present and past engagements a guardrail would catch."""
    caught, later, past = (
        {engagement.pk for engagement, _ in each}
        for each in (found.caught, found.later, found.past)
    )
    present = len(caught | later) + len(found.present_well)
    said = f"it would catch {len(caught) or 'none'} of {counted(present, 'present engagement')} now"
    known = len(past) + len(found.past_well)
    return f"{said}, and would have caught {len(past) or 'none'} of {known} past" if known else said


def _form_page(
    request: ViewerRequest,
    lesson: Lesson,
    form: GuardrailForm,
    *,
    preview: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "lesson": lesson,
        "breadcrumb": [
            ("Lessons", reverse("lessons")),
            (lesson.title, reverse("lesson", args=[lesson.public_id])),
        ],
        "cancel": reverse("lesson", args=[lesson.public_id]),
        "form": form,
        "preview": preview,
        "recipes": RECIPES,
        "observed": lesson.state == LessonState.OBSERVATION,
        "fields": [name for name in known_names(top_level()) if name != "engagement"],
        "loops": LOOPS,
        "functions": FUNCTIONS,
    }
    return render(request, "guardrails/new.html", shown, status=status)
