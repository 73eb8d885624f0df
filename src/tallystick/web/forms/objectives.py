"""The forms of an objective: stating it, weighing it, and recording what was measured."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.actions.state_objective import MOST_WEIGHT, ObjectiveWording
from tallystick.engine.objectives import Direction, ObjectiveKind, Planned, figure_in
from tallystick.engine.objectives.starters import Starter
from tallystick.records.objectives import Objective
from tallystick.web.components.words import sentence
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField
from tallystick.web.objective_words import DIRECTIONS

MORE = (
    "baseline_n", "kind", "goal", "parent", "stakeholder", "tolerance", "profile",
    "service_level", "benchmark", "benchmark_source", "weight", "assumptions",
)  # fmt: skip
"""The fields that stand apart: an objective is complete without most of them."""


def _line(label: str, longest: int, help_text: str = "", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=False, help_text=help_text, **options
    )


class ObjectiveForm(forms.Form):
    """Every part of an objective; what stays empty is named by a guardrail."""

    statement = forms.CharField(
        label="What shall be better, and for whom",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence that the provider cannot misread.",
        error_messages={"required": "Say in one sentence what shall be better."},
    )
    measure = _line(
        "Measured by",
        200,
        "What is counted or timed, such as the share of salaries paid on the day.",
    )
    unit = _line("Unit", 40, "Hours, %, euro per month.")
    direction = forms.ChoiceField(
        label="Which way is better",
        required=False,
        choices=[
            ("", "As the target says"),
            *((each.value, DIRECTIONS[each]) for each in Direction),
        ],
    )
    baseline_value = _line("Baseline", 40, "Where it stands today, in this unit.")
    baseline_on = DayField(label="Baseline measured on", required=False)
    baseline_method = _line("How the baseline was measured", 200)
    baseline_n = _line("Of how many observations", 9, "Tickets, months, answers: a whole number.")
    target = _line("Target", 40, "The value to reach, same unit.")
    due_on = DayField(label="To be reached by", required=False)
    source = _line(
        "Where the figures come from", 200, "The system or report that both parties can look into."
    )
    frequency = _line("Measured how often", 40, "Monthly, quarterly.")
    client_owner = _line("Owner at the client", 120, "One person who answers for it.")
    provider_owner = _line("Owner at the provider", 120, "Asked for once a provider is appointed.")
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[(each.value, sentence(each)) for each in ObjectiveKind],
        help_text="An expectation is what one side takes for granted; say it.",
    )
    goal = _line("The larger goal it serves", 200, "Such as the company's own goal for the year.")
    parent = forms.ChoiceField(label="Part of another objective", required=False)
    stakeholder = _line("For whom", 120, "The team or person who will feel it.")
    tolerance = _line("Tolerance", 40, "How far from the target still counts as kept.")
    profile = forms.CharField(
        label="Plan on the way",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A day and a value on each line: 2027-03-31 20. Empty: a straight line.",
    )
    service_level = forms.ChoiceField(
        label="Read the values from a service level",
        required=False,
        help_text="Its measurements are the values; nothing is recorded by hand then.",
    )
    benchmark = forms.CharField(
        label="What others reach",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Eight values or more in the same unit, with blanks between. A target that "
        "nobody ever reached is then named.",
    )
    benchmark_source = _line("Where that is known from", 200, "A study, a peer, an auditor.")
    weight = forms.IntegerField(
        label="Weight",
        required=False,
        min_value=0,
        max_value=MOST_WEIGHT,
        help_text="Against the other objectives, when benefits are summed up.",
    )
    assumptions = forms.CharField(
        label="It assumes",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What must hold for it to be reached. The provider reads it too.",
    )

    def __init__(
        self,
        others: Sequence[Objective],
        levels: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(
            data, initial={"kind": ObjectiveKind.OBJECTIVE, "weight": 1} | dict(initial or {})
        )
        self.others = {each.public_id: each for each in others}
        offer(self, "parent", [("", "None"), *((k, o.statement) for k, o in self.others.items())])
        # A level that the agreement lost stays a choice, so that amending keeps it.
        known = {str(now): str(now)} if (now := self.initial.get("service_level")) else {}
        offer(self, "service_level", [("", "None"), *(known | dict(levels)).items()])

    def clean_profile(self) -> tuple[Planned, ...]:
        """Return the planned values, one for each line."""
        return tuple(
            _planned(line, number)
            for number, line in enumerate(self.cleaned_data["profile"].splitlines(), 1)
            if line.strip()
        )

    def wording(self) -> ObjectiveWording:
        """Return what a valid form says."""
        given = dict(self.cleaned_data)
        given["kind"] = given["kind"] or ObjectiveKind.OBJECTIVE
        given["parent"] = self.others.get(given["parent"])
        given["weight"] = 1 if given["weight"] is None else given["weight"]
        return ObjectiveWording(**given)

    @property
    def opens_more(self) -> bool:
        """Return whether a field that stands apart holds something, or is wrong."""
        usual = {"kind": ObjectiveKind.OBJECTIVE, "weight": 1}
        said = (self[name] for name in MORE)
        return any(
            each.errors or each.value() not in ("", None, usual.get(each.name)) for each in said
        )

    @classmethod
    def initial_of(cls, objective: Objective) -> dict[str, object]:
        """Return what an objective says now."""
        said = {name: getattr(objective, name) for name in cls.base_fields}
        lines = "\n".join(f"{on} {value}" for on, value in objective.profile)
        return said | {
            "parent": objective.parent.public_id if objective.parent else "",
            "profile": lines,
        }

    @classmethod
    def initial_from(cls, starter: Starter | None) -> dict[str, object]:
        """Return what a starter proposes."""
        names = ("statement", "measure", "unit", "direction", "source", "frequency")
        return {name: getattr(starter, name) for name in names} if starter else {}


def _planned(line: str, number: int) -> Planned:
    on, _, value = line.strip().replace(":", " ").partition(" ")
    found = figure_in(value)
    try:
        at = date.fromisoformat(on)
    except ValueError:
        found = None
    if found is None:
        raise forms.ValidationError(f"Line {number}: write a day and a value, as 2027-03-31 20.")
    return Planned(at, Decimal(found.numerator) / Decimal(found.denominator))


class ImportanceForm(forms.Form):
    """How important an objective is to one's own party."""

    importance = forms.TypedChoiceField(
        label="How important is it to you?",
        coerce=int,
        choices=[(5, "5, decisive"), (4, "4"), (3, "3"), (2, "2"), (1, "1, nice to have")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one, from 1 to 5."},
    )


class ActualForm(forms.Form):
    """A value that was measured."""

    on = DayField(label="Measured on", words={"required": "Give the day."})
    value = forms.CharField(
        label="Value", max_length=40, error_messages={"required": "Give the value."}
    )
    note = forms.CharField(
        label="Note", max_length=300, required=False, help_text="Where it was looked up."
    )
    corrects = forms.ChoiceField(
        label="Corrects",
        required=False,
        help_text="What it corrects stays on record and counts no longer.",
    )

    def __init__(
        self, standing: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        offer(self, "corrects", [("", "Nothing: it is a new value"), *standing])


class ActualsFileForm(forms.Form):
    """A file of values, or the rows of one that was tried out."""

    file = forms.FileField(
        label="File",
        required=False,
        help_text="CSV or Excel (.xlsx) with the columns date, value and, if you like, note.",
        allow_empty_file=True,  # an empty file is refused with a remedy
        max_length=400,
    )
    rows = forms.CharField(required=False, max_length=400_000, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        file: Any = self.fields["file"]
        file.wanted = True

    def clean(self) -> dict[str, Any]:
        """Ask for a file, unless the rows of one come back."""
        given = super().clean() or {}
        if not given.get("file") and not given.get("rows"):
            self.add_error("file", "Choose a file.")
        return given
