"""The form that disputes one point of a statement."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tallystick.web.forms.evidence import EvidenceField, MomentField


class DisputeForm(forms.Form):
    """What is wrong with which figure, what it should be, and what proves it."""

    measurement = forms.ChoiceField(label="Service level")
    item = forms.CharField(
        label="Ticket", max_length=200, required=False,
        help_text="Its id, if one ticket is wrong. Leave it empty if it is the figure.",
    )  # fmt: skip
    component = forms.CharField(
        label="Component", max_length=200, required=False,
        help_text="For an availability, if one component is wrong at some time.",
    )  # fmt: skip
    since = MomentField(label="From")
    until = MomentField(label="Until")
    what_is_wrong = forms.CharField(
        label="What is wrong", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    should_be = forms.CharField(
        label="What it should be", max_length=20_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = EvidenceField()

    def __init__(
        self,
        *arguments: Any,
        levels: Sequence[tuple[str, str]],
        timed: bool,
        zone: str,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["measurement"].choices = levels  # type: ignore[attr-defined]
        self.fields["since"].help_text = f"Only with a time that is wrong. In {zone}."
        # Where no level counts time, nobody is asked for any.
        for name in () if timed else ("component", "since", "until"):
            del self.fields[name]
