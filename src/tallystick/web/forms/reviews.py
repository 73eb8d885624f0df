"""The form of a review: each finding confirmed or dismissed, and what was said about the month."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.actions.hold_review import Verdict
from tallystick.engine.guardrails.finding import Finding
from tallystick.records.reviews import FindingDecision

_DECISIONS = (
    (FindingDecision.CONFIRMED.value, "Confirm: it is so, and it matters"),
    (FindingDecision.DISMISSED.value, "Dismiss: it is no finding"),
)


def field_name(kind: str, finding: Finding) -> str:
    """Return the name of a finding's field; it stays the same when findings are added."""
    return f"{kind}_{hashlib.sha256(finding.key.encode()).hexdigest()[:12]}"


class ReviewForm(forms.Form):
    """A decision and a reason for each finding that is proposed, and a summary."""

    summary = forms.CharField(
        label="What was said and agreed", max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A few sentences. Both parties read them, and whoever takes over next year.",
        error_messages={"required": "Write a sentence or two."},
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, findings: Sequence[Finding]
    ) -> None:
        super().__init__(data)
        self.findings = findings
        for finding in findings:
            self.fields[field_name("decision", finding)] = forms.ChoiceField(
                label="Decision",
                choices=_DECISIONS,
                widget=forms.RadioSelect,
                error_messages={"required": "Confirm or dismiss this finding."},
            )
            self.fields[field_name("reason", finding)] = forms.CharField(
                label="Reason",
                required=False,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Needed to dismiss. What both sides know about the cause, if confirmed.",
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of each dismissal."""
        cleaned = super().clean() or {}
        for finding in self.findings:
            decision = cleaned.get(field_name("decision", finding))
            name = field_name("reason", finding)
            if decision == FindingDecision.DISMISSED and not cleaned.get(name):
                self.add_error(name, "Write one sentence that says why this is no finding.")
        return cleaned

    def verdicts(self) -> dict[str, Verdict]:
        """Return the decision on each finding by its key."""
        return {
            finding.key: Verdict(
                FindingDecision(self.cleaned_data[field_name("decision", finding)]),
                self.cleaned_data[field_name("reason", finding)],
            )
            for finding in self.findings
        }
