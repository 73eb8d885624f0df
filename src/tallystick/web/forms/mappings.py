"""The form that says what the columns and values of a file mean, and the document it makes."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms

from tallystick.engine.intake.mapping import Mapping, MappingRefused, read_mapping
from tallystick.engine.intake.shapes import FORMS, Shape
from tallystick.engine.refusals import Refusal
from tallystick.web.forms.manners import MannerForm
from tallystick.web.forms.mapping_answers import RawState, document_of, field_of
from tallystick.web.forms.mapping_choices import (
    ATTRIBUTE_ROWS,
    COLUMN_LABELS,
    HISTORIES,
    ITEM_COLUMNS,
    MEANINGS,
    ORDERS,
    SHAPES,
    SIGNAL_COLUMNS,
    SIGNAL_MEANINGS,
    STATE_COLUMNS,
    WORD_COLUMNS,
)
from tallystick.web.forms.refusals import add_refusal, refusal_words
from tallystick.web.uploaded_files import MOST_STATES, Glance

_MOST_ATTRIBUTES = 40


class SeenColumn(NamedTuple):
    """A column of the file as it looks."""

    label: str
    values: str
    why: str


class MappingForm(MannerForm):
    """
    What the columns of one file mean.

    `raw` are the values of the state columns as they were chosen last. A valid form has the
    `mapping`; the field that a refusal names carries it.
    """

    shape = forms.ChoiceField(
        label="What is a row of this file?", choices=SHAPES, widget=forms.RadioSelect
    )
    source = forms.RegexField(
        r"^[\w.-]{1,64}$",
        label="Name of the system it comes from",
        help_text="Letters, digits, hyphens. Keep the same name for every file of this system: "
        "a ticket or component is known by it and its own name.",
        error_messages={"invalid": "Use letters, digits, points and hyphens, no spaces."},
    )
    history = forms.ChoiceField(
        label="What does the file hold?", choices=HISTORIES, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    zone = forms.CharField(
        label="Time zone of the times", required=False, max_length=60,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text="Needed if the times do not say it themselves. Such as Europe/Rome.",
        error_messages={"required": "Name the time zone."},
    )  # fmt: skip
    order = forms.ChoiceField(
        label="Order of day and month", choices=ORDERS, widget=forms.RadioSelect, required=False
    )
    time_format = forms.CharField(
        label="Format of the times", required=False, max_length=60,
        help_text="Only if they are written in an unusual way: %d.%m.%y %H:%M",
    )  # fmt: skip
    complete_until = forms.DateTimeField(
        label="The file is complete until", required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    save_as = forms.CharField(
        label="Save this mapping as", required=False, max_length=80,
        help_text="Give it a name to use it again for the next export of this system.",
    )  # fmt: skip

    def __init__(
        self,
        data: MappingOf[str, Any] | None = None,
        *,
        glance: Glance,
        raw: Sequence[tuple[str, int]],
        zone: str = "UTC",
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.glance = glance
        self.raw = [RawState(text, rows) for text, rows in raw[:MOST_STATES]]
        self.too_many = len(raw) if len(raw) > MOST_STATES else 0
        self.local_zone = zone
        self.mapping: Mapping | None = None
        self.chosen_shape: str = (data or initial or {}).get("shape") or ""
        self._attribute_numbers = _numbers_in(data or initial or {})
        self._add_columns()
        self._add_attributes()
        self._add_states()
        self._ask()
        self._require()

    # --- the fields that depend on the file

    def _add_columns(self) -> None:
        header = self.glance.header
        choices = [(str(n), self.glance.label(n)) for n in range(1, len(header) + 1)]
        for name, label in COLUMN_LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("", "Not in this file"), *choices],
                required=False,
                error_messages={"required": "Choose the column."},
            )
        self.column_choices = choices

    def _add_attributes(self) -> None:
        for number in self._attribute_numbers:
            self.fields[f"attribute_name_{number}"] = forms.RegexField(
                r"^[a-z][a-z0-9_]{0,39}$",
                label=f"Name of attribute {number + 1}",
                required=False,
                widget=forms.TextInput(attrs={"class": "input"}),
                error_messages={
                    "invalid": "Use small letters, digits and _, starting with a letter."
                },
            )
            self.fields[f"attribute_column_{number}"] = forms.ChoiceField(
                label=f"Column of attribute {number + 1}",
                choices=[("", "None"), *self.column_choices],
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )

    def _add_states(self) -> None:
        for value in self.raw:
            self.fields[value.field] = forms.ChoiceField(
                label=value.text,
                choices=SIGNAL_MEANINGS.get(self.chosen_shape, MEANINGS),
                widget=forms.Select(attrs={"class": "input"}),
                error_messages={"required": "Say what this value means."},
            )

    def _ask(self) -> None:
        """Put the questions that the file leaves open beside the fields that answer them."""
        for question in self.glance.guess.questions:
            name = "zone" if question.place == "time.zone" else "order"
            if question.place in {"time.zone", "time.order"}:
                self.fields[name].help_text = question.text[:1].upper() + question.text[1:]
        self.fields[
            "complete_until"
        ].help_text = (
            f"When the export was drawn, in {self.local_zone}. Left empty: up to its last change."
        )

    @property
    def asks_zone(self) -> bool:
        """Return whether the times do not tell their zone."""
        return self.asks("zone")

    @property
    def asks_order(self) -> bool:
        """Return whether the dates can be read with the day or the month first."""
        return self.asks("order")

    @property
    def times_wrong(self) -> bool:
        """Return whether something is wrong with the answers about times."""
        return self.is_bound and any(self[name].errors for name in ("zone", "order", "time_format"))

    def asks(self, name: str) -> bool:
        """Return whether the file leaves this question about its times open."""
        return any(q.place == f"time.{name}" for q in self.glance.guess.questions)

    def _require(self) -> None:
        """Require what the shape of the file, or a question that it leaves open, calls for."""
        known = self.chosen_shape in set(Shape)
        for name in FORMS[Shape(self.chosen_shape)].needed if known else ("item",):
            self.fields[name].required = True
        self.fields["history"].required = self.chosen_shape == Shape.EVENT_LOG
        self.fields["zone"].required = self.asks_zone

    # --- how the template walks through them

    @property
    def seen(self) -> list[SeenColumn]:
        """Return what is thought of each column, for a person to compare."""
        return [
            SeenColumn(self.glance.label(n.position), self.glance.values(n.position), n.why)
            for n in self.glance.guess.notes
        ]

    def columns_named(self, names: Sequence[str]) -> list[forms.BoundField]:
        """Return the fields of some columns."""
        return [self[name] for name in names]

    @property
    def signal_columns(self) -> list[tuple[forms.BoundField, str]]:
        """Return the columns of changes and of signals, each with the shapes that have it."""
        return [(self[name], _classes(name)) for name in SIGNAL_COLUMNS]

    @property
    def words_about(self) -> str:
        """Return which column it is whose values have a meaning."""
        return COLUMN_LABELS[WORD_COLUMNS.get(self.chosen_shape, STATE_COLUMNS)[0]].lower()

    @property
    def item_columns(self) -> list[forms.BoundField]:
        """Return the columns that only an item table has."""
        return self.columns_named(ITEM_COLUMNS)

    @property
    def state_columns(self) -> list[forms.BoundField]:
        """Return the columns that make up the state."""
        return self.columns_named(STATE_COLUMNS)

    @property
    def attributes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the pairs of attribute name and column."""
        return [
            (self[f"attribute_name_{number}"], self[f"attribute_column_{number}"])
            for number in self._attribute_numbers
        ]

    @property
    def meanings(self) -> list[tuple[RawState, forms.BoundField]]:
        """Return each value of the state columns with the field that says what it means."""
        return [(value, self[value.field]) for value in self.raw]

    # --- what is wrong, and the mapping if nothing is

    def clean(self) -> dict[str, Any]:
        """Hold the answers together; the mapping document itself has the last word."""
        cleaned = super().clean() or {}
        if self.asks_order and not (cleaned.get("order") or cleaned.get("time_format")):
            self.add_error("order", "Say which comes first; the file does not tell.")
        if self.too_many:
            self.add_error(
                WORD_COLUMNS.get(self.chosen_shape, STATE_COLUMNS)[0],
                f"This column has {self.too_many} different values; a state has a few. "
                "Choose another column.",
            )
        if not self.errors:
            self._read(cleaned)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        try:
            self.mapping = read_mapping(document_of(cleaned, self.glance.header, self.raw))
        except MappingRefused as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal of the mapping or of the file beside the field that it is about."""
        name = field_of(refusal.code, refusal.place)
        if name in self.fields:
            self.add_error(name, refusal_words(refusal))
        else:
            add_refusal(self, refusal)

    def clean_complete_until(self) -> datetime | None:
        """Read the moment in the zone that the help text names."""
        local: datetime | None = self.cleaned_data["complete_until"]
        if local is None:
            return None
        moment = local.replace(tzinfo=ZoneInfo(self.local_zone))
        if moment > datetime.now(UTC):
            raise forms.ValidationError("This moment is still to come.")
        return moment


def _classes(name: str) -> str:
    """Return the marks of a column: it is shown for the shapes that have it."""
    return " ".join(f"of-{shape.value}" for shape, form in FORMS.items() if name in form.columns)


def _numbers_in(answers: MappingOf[str, Any]) -> range:
    """Return the numbers of the attribute rows: all that are answered, and room for more."""
    prefix = "attribute_name_"
    given = [name.removeprefix(prefix) for name in answers if name.startswith(prefix)]
    highest = max((int(n) for n in given if n.isascii() and n.isdigit() and len(n) < 3), default=0)
    return range(min(_MOST_ATTRIBUTES, max(ATTRIBUTE_ROWS, highest + 1)))
