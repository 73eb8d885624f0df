"""The forms of a gate: the answer to a lesson, and the provider's appointment."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tallystick.engine.guardrails.snapshot import Answer
from tallystick.records.lessons import Disposition
from tallystick.records.organisations import Organisation, providers_known_to
from tallystick.records.viewer import Viewer
from tallystick.web.forms.days import DayField

ANSWERS = [
    (Answer.ADOPTED.value, "We adopt it"),
    (Answer.NOT_APPLICABLE.value, "It does not apply here"),
    (Answer.DEFERRED.value, "We decide later"),
]


class AnswerForm(forms.Form):
    """The engagement's answer to one lesson."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three answers."},
    )
    note = forms.CharField(
        label="How, or why not",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Adopted: how this engagement does it. Otherwise: why not, or why not yet.",
        error_messages={"required": "Write one sentence; the next team will read it."},
    )
    deferred_until = DayField(
        label="Look at it again on",
        required=False,
        help_text="Only for a decision that comes later.",
    )

    @classmethod
    def of(
        cls, lesson_id: str, data: Mapping[str, Any] | None, given: Disposition | None
    ) -> "AnswerForm":
        """Return the form of one lesson among several on a page, with what was answered before."""
        initial = {"note": given.note, "deferred_until": given.deferred_until} if given else {}
        answered = {"answer": given.answer} if given else {}
        return cls(data, initial=initial | answered, auto_id=f"id_{lesson_id}_%s")


class AppointForm(forms.Form):
    """Which provider, and why."""

    provider = forms.ChoiceField(
        label="Provider", error_messages={"required": "Choose the provider."}
    )
    reason = forms.CharField(
        label="Why this one",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Criteria, references, what decided. It stays with your own organisation.",
        error_messages={"required": "Say why; whoever asks in three years will read it."},
    )

    def __init__(self, viewer: Viewer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="id_appoint_%s")
        self.known = {each.public_id: each for each in providers_known_to(viewer)}
        names = [(key, each.name) for key, each in self.known.items()]
        choice = self.fields["provider"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choice.choices = [("", "Choose a provider"), *names]

    @property
    def chosen(self) -> Organisation:
        """Return the provider of a valid form."""
        return self.known[self.cleaned_data["provider"]]
