"""The form that states an objective, or states it anew."""

from django import forms

from tallystick.actions.state_objective import ObjectiveWording
from tallystick.records.objectives import Objective
from tallystick.web.forms.days import DayField


class ObjectiveForm(forms.Form):
    """Every part of an objective; what stays empty is named by a guardrail."""

    statement = forms.CharField(
        label="What shall be better, and for whom",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence that the provider cannot misread.",
        error_messages={"required": "Say in one sentence what shall be better."},
    )
    measure = forms.CharField(
        label="Measured by",
        max_length=200,
        required=False,
        help_text="What is counted or timed, such as the share of salaries paid on the day.",
    )
    unit = forms.CharField(
        label="Unit", max_length=40, required=False, help_text="Hours, %, euro per month."
    )
    baseline_value = forms.CharField(
        label="Baseline",
        max_length=40,
        required=False,
        help_text="Where it stands today, in this unit.",
    )
    baseline_on = DayField(label="Baseline measured on", required=False)
    baseline_method = forms.CharField(
        label="How the baseline was measured", max_length=200, required=False
    )
    target = forms.CharField(
        label="Target", max_length=40, required=False, help_text="The value to reach, same unit."
    )
    due_on = DayField(label="To be reached by", required=False)
    source = forms.CharField(
        label="Where the figures come from",
        max_length=200,
        required=False,
        help_text="The system or report that both parties can look into.",
    )
    client_owner = forms.CharField(
        label="Owner at the client",
        max_length=120,
        required=False,
        help_text="One person who answers for it.",
    )
    provider_owner = forms.CharField(
        label="Owner at the provider",
        max_length=120,
        required=False,
        help_text="Asked for once a provider is appointed.",
    )

    def wording(self) -> ObjectiveWording:
        """Return what a valid form says."""
        return ObjectiveWording(**self.cleaned_data)

    @classmethod
    def initial_of(cls, objective: Objective) -> dict[str, object]:
        """Return what an objective says now."""
        return {name: getattr(objective, name) for name in cls.base_fields}
