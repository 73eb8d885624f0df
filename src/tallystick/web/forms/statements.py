"""The form behind the button that issues a statement."""

from django import forms


class IssueForm(forms.Form):
    """Which agreement and month."""

    agreement = forms.CharField(label="Agreement", max_length=12)
    window = forms.CharField(label="Month", max_length=20)
