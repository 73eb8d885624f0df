"""One service level: what is usual as fields, the rest as YAML."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms

from tallystick.engine.service_levels.terms.clock import Cycles, LimitChange, Reopened
from tallystick.engine.service_levels.terms.level import (
    Attribution,
    LevelClass,
    MeasureKind,
    Overdue,
)
from tallystick.engine.service_levels.terms.level_credit import Trigger
from tallystick.engine.service_levels.terms.volume import NothingDue
from tallystick.web.forms.parts.dealings import UNSAID, choices_of
from tallystick.web.forms.parts.lines import (
    LineUnreadable,
    conditions_lines,
    limits_lines,
    read_conditions,
    read_limits,
)
from tallystick.web.forms.parts.part import MOST_MORE, PartForm, code_area
from tallystick.web.forms.parts.paths import Path, value_at

_AS_LINES: Mapping[str, Callable[[Any], str | None]] = {
    "applies_to": conditions_lines,
    "targets": limits_lines,
}
_FROM_LINES: Mapping[str, Callable[[str], Any]] = {
    "applies_to": read_conditions,
    "targets": read_limits,
}


def chosen(label: str, kind: Any, help: str = "") -> forms.ChoiceField:
    """Return a field for one of a closed set, or nothing."""
    return forms.ChoiceField(
        label=label, required=False, choices=[UNSAID, *choices_of(kind)], help_text=help
    )


def line(label: str, help: str = "", most: int = 80) -> forms.CharField:
    """Return a field for one line of text."""
    return forms.CharField(label=label, required=False, max_length=most, help_text=help)


class LevelForm(PartForm):
    """One clause."""

    keys: ClassVar[Mapping[str, Path]] = {
        "name": ("name",),
        "id": ("id",),
        "class_": ("class",),
        "measure": ("measure",),
        "calendar": ("calendar",),
        "applies_to": ("applies_to",),
        "targets": ("targets",),
        "target": ("target",),
        "minimum": ("minimum",),
        "window": ("window",),
        "attribution": ("attribution",),
        "overdue": ("overdue",),
        "nothing_due": ("nothing_due",),
        "cycles": ("clock", "cycles"),
        "reopened": ("clock", "reopened"),
        "limit_change": ("clock", "limit_change"),
        "allocation": ("credit", "allocation"),
        "trigger": ("credit", "trigger"),
        "event_group": ("credit", "event_group"),
        "data_source": ("data_source",),
        "measured_by": ("measured_by",),
    }

    groups: ClassVar = (
        ("The promise", ("name", "id", "class_", "measure", "applies_to", "targets", "target",
                         "minimum")),
        ("How it is counted", ("calendar", "window", "attribution", "overdue", "nothing_due",
                               "cycles", "reopened", "limit_change")),
        ("What it costs", ("allocation", "trigger", "event_group")),
        ("Where figures come from", ("data_source", "measured_by")),
        ("The rest", ("more",)),
    )  # fmt: skip
    optional: ClassVar = frozenset(
        {"applies_to", "minimum", "overdue", "allocation", "trigger", "event_group", "more"}
    )

    name = line("What is promised, in one line", most=300)
    id = line("Short name", "Small letters, digits and hyphens. Statements use it.")
    class_ = chosen("Class", LevelClass, "Only a critical level carries a credit.")
    measure = chosen("What is measured", MeasureKind)
    calendar = line("Counted on the calendar")
    applies_to = forms.CharField(
        label="Only items with", required=False, max_length=2000, widget=code_area(2),
        help_text="A line for each attribute: type = incident. Empty: every item.",
    )  # fmt: skip
    targets = forms.CharField(
        label="Limits", required=False, max_length=4000, widget=code_area(4),
        help_text="A line for each, the first match decides: priority = P1, P2: 4h. "
        "The last line, for all others, is the limit alone: 30h.",
    )  # fmt: skip
    target = line("Target", "Such as 95%, <= 8h or >= 4.2.")
    minimum = line("Minimum", "What must never be missed, below the target.")
    window = line("Window", "month, quarter, or such as rolling-3-months.")
    attribution = chosen("An item counts in the window in which it is", Attribution)
    overdue = chosen("A late item that stays open is missed", Overdue)
    nothing_due = chosen("A window without items is", NothingDue)
    cycles = chosen("Of a reopened item is judged", Cycles, "Which stretches of its clock.")
    reopened = chosen("A reopened item is", Reopened)
    limit_change = chosen(
        "A new priority is", LimitChange, "Retroactive: its limit from the start."
    )
    allocation = line("Credit: part of the amount at risk", "Such as 40%.", 20)
    trigger = chosen("Credit: due from", Trigger)
    event_group = line("Credit: event group", "Of the levels of one group, one is credited.")
    data_source = line("Figures come from", "The system and its export.", 4000)
    measured_by = line("Measured by", "client, provider, or who else.", 300)
    more = forms.CharField(
        label="What is rarer, as YAML",
        max_length=MOST_MORE,
        required=False,
        strip=False,
        widget=code_area(8),
        help_text="The clock's states, rules for few items, rounding, steps, availability.",
    )

    def narrow(self) -> None:
        """Leave conditions and limits to the YAML where lines cannot say them."""
        for field, as_lines in _AS_LINES.items():
            if as_lines(value_at(self.document, [*self.base, field])) is None:
                del self.covered[field], self.fields[field]

    def shown(self, field: str, value: Any) -> Any:
        """Return conditions and limits as lines."""
        return _AS_LINES[field](value) if field in _AS_LINES else super().shown(field, value)

    def written(self, field: str, value: Any) -> Any:
        """Return conditions and limits as the document holds them."""
        if field in _FROM_LINES:
            return _FROM_LINES[field](value or "") or None
        return super().written(field, value)

    def _read_lines(self, field: str) -> str:
        text = str(self.cleaned_data[field])
        try:
            _FROM_LINES[field](text)
        except LineUnreadable as problem:
            raise forms.ValidationError(str(problem)) from problem
        return text

    def clean_applies_to(self) -> str:
        """Refuse a line that states no condition."""
        return self._read_lines("applies_to")

    def clean_targets(self) -> str:
        """Refuse a line that states no limit."""
        return self._read_lines("targets")
