"""The forms of relief: one that claims it, one that decides a claim, one that withdraws it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.web.components.words import sentence
from tallystick.web.forms.choices import offer
from tallystick.web.forms.evidence import EvidenceField, MomentField


class ReliefForm(forms.Form):
    """What should be left out, and why; tickets or a time, whatever the level counts."""

    ground = forms.ChoiceField(label="Ground")
    items = forms.CharField(
        label="Tickets", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Their ids, one a line.",
    )  # fmt: skip
    component = forms.CharField(
        label="Component", required=False, max_length=200,
        help_text="What was down. Leave it empty if it was the service as a whole.",
    )  # fmt: skip
    since = MomentField(label="From")
    until = MomentField(label="Until")
    what_happened = forms.CharField(
        label="What happened", max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Why the provider is not to answer for it.",
    )  # fmt: skip
    evidence = EvidenceField()

    def __init__(
        self,
        *arguments: Any,
        grounds: Sequence[ReliefGround],
        timed: bool,
        zone: str,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        offer(self, "ground", [(each.value, sentence(each.value)) for each in grounds])
        for name in ("items",) if timed else ("component", "since", "until"):
            del self.fields[name]
        if timed:
            self.fields["since"].help_text = f"In {zone}."

    @property
    def named_items(self) -> list[str]:
        """Return the ids that were given, in their order."""
        given = self.cleaned_data.get("items", "")
        return [each.strip() for each in re.split(r"[\n,;]", given) if each.strip()]


class DecisionForm(forms.Form):
    """Approve or reject, with a reason that both parties read."""

    state = forms.ChoiceField(
        label="Decision",
        choices=[
            (ClaimState.APPROVED.value, "Approve: leave it out"),
            (ClaimState.REJECTED.value, "Reject: it counts"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both parties read it.",
    )  # fmt: skip


class WithdrawalForm(forms.Form):
    """Why the provider takes its claim back."""

    reason = forms.CharField(
        label="Why you withdraw it", max_length=20_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both parties read it. What the claim named can be claimed anew.",
    )  # fmt: skip
