"""The forms that waive a finding, end a waiver, or retire a guardrail."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.waivers import LONGEST
from tallystick.web.components.words import day
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField

LONGEST_REASON = 1_000
ONE, EVERY = "one", "every"


class WaiveForm(forms.Form):
    """What is waived, why, and until when."""

    finding = forms.ChoiceField(
        label="What you answer for", error_messages={"required": "Choose a finding."}
    )
    reach = forms.ChoiceField(
        label="Where",
        choices=[(ONE, "At this place only"), (EVERY, "Wherever this guardrail finds it here")],
        widget=forms.RadioSelect,
        initial=ONE,
        error_messages={"required": "Say where."},
    )
    reason = forms.CharField(
        label="Why it may wait",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands beside the finding until the waiver ends.",
        error_messages={"required": "Say why it may wait."},
    )
    expires_on = DayField(label="Until", words={"required": "Say until which day."})

    def __init__(
        self, found: Sequence[tuple[Finding, str]], today: date, *given: Any, **rest: Any
    ) -> None:
        super().__init__(*given, **rest)
        choices = [(each.key, f"{each.code}: {told}") for each, told in found if not each.waived]
        offer(self, "finding", choices)
        self.fields["expires_on"].help_text = (
            f"The last day on which it is waived, at most {day(today + LONGEST)}. "
            "The day after, it counts again."
        )
        self._found = {each.key: each for each, _ in found}

    @property
    def chosen(self) -> Finding:
        """Return the finding of a valid form."""
        return self._found[self.cleaned_data["finding"]]

    @property
    def place(self) -> str:
        """Return the place that is waived, nothing for all of them."""
        return self.chosen.place if self.cleaned_data["reach"] == ONE else ""


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why."},
    )
