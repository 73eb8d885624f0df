"""The forms of the library: search it, write a lesson, share one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tallystick.actions.publish_lesson import LessonWording
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import STAGES
from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.records.lessons import Lesson
from tallystick.records.library import Wanted
from tallystick.records.organisations import Organisation, providers_known_to
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import sentence

STAGE_CHOICES = [(stage.value, sentence(stage.value)) for stage in STAGES]
SERVICE_CHOICES = [(kind.value, sentence(kind.value)) for kind in ServiceType]
PRACTICE_CHOICES = [(str(number), sentence(name)) for number, name in PRACTICE_NAMES.items()]
LONGEST = 8_000


class SearchForm(forms.Form):
    """What is sought in the library; whatever cannot be read is left out."""

    q = forms.CharField(
        label="Search for",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "type": "search"}),
    )
    stage = forms.ChoiceField(
        label="Stage",
        choices=[("", "Any"), *STAGE_CHOICES],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    service_type = forms.ChoiceField(
        label="Service",
        choices=[("", "Any"), *SERVICE_CHOICES],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    practice = forms.ChoiceField(
        label="Practice",
        choices=[("", "Any"), *PRACTICE_CHOICES],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        self.is_valid()
        told = self.cleaned_data
        practice = told.get("practice", "")
        return Wanted(
            text=told.get("q", ""),
            stage=told.get("stage", ""),
            service_type=told.get("service_type", ""),
            practice=int(practice) if practice else None,
        )


def _text(label: str, help_text: str, missing: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": missing},
    )


def _places(label: str, help_text: str, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class LessonForm(forms.Form):
    """A lesson in the order in which people tell it."""

    title = forms.CharField(
        label="The lesson in one sentence",
        max_length=160,
        help_text="Say what was learned, not what it is about: “An agreement without holidays "
        "turns Easter into a breach”.",
        error_messages={"required": "Give the lesson a title."},
    )
    context = _text(
        "Where it happened",
        "The engagement, the service, the moment; enough for a stranger to see whether it is like "
        "theirs.",
        "Say where it happened.",
        rows=2,
    )
    what_happened = _text("What happened", "Facts and figures, no blame.", "Say what happened.")
    root_cause = _text(
        "Root cause",
        "Ask why until the answer is something that you can change. Not known yet? Leave it "
        "empty: the lesson is kept as an observation.",
    )
    effect = _text(
        "What it cost", "Money, days, people, trust.", "Say what it cost, even roughly.", rows=2
    )
    preventive_action = _text(
        "What prevents it next time",
        "One thing that somebody does at a certain moment. A guardrail can check it from then on.",
    )
    stages = _places("Stages at which it helps", "None chosen: at every stage.", STAGE_CHOICES)
    service_types = _places(
        "Services for which it holds", "None chosen: for every service.", SERVICE_CHOICES
    )
    practices = _places("Practices it concerns", "None chosen: all of them.", PRACTICE_CHOICES)

    def wording(self) -> LessonWording:
        """Return what a valid form says."""
        told: dict[str, Any] = dict(self.cleaned_data)
        told["practices"] = [int(number) for number in told["practices"]]
        return LessonWording(**told)


class ShareForm(forms.Form):
    """Which provider is to read a lesson."""

    provider = forms.ChoiceField(
        label="Provider", error_messages={"required": "Choose the provider."}
    )

    def __init__(
        self, viewer: Viewer, lesson: Lesson, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, auto_id="id_share_%s")
        readers = set(lesson.shared_with.values_list("public_id", flat=True))
        known = {each.public_id: each for each in providers_known_to(viewer)}
        self.known = {key: each for key, each in known.items() if key not in readers}
        choice = self.fields["provider"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        names = [(key, each.name) for key, each in self.known.items()]
        choice.choices = [("", "Choose a provider"), *names]

    @property
    def chosen(self) -> Organisation:
        """Return the provider of a valid form."""
        return self.known[self.cleaned_data["provider"]]
