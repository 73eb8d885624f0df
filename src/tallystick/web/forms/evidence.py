"""Fields that disputes and claims share: several files, and a moment in the agreement's zone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tallystick.actions.files_kept import MOST_BYTES, MOST_FILES, NewFile


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Up to a few files; what is too large or too many is refused by the action."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": "Evidence",
            "required": False,
            "widget": _SeveralFiles(),
            "help_text": f"Up to {MOST_FILES} files of {MOST_BYTES // 2**20} MB each. "
            "Both parties can download them.",
            "allow_empty_file": True,  # the action refuses it, with a remedy
            "max_length": 400,
        }
        super().__init__(**usual | options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files that came, in their order."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        cleaned = super().clean
        return [cleaned(each, initial) for each in given]


def new_files(given: Sequence[UploadedFile[Any]]) -> list[NewFile]:
    """Return uploaded files as an action takes them."""
    return [NewFile(each.name or "", each) for each in given]


class MomentField(forms.DateTimeField):
    """A local date and time, as the browser's own picker gives it; `within` names its zone."""

    def __init__(self, **options: Any) -> None:
        picker = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        wrong = {"invalid": "Write it as 2027-01-31 14:30."} | options.pop("error_messages", {})
        usual: dict[str, Any] = {"required": False, "widget": picker, "error_messages": wrong}
        super().__init__(**usual | options)


def within(zone: str, at: datetime | None) -> datetime | None:
    """Return a moment that was read without a zone as one of a zone."""
    return at.replace(tzinfo=ZoneInfo(zone)) if at else None
