"""The forms that take a register of lessons, and say which of its columns tells what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.engine.registers import COLUMN_WORDS

LABELS = {
    "title": "The lesson in one sentence",
    "what_happened": "What happened",
    "context": "Where it happened",
    "root_cause": "Root cause",
    "effect": "What it cost",
    "preventive_action": "What prevents it next time",
    "warning_signs": "How one could have seen it coming",
    "cause": "Kind of cause",
    "kind": "To avoid, or to do again",
    "was_a_risk": "Was it a risk before?",
    "stages": "Stages",
    "service_types": "Services",
}


class RegisterForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx). The first row names the columns; each row below is one "
        "lesson.",
        allow_empty_file=True,  # an empty file is refused by the action, with a remedy
        max_length=400,
    )


class ColumnsForm(forms.Form):
    """Which column of a register tells each part of a lesson."""

    def __init__(
        self,
        header: Sequence[str],
        guessed: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(guessed))
        choices = [("", "None"), *((column, column) for column in header)]
        for name in COLUMN_WORDS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name], choices=choices, required=name == "what_happened"
            )

    def columns(self) -> dict[str, str]:
        """Return the column of each part that has one."""
        return {name: column for name, column in self.cleaned_data.items() if column}
