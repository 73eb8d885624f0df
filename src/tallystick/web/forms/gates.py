"""The forms of a gate: the answer to a lesson, and the provider's appointment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from tallystick.engine.guardrails.snapshot import Answer
from tallystick.records.embodiments import Embodied, Embodiment, embodiments_of
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Disposition
from tallystick.records.people import Person, colleagues_of
from tallystick.records.viewer import Viewer
from tallystick.web.forms.choices import ProviderForm, offer
from tallystick.web.forms.days import DayField

ANSWERS = [
    (Answer.ADOPTED.value, "We adopt it"),
    (Answer.NOT_APPLICABLE.value, "It does not apply here"),
    (Answer.DEFERRED.value, "We decide later"),
]


@dataclass(frozen=True, slots=True)
class Choices:
    """What an answer may name: the things that can embody a lesson, and people who own one."""

    embodiments: Sequence[Embodiment]
    people: Sequence[Person]

    @classmethod
    def of(cls, engagement: Engagement, viewer: Viewer) -> "Choices":
        """Return what the viewer may name in an engagement."""
        return cls(embodiments_of(engagement, viewer), list(colleagues_of(viewer)))

    @property
    def grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the things by their kind."""
        return [
            (kind.words, [(each.key, each.label) for each in self.embodiments if each.kind is kind])
            for kind in Embodied
            if any(each.kind is kind for each in self.embodiments)
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
        help_text="How this engagement does it if you adopt it; else why not, or why not yet.",
        error_messages={"required": "Write one sentence; the next team will read it."},
    )
    embodied = forms.ChoiceField(
        label="What changes because of it",
        required=False,
        help_text="If you adopt it: the objective, service level, criterion, guardrail, "
        "template line or risk.",
    )
    deferred_until = DayField(
        label="Look at it again on",
        required=False,
        help_text="If you decide later: a day after today.",
    )
    owner = forms.ChoiceField(
        label="Who looks at it again",
        required=False,
        help_text="If you decide later: somebody of your own organisation.",
    )

    def __init__(self, choices: Choices, data: Mapping[str, Any] | None, **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {each.public_id: each for each in choices.people}
        for name in ("embodied", "deferred_until", "owner"):
            # One answer needs it and the others have no use for it: optional it is for none.
            self.fields[name].wanted = True  # type: ignore[attr-defined]
        offer(self, "embodied", [("", "Choose it"), *choices.grouped])
        people = [(key, each.name) for key, each in self.people.items()]
        offer(self, "owner", [("", "Nobody yet"), *people])

    @classmethod
    def of(
        cls,
        lesson_id: str,
        choices: Choices,
        data: Mapping[str, Any] | None,
        given: Disposition | None,
    ) -> "AnswerForm":
        """Return the form of one lesson among several on a page, with what was answered before."""
        return cls(choices, data, initial=_before(given), auto_id=f"id_{lesson_id}_%s")

    @property
    def chosen_owner(self) -> Person | None:
        """Return the owner of a valid form."""
        return self.people.get(self.cleaned_data["owner"])


def _before(given: Disposition | None) -> dict[str, Any]:
    """Return what was answered before, as the form shows it."""
    if given is None:
        return {}
    return {
        "answer": given.answer,
        "note": given.note,
        "embodied": f"{given.embodied_in}:{given.embodied_id}" if given.embodied_in else "",
        "deferred_until": given.deferred_until,
        "owner": given.owner.public_id if given.owner else "",
    }


class AppointForm(ProviderForm):
    """Which provider, and why."""

    reason = forms.CharField(
        label="Why this one",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Criteria, references, what decided. It stays with your own organisation.",
        error_messages={"required": "Say why; whoever asks in three years will read it."},
    )

    def __init__(self, viewer: Viewer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(viewer, data, auto_id="id_appoint_%s")
