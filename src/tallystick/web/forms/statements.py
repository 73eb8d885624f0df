"""The forms behind the buttons that issue a statement and restate one."""

from django import forms


class IssueForm(forms.Form):
    """Which agreement and month."""

    agreement = forms.CharField(label="Agreement", max_length=12)
    window = forms.CharField(label="Month", max_length=20)


class RestateForm(forms.Form):
    """Why a statement is issued again."""

    reason = forms.CharField(
        label="Why it is restated",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both parties read it beside the new figures.",
    )
