"""The form that adds a service level or a calendar to a draft."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import slugify

from tallystick.web.forms.parts.paths import value_at, with_value

KINDS = (("level", "A service level"), ("calendar", "A calendar"))


class AddForm(forms.Form):
    """What to add, and how it is called."""

    seen = forms.CharField(required=False, max_length=71, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Add", choices=KINDS, widget=forms.RadioSelect)
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as “Tickets are solved in time”, or “office”.",
        error_messages={"required": "Give it a name."},
    )

    def __init__(
        self, document: Mapping[str, Any], seen: str, given: QueryDict | None = None
    ) -> None:
        super().__init__(given, initial={"seen": seen, "kind": "level"})
        self.document = document

    def clean_name(self) -> str:
        """Refuse a name that leaves no short name."""
        name: str = self.cleaned_data["name"]
        if not slugify(name):
            raise ValidationError("Use some letters or digits: its short name is made of them.")
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse a calendar that is there."""
        given = super().clean() or {}
        calendars = value_at(self.document, ["calendars"])
        taken = calendars if isinstance(calendars, Mapping) else {}
        if given.get("kind") == "calendar" and slugify(given.get("name", "")) in taken:
            self.add_error("name", "There is a calendar of this name. Choose another.")
        return given

    @property
    def _levels(self) -> list[Any]:
        levels = value_at(self.document, ["service_levels"])
        return levels if isinstance(levels, list) else []

    @property
    def slug(self) -> str:
        """Return the part that a valid form adds."""
        if self.cleaned_data["kind"] == "calendar":
            return f"calendar-{slugify(self.cleaned_data['name'])}"
        return f"level-{len(self._levels)}"

    def changed(self) -> dict[str, Any]:
        """Return the document with what a valid form adds."""
        name = self.cleaned_data["name"]
        if self.cleaned_data["kind"] == "calendar":
            hours = {"mon-fri": ["08:00-18:00"]}
            return with_value(self.document, ["calendars", slugify(name)], {"hours": hours})
        known = {value_at(level, ["id"]) for level in self._levels}
        level = {"id": _free(slugify(name), known), "name": name, "measure": "resolution-time"}
        return with_value(self.document, ["service_levels"], [*self._levels, level])


def _free(slug: str, known: set[Any]) -> str:
    numbered = (f"{slug}-{number}" for number in range(2, len(known) + 3))
    return slug if slug not in known else next(each for each in numbered if each not in known)
