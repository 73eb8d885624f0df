"""The forms of a survey: open one, make a link, answer."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tallystick.actions.open_survey import LONGEST
from tallystick.engine.reviews.perceived import MOST, QUESTIONS

_ENDS = {1: "1, not at all", MOST: f"{MOST}, entirely"}


class OpenSurveyForm(forms.Form):
    """For how many days both teams can answer."""

    days = forms.IntegerField(
        label="Open for days", min_value=1, max_value=LONGEST, initial=14,
        help_text="Results are told once it is over, of three answers or more from a side.",
    )  # fmt: skip


class LinkForm(forms.Form):
    """Whom a link is meant for; a reminder for whoever makes it."""

    label = forms.CharField(
        label="Meant for", max_length=80,
        help_text="Only your organisation reads it, and sees whether the link was used. Nobody "
        "sees which answer came by which link.",
    )  # fmt: skip


class AnswerSurveyForm(forms.Form):
    """A mark for each question."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=question,
                coerce=int,
                choices=[(mark, _ENDS.get(mark, str(mark))) for mark in range(1, MOST + 1)],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose an answer."},
            )
