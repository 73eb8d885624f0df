"""Statements and disputes, relief, renewal."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from tallystick.engine.service_levels.terms.dealings import (
    ReliefGround,
    Renews,
    Silence,
    Unanswered,
)
from tallystick.web.components.words import sentence
from tallystick.web.forms.parts.part import PartForm
from tallystick.web.forms.parts.paths import Path

UNSAID = ("", "Not said")


def choices_of(kind: Any) -> list[tuple[str, str]]:
    """Return the values of a closed set, to choose from."""
    return [(each.value, sentence(each.value)) for each in kind]


def days(label: str, help: str = "") -> forms.IntegerField:
    """Return a field for a number of calendar days."""
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=366, help_text=help
    )


class DealingsForm(PartForm):
    """By when each party acts, and what its silence means."""

    owned: ClassVar = ("statements", "relief", "renewal")
    keys: ClassVar[Mapping[str, Path]] = {
        "issue_days": ("statements", "issue_days"),
        "dispute_days": ("statements", "dispute_days"),
        "unanswered": ("statements", "unanswered"),
        "grounds": ("relief", "grounds"),
        "claim_days": ("relief", "claim_days"),
        "decide_days": ("relief", "decide_days"),
        "relief_unanswered": ("relief", "unanswered"),
        "renews": ("renewal", "renews"),
        "months": ("renewal", "months"),
        "notice_days": ("renewal", "notice_days"),
    }

    groups: ClassVar = (
        ("Statements", ("issue_days", "dispute_days", "unanswered")),
        ("Relief", ("grounds", "claim_days", "decide_days", "relief_unanswered")),
        ("Renewal and notice", ("renews", "months", "notice_days")),
    )
    optional: ClassVar = frozenset({"months"})

    issue_days = days("A statement is issued within", "Calendar days after its month ends.")
    dispute_days = days("It can be disputed for", "Calendar days after it was issued.")
    unanswered = forms.ChoiceField(
        label="An unanswered statement counts as",
        required=False,
        choices=[UNSAID, *choices_of(Silence)],
    )
    grounds = forms.MultipleChoiceField(
        label="Relief is given for",
        required=False,
        choices=choices_of(ReliefGround),
        widget=forms.CheckboxSelectMultiple,
    )
    claim_days = days("Relief is claimed within", "Calendar days after the month ends.")
    decide_days = days("A claim is decided within", "Calendar days after it was made.")
    relief_unanswered = forms.ChoiceField(
        label="An undecided claim counts as",
        required=False,
        choices=[UNSAID, *choices_of(Unanswered)],
    )
    renews = forms.ChoiceField(
        label="When the term ends, it renews", required=False, choices=[UNSAID, *choices_of(Renews)]
    )
    months = forms.IntegerField(
        label="For how many months", required=False, min_value=1, max_value=120,
        help_text="Only where it renews automatically.",
    )  # fmt: skip
    notice_days = days("Notice is given", "Calendar days before the term ends, at the latest.")
