"""Forms that take an agreement's document, as a file or as text; and those that act on one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from tallystick.web.forms.days import DayField

MOST_BYTES = 500_000
"""More than any agreement of service levels; a hundred levels are some 60,000 characters."""


class DocumentForm(forms.Form):
    """A document in YAML or JSON."""

    file = forms.FileField(
        label="Agreement file",
        required=False,
        help_text="YAML or JSON, as the reference describes it.",
        error_messages={"empty": "The file is empty. Choose the file that holds the agreement."},
    )
    text = forms.CharField(
        label="Or paste it here",
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "code"}),
    )

    def clean_file(self) -> str:
        """Return the file's text; empty where none was chosen."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise ValidationError("The file is longer than any agreement. Choose another.")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise ValidationError(
                f"The file is not UTF-8 text (byte {problem.start + 1}). Save it as UTF-8."
            ) from problem
        return str(text)

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one document."""
        given = super().clean() or {}
        file, text = given.get("file", ""), given.get("text", "").strip()
        if not file and not text and "file" not in self.errors:
            self.add_error("file", "Choose a file, or paste the document below.")
        if file and text:
            self.add_error("text", "There are two documents now: keep the file or the text.")
        elif file:
            self._show_as_text(file)
        return given

    def _show_as_text(self, text: str) -> None:
        # A browser does not keep a chosen file; its text can be mended in place.
        shown = QueryDict(mutable=True)
        shown.update({name: self.data.get(name, "") for name in self.fields} | {"text": text})
        self.data = shown

    @property
    def document(self) -> str:
        """Return the text of a valid form's document."""
        text: str = self.cleaned_data["file"] or self.cleaned_data["text"]
        return text


class AgreementForm(DocumentForm):
    """A document that was signed on paper, and the day of the second signature."""

    signed_on = DayField(
        label="Signed by both parties on",
        words={"required": "Give the day on which the second party signed."},
    )

    def __init__(self, today: date, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.today = today

    def clean_signed_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise ValidationError("Nobody has signed on a day that is still to come.")
        return day


class DraftForm(DocumentForm):
    """A document that is still being written; `seen` is the wording that was opened."""

    seen = forms.CharField(required=False, max_length=71, widget=forms.HiddenInput)


class ProposeForm(forms.Form):
    """The wording that was read, and a gap said out loud where there is one."""

    seen = forms.CharField(
        max_length=71,
        widget=forms.HiddenInput,
        error_messages={"required": "Read the draft first; then propose it from its page."},
    )
    gap = forms.BooleanField(
        label="We accept these days without an agreement",
        error_messages={"required": "Say that you accept the gap, or edit the days of the draft."},
    )

    def __init__(self, gaps: Sequence[str], *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        if gaps:
            self.fields["gap"].help_text = " ".join(gaps)
        else:
            del self.fields["gap"]


class SignForm(forms.Form):
    """The hash that was read, and the signer's password."""

    digest = forms.CharField(
        max_length=71,
        widget=forms.HiddenInput,
        error_messages={"required": "Read what you sign first; then sign it from its page."},
    )
    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=4096,
        help_text="The one you sign in with. It stands for your signature.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password to sign."},
    )
