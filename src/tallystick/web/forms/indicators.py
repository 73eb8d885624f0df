"""The forms of an early-warning indicator: setting it, and reading it by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.actions.state_indicator import SignWording
from tallystick.engine.risk import Comparison
from tallystick.records.indicators import SignSource
from tallystick.records.objectives import Objective
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField
from tallystick.web.forms.risks import NONE
from tallystick.web.risk_words import COMPARISONS, SOURCES


class SignForm(forms.Form):
    """An indicator: what it reads, and when it warns."""

    beside = (
        ("What it reads", ("service_level", "objective")),
        ("When it warns", ("comparison", "threshold", "consecutive")),
    )

    name = forms.CharField(
        label="Indicator", max_length=160, error_messages={"required": "Name the indicator."}
    )
    source = forms.ChoiceField(
        label="Reads", widget=forms.RadioSelect,
        choices=[(each.value, words) for each, words in SOURCES.items()],
        error_messages={"required": "Choose what it reads."},
    )  # fmt: skip
    service_level = forms.ChoiceField(
        label="Service level", required=False, help_text="Shares in per cent, times in hours."
    )
    objective = forms.ChoiceField(
        label="Objective", required=False, help_text="In the objective's own unit."
    )
    comparison = forms.ChoiceField(
        label="Warns if the value is",
        choices=[(each.value, words) for each, words in COMPARISONS.items()],
    )
    threshold = forms.DecimalField(
        label="Threshold", max_digits=20, decimal_places=6,
        error_messages={"required": "Give the threshold."},
    )  # fmt: skip
    consecutive = forms.IntegerField(
        label="So many times in a row", initial=1, min_value=1, max_value=1_000
    )

    def __init__(
        self,
        levels: Mapping[str, str],
        objectives: Sequence[Objective],
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(data, initial={"source": SignSource.SERVICE_LEVEL.value})
        self.objectives = {each.public_id: each for each in objectives}
        offer(self, "service_level", [NONE, *levels.items()])
        offer(self, "objective", [NONE, *((k, o.statement) for k, o in self.objectives.items())])

    def wording(self) -> SignWording:
        """Return what a valid form says; only what the source reads counts."""
        given, source = self.cleaned_data, SignSource(self.cleaned_data["source"])
        return SignWording(
            name=given["name"],
            source=source,
            comparison=Comparison(given["comparison"]),
            threshold=given["threshold"],
            consecutive=given["consecutive"],
            service_level=given["service_level"] if source is SignSource.SERVICE_LEVEL else "",
            objective=self.objectives.get(given["objective"])
            if source is SignSource.OBJECTIVE
            else None,
        )


class ReadForm(forms.Form):
    """A reading by hand."""

    on = DayField(label="Day", words={"required": "Give the day."})
    value = forms.DecimalField(
        label="Value", max_digits=20, decimal_places=6, error_messages={"required": "Write it."}
    )
