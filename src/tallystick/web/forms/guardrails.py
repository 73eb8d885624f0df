"""The form that raises a guardrail from a lesson."""

from django import forms

from tallystick.actions.raise_guardrail import GuardrailWording
from tallystick.engine.guardrails.conditions.condition import compile_condition
from tallystick.engine.guardrails.conditions.faults import ConditionFaulty
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.stages import STAGES, Stage
from tallystick.web.components.words import sentence

LONGEST_REMEDY = 200
SEVERITIES = [
    (Severity.BLOCKER.value, "Blocker: no gate opens while it is violated"),
    (Severity.MAJOR.value, "Major: it is reported and stops nothing"),
    (Severity.MINOR.value, "Minor: a hint"),
]


class GuardrailForm(forms.Form):
    """What a guardrail checks, from when on, and what to do about it."""

    title = forms.CharField(
        label="What must hold",
        max_length=160,
        help_text="One sentence that is true where all is well.",
        error_messages={"required": "Say what must hold."},
    )
    condition = forms.CharField(
        label="Condition",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "code", "spellcheck": "false"}),
        help_text="In the Common Expression Language; TRUE means that all is well.",
        error_messages={"required": "Write the condition, or start from one of the recipes."},
    )
    stage = forms.ChoiceField(
        label="Checked from this stage on",
        choices=[(stage.value, sentence(stage.value)) for stage in STAGES],
        error_messages={"required": "Choose the stage."},
    )
    severity = forms.ChoiceField(
        label="How grave",
        choices=SEVERITIES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how grave a violation is."},
    )
    rationale = forms.CharField(
        label="Why it matters",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever is stopped by it reads this.",
        error_messages={"required": "Say why it matters."},
    )
    remedy = forms.CharField(
        label="What to do when it is violated",
        max_length=LONGEST_REMEDY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"At most {LONGEST_REMEDY} characters; it stands beside each finding.",
        error_messages={"required": "Say what to do."},
    )

    fault: ConditionFaulty | None = None

    def clean_title(self) -> str:
        """Leave out a full stop at the end: the title goes on in a finding's sentence."""
        return str(self.cleaned_data["title"].rstrip("."))

    def clean_condition(self) -> str:
        """Refuse a condition that cannot be used, and keep where it goes wrong."""
        text = self.cleaned_data["condition"].replace("\r\n", "\n")
        try:
            compile_condition(text)
        except ConditionFaulty as fault:
            self.fault = fault
            raise forms.ValidationError(
                f"{fault.place.capitalize()}: {fault.message}. {fault.remedy}"
            ) from None
        return str(text)

    @property
    def fault_shown(self) -> str:
        """Return the faulty line with a mark under the place; empty if nothing is faulty."""
        if self.fault is None:
            return ""
        lines = self.data["condition"].replace("\r\n", "\n").strip().split("\n")
        line = lines[min(self.fault.line, len(lines)) - 1]
        return f"{line}\n{' ' * (self.fault.column - 1)}^"

    def wording(self) -> GuardrailWording:
        """Return what a valid form says."""
        told = self.cleaned_data
        return GuardrailWording(
            title=told["title"],
            stage=Stage(told["stage"]),
            severity=Severity(told["severity"]),
            condition=told["condition"],
            rationale=told["rationale"],
            remedy=told["remedy"],
        )
