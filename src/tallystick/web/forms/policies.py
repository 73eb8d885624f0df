"""The form of thresholds: one field each; what is left empty falls back."""

from decimal import Decimal
from typing import Any

from django import forms

from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.thresholds import Threshold, thresholds
from tallystick.web.components.words import sentence

_UNBOUNDED = 1_000_000_000


class PolicyForm(forms.Form):
    """Every threshold; `beneath` is what holds where a field stays empty."""

    def __init__(self, beneath: Policy, *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        for each in thresholds():
            self.fields[each.name] = _field(each, getattr(beneath, each.name))

    def thresholds(self) -> dict[str, Any]:
        """Return what a valid form sets; a share as text, as documents carry it."""
        told = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in told.items()
        }


def _field(threshold: Threshold, beneath: object) -> forms.Field:
    kind = forms.IntegerField if threshold.whole else forms.DecimalField
    more: dict[str, Any] = {} if threshold.whole else {"max_digits": 18, "decimal_places": 6}
    return kind(
        label=sentence(threshold.name.replace("_", "-")),
        required=False,
        min_value=threshold.least,
        max_value=threshold.most,
        error_messages={
            "min_value": "It is at least %(limit_value)s.",
            "max_value": "It is at most %(limit_value)s.",
        },
        help_text=f"{threshold.meaning} {_bounds(threshold)} Left empty: {beneath}.",
        **more,
    )


def _bounds(threshold: Threshold) -> str:
    """Say between what a value lies, unless the most is only what a column can hold."""
    if threshold.most is None or threshold.most >= _UNBOUNDED:
        return ""
    return f"From {threshold.least} to {threshold.most}."
