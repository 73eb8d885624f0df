"""The form that keeps an internal note."""

from django import forms


class NoteForm(forms.Form):
    """A note that only the client's organisation reads."""

    text = forms.CharField(
        label="Note",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="No provider sees it, nor that it exists.",
        error_messages={"required": "Write the note first."},
    )
