"""The form that takes a file of service data."""

from django import forms


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx), plain or compressed with gzip, or Parquet. One row for "
        "each change of a ticket, or one row for each ticket with its dates.",
        allow_empty_file=True,  # an empty file is refused by the action, with a remedy
        max_length=400,
    )
