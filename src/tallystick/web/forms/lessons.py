"""The forms of the library: search it, share a lesson, take one a step on, put it to use."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tallystick.actions.move_lesson import STEPS
from tallystick.engine.lessons.checklists import TITLES
from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.library import Wanted
from tallystick.records.people import Person, colleagues_of
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import sentence
from tallystick.web.forms.choices import ProviderForm, offer
from tallystick.web.forms.days import DayField
from tallystick.web.forms.lesson_words import (
    CAUSE_CHOICES,
    SERVICE_CHOICES,
    STAGE_CHOICES,
    LessonForm,
    initial_of,
)

__all__ = ["LessonForm", "ReviseForm", "SearchForm", "ShareForm", "StepForm", "TemplateForm"]

_PRACTICES = [(str(number), sentence(name)) for number, name in PRACTICE_NAMES.items()]
_STATES = [(state.value, sentence(state.value)) for state in LessonState]
_VERBS = {
    LessonState.VALIDATED: "Validate it",
    LessonState.VERIFIED: "It works: verify it",
    LessonState.RETIRED: "Retire it",
    LessonState.IDENTIFIED: "Take it up again",
}


_NARROWING = {
    "stage": STAGE_CHOICES,
    "service_type": SERVICE_CHOICES,
    "practice": _PRACTICES,
    "cause": CAUSE_CHOICES,
    "state": _STATES,
}


def _one_of(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.HiddenInput)


class SearchForm(forms.Form):
    """
    What is sought in the library; whatever cannot be read is left out.

    A text is typed; what narrows the search is chosen by links, and kept by the form unseen.
    """

    q = forms.CharField(
        label="Search the lessons",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "type": "search"}),
    )
    stage = _one_of("Stage", STAGE_CHOICES)
    service_type = _one_of("Service", SERVICE_CHOICES)
    practice = _one_of("Practice", _PRACTICES)
    cause = _one_of("Cause", CAUSE_CHOICES)
    state = _one_of("State", _STATES)

    def __init__(self, asked: Mapping[str, Any], *, with_states: bool) -> None:
        super().__init__(asked, auto_id="search_%s")
        if not with_states:
            del self.fields["state"]

    @property
    def narrowing(self) -> list[str]:
        """Return the names of the fields that narrow a search."""
        return [name for name in self.fields if name != "q"]

    @property
    def kept(self) -> list[forms.BoundField]:
        """Return the fields that narrow this search."""
        return [self[name] for name in self.narrowing if self.cleaned_data.get(name)]

    def choices_of(self, name: str) -> list[tuple[str, str]]:
        """Return the values of a field that narrows, each with its words."""
        return _NARROWING[name]

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
            cause=told.get("cause", ""),
            state=told.get("state", ""),
        )


class ReviseForm(LessonForm):
    """A lesson, who looks after it, and when it is looked at again."""

    owner = forms.ChoiceField(label="Who looks after it", required=False)
    review_on = DayField(label="Look at it again on", required=False)

    def __init__(
        self, viewer: Viewer, lesson: Lesson, data: Mapping[str, Any] | None = None
    ) -> None:
        owner = lesson.owner.public_id if lesson.owner else ""
        kept = initial_of(lesson) | {"owner": owner, "review_on": lesson.review_on}
        super().__init__(data, initial=kept)
        self.known = {each.public_id: each for each in colleagues_of(viewer)}
        people = [(key, each.name) for key, each in self.known.items()]
        offer(self, "owner", [("", "Nobody yet"), *people])

    @property
    def chosen(self) -> Person | None:
        """Return the owner of a valid form."""
        return self.known.get(self.cleaned_data["owner"])


class ShareForm(ProviderForm):
    """Which provider is to read a lesson, and in which words."""

    with_author = forms.BooleanField(
        label="Say who wrote it", required=False, help_text="Left out: they read no name."
    )

    def __init__(
        self, viewer: Viewer, lesson: Lesson, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(viewer, data)
        if lesson.author_withheld:
            del self.fields["with_author"]


class StepForm(forms.Form):
    """A step in the life of a lesson."""

    to = forms.ChoiceField(
        label="Step",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the step."},
    )
    note = forms.CharField(
        label="Why, and what you saw",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write one sentence."},
    )

    def __init__(self, lesson: Lesson, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="id_step_%s")
        steps = STEPS[LessonState(lesson.state)]
        offer(self, "to", [(step.value, _VERBS[step]) for step in steps])


class TemplateForm(forms.Form):
    """Which template a lesson changes, and the line that it adds."""

    checklist = forms.ChoiceField(
        label="Template", choices=[(each.value, title) for each, title in TITLES.items()]
    )
    text = forms.CharField(
        label="The line",
        max_length=200,
        help_text="Every engagement planned from now on starts from it.",
        error_messages={"required": "Write the line."},
    )

    def __init__(self, lesson: Lesson, data: Mapping[str, Any] | None = None) -> None:
        line = lesson.preventive_action.split(". ")[0].rstrip(".")[:200]
        super().__init__(data, initial={"text": line}, auto_id="id_template_%s")
