"""Charges, and the rules that all credits share."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from tallystick.engine.service_levels.terms.credits import NotMeasured, OneEvent
from tallystick.web.forms.parts.dealings import UNSAID, choices_of
from tallystick.web.forms.parts.part import MOST_MORE, PartForm, code_area
from tallystick.web.forms.parts.paths import Path


def part_of_charge(label: str, help: str) -> forms.CharField:
    """Return a field for a percentage, or an amount, of the charge."""
    return forms.CharField(label=label, max_length=20, required=False, help_text=help)


class CreditsForm(PartForm):
    """What the client pays, and what a failure can cost the provider."""

    owned: ClassVar = ("charges", "credits")
    keys: ClassVar[Mapping[str, Path]] = {
        "currency": ("charges", "currency"),
        "monthly": ("charges", "monthly"),
        "at_risk": ("credits", "at_risk"),
        "pool": ("credits", "pool"),
        "monthly_cap": ("credits", "monthly_cap"),
        "yearly_cap": ("credits", "yearly_cap"),
        "one_event": ("credits", "one_event"),
        "not_measured": ("credits", "not_measured"),
    }

    groups: ClassVar = (
        ("Charges", ("currency", "monthly")),
        ("Credits", ("at_risk", "pool", "monthly_cap", "yearly_cap", "one_event", "not_measured")),
        ("The rest", ("more",)),
    )
    optional: ClassVar = frozenset({"pool", "yearly_cap", "more"})

    currency = forms.CharField(
        label="Currency", max_length=3, required=False, help_text="Three letters, such as EUR."
    )
    monthly = forms.CharField(
        label="Charge of a month", max_length=20, required=False, help_text="Such as 40000.00."
    )
    at_risk = part_of_charge("At risk", "A part of the month's charge, such as 12%.")
    pool = part_of_charge(
        "Allocations add up to, at most", "Of the amount at risk; 100% where nothing is said."
    )
    monthly_cap = part_of_charge("Most for a month", "A part of its charge, or an amount.")
    yearly_cap = part_of_charge("Most for a contract year", "A part of its charge, or an amount.")
    one_event = forms.ChoiceField(
        label="Of the levels that one event breaks",
        required=False,
        choices=[UNSAID, (OneEvent.HIGHEST, "The highest credit stands"), (OneEvent.ALL, "All")],
    )
    not_measured = forms.ChoiceField(
        label="A month without a figure", required=False, choices=[UNSAID, *choices_of(NotMeasured)]
    )
    more = forms.CharField(
        label="What is rarer, as YAML",
        max_length=MOST_MORE,
        required=False,
        strip=False,
        widget=code_area(10),
        help_text="Terminations, repeats, severity points, earn-back, exceptional charges.",
    )
