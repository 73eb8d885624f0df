"""One calendar of a draft: its week, its holidays, its zone."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from pydantic_core import PydanticCustomError

from tallystick.engine.service_levels.terms.hours import WEEKDAYS, read_hours
from tallystick.web.forms.calendars import CalendarFields, calendar_part, week_fields
from tallystick.web.forms.parts.part import MOST_MORE, PartForm, code_area
from tallystick.web.forms.parts.paths import Path

WEEK = "Hours of a week"
_TYPED = ("hours", "holidays", "country", "day", "zone")


class CalendarPartForm(CalendarFields, PartForm):
    """
    A calendar of a draft.

    Hours that seven fields of shifts cannot show, misspelt ones say, stand in the YAML below.
    """

    keys: ClassVar[Mapping[str, Path]] = {key: (key,) for key in _TYPED}

    groups: ClassVar = (
        (WEEK, ("always", *WEEKDAYS)),
        ("Holidays", ("holidays", "country")),
        ("Zone and days", ("zone", "day")),
        ("The rest", ("more",)),
    )
    optional: ClassVar = frozenset({*WEEKDAYS, "country", "zone", "day", "more"})

    more = forms.CharField(
        label="What is rarer, as YAML",
        max_length=MOST_MORE,
        required=False,
        strip=False,
        widget=code_area(4),
    )

    def narrow(self) -> None:
        """Leave hours to the YAML where they cannot be read."""
        self.fields["zone"].required = False
        self.fields["zone"].help_text = "Empty: the agreement's. A name such as Europe/Rome."
        self.hours: dict[str, Any] = {}
        stated = self.stated("hours")
        if stated is None:
            return
        try:
            self.hours = week_fields(read_hours(stated))
        except PydanticCustomError:
            del self.covered["hours"]
            for field in ("always", *WEEKDAYS):
                del self.fields[field]

    def read_fields(self) -> dict[str, Any]:
        """Return the week day by day, and the holidays a line each."""
        holidays = self.stated("holidays")
        lines = "\n".join(map(str, holidays)) if isinstance(holidays, list) else holidays
        plain = {key: self.stated(key) or "" for key in ("country", "day", "zone")}
        return {**plain, **self.hours, "holidays": lines or ""}

    @property
    def week(self) -> list[forms.BoundField]:
        """Return the fields of the seven days, where they are shown."""
        return super().week if "hours" in self.covered else []

    def changed(self) -> dict[str, Any]:
        """Return the whole document as a valid form writes it."""
        given = {weekday: "" for weekday in WEEKDAYS} | {"always": False} | self.cleaned_data
        self.typed = {key: each for key, each in calendar_part(given).items() if each}
        return super().changed()

    def written(self, field: str, value: Any) -> Any:
        """Return what was typed as the part of a document holds it."""
        return self.typed.get(field)

    def _is_about(self, finding: Any, field: str) -> bool:
        # What is wrong with the hours stands once, above the seven days.
        return super()._is_about(finding, "hours" if field == "always" else field)
