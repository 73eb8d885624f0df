"""The form of a business case: its term, its rate, and one row for each line."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from django import forms
from django.forms.boundfield import BoundField

from tallystick.actions.write_business_case import LONGEST_NOTE, CaseWording
from tallystick.engine.objectives import CostKind
from tallystick.engine.values import decimal_text
from tallystick.records.business_cases import BusinessCase
from tallystick.web.components.words import sentence
from tallystick.web.forms.days import DayField

ROOM = 4
"""So many empty lines stand below those that were written."""
MOST_LINES = 60
PARTS = ("when", "kind", "low", "likely", "high", "currency", "year", "note")
_WHEN = [("", "No line"), ("before", "As it is today"), ("after", "Outsourced")]


class BusinessCaseForm(forms.Form):
    """What the whole costs, as it is and as planned."""

    years = forms.IntegerField(
        label="Years of the term", error_messages={"required": "Give the years, from 1 to 30."}
    )
    rate = forms.CharField(
        label="Discount rate",
        max_length=12,
        help_text="What money costs you in a year: 0.05 is 5 %.",
        error_messages={"required": "Give the rate, such as 0.05; 0 for none."},
    )
    pilot_on = DayField(label="A pilot was run on", required=False)
    delivery_model_assessed_on = DayField(
        label="Keeping, sharing and outsourcing were compared on", required=False
    )

    def __init__(self, stored: BusinessCase | None, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_initial(stored))
        kept = len(stored.lines) if stored else 0
        sent = sum(f"when_{number}" in (data or {}) for number in range(MOST_LINES))
        self.count = min(MOST_LINES, max(kept + ROOM, sent))
        kinds = [("", "Choose"), *((each, sentence(each)) for each in get_args(CostKind))]
        for number in range(self.count):
            self._add(number, kinds)

    def _add(self, number: int, kinds: list[tuple[str, str]]) -> None:
        def text(label: str, longest: int = 20) -> forms.CharField:
            return forms.CharField(label=label, max_length=longest, required=False)

        self.fields |= {
            f"when_{number}": forms.ChoiceField(label="When", choices=_WHEN, required=False),
            f"kind_{number}": forms.ChoiceField(label="What for", choices=kinds, required=False),
            f"low_{number}": text("At least"),
            f"likely_{number}": text("Most likely"),
            f"high_{number}": text("At most"),
            f"currency_{number}": text("Currency", 3),
            f"year_{number}": forms.IntegerField(label="Only in year", required=False),
            f"note_{number}": text("Note", LONGEST_NOTE),
        }
        for part in PARTS:
            field: Any = self.fields[f"{part}_{number}"]
            field.full_label = f"Line {number + 1}, {str(field.label).lower()}"
            # The empty lines are what is optional, not the parts of one that is written.
            field.wanted = True

    @property
    def lines(self) -> Iterator[tuple[int, bool, list[BoundField]]]:
        """Yield each line: its number, whether anything stands in it, and its fields."""
        for number in range(self.count):
            bound = [self[f"{part}_{number}"] for part in PARTS]
            yield number + 1, any(each.value() or each.errors for each in bound), bound

    def wording(self) -> CaseWording:
        """Return what a valid form says; a line without a when is none."""
        given = self.cleaned_data
        return CaseWording(
            years=given["years"],
            rate=given["rate"],
            pilot_on=given["pilot_on"],
            delivery_model_assessed_on=given["delivery_model_assessed_on"],
            lines=[
                {part: given[f"{part}_{number}"] for part in PARTS}
                for number in range(self.count)
                if given[f"when_{number}"]
            ],
        )


def _initial(stored: BusinessCase | None) -> dict[str, Any]:
    if stored is None:
        return {}
    said = {
        "years": stored.years,
        "rate": decimal_text(Decimal(stored.rate)),
        "pilot_on": stored.pilot_on,
        "delivery_model_assessed_on": stored.delivery_model_assessed_on,
    }
    lines = {
        f"{part}_{number}": line[part] for number, line in enumerate(stored.lines) for part in PARTS
    }
    return said | lines
