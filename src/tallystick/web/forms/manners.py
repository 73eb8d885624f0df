"""How an uploaded file is opened, where its bytes do not tell."""

from collections.abc import Mapping

from django import forms

from tallystick.web.forms.mapping_choices import DELIMITERS, ENCODINGS
from tallystick.web.uploaded_files import Manner


class MannerForm(forms.Form):
    """How the bytes of a file become cells, where that cannot be told from them."""

    encoding = forms.ChoiceField(
        label="Encoding", choices=ENCODINGS, required=False,
        help_text="How the file writes its letters.",
    )  # fmt: skip
    delimiter = forms.ChoiceField(
        label="What parts the columns", choices=DELIMITERS, required=False
    )
    sheet = forms.CharField(
        label="Sheet", required=False, max_length=100, help_text="Of an Excel file; the first one."
    )

    @staticmethod
    def manner(asked: Mapping[str, str]) -> Manner:
        """Return how a request asks for the file to be opened; what is unknown is told from it."""
        form = MannerForm({name: asked.get(name, "") for name in MannerForm.base_fields})
        form.is_valid()
        return Manner(**{name: form.cleaned_data.get(name, "") for name in form.fields})
