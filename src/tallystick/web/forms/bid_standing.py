"""The forms of a bidder's standing, its certificates, and a pilot with it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.actions.record_pilot import Observation, PilotTold
from tallystick.actions.state_standing import Standing
from tallystick.engine.scoring.calls import BEHAVIOURS, MOST
from tallystick.records.bids import Supplier
from tallystick.records.pilots import Pilot
from tallystick.web.forms.bid_evidence import long_text
from tallystick.web.forms.days import DayField

_MARKS = {1: "1, never", MOST: f"{MOST}, always"}


class StandingForm(forms.Form):
    """How the company behind a bid stands."""

    lei = forms.CharField(
        label="Legal entity identifier",
        max_length=20,
        required=False,
        help_text="Twenty characters, from the public register and not from the bid.",
    )
    lei_valid_until = DayField(label="Identifier valid until", required=False)
    share_percent = forms.DecimalField(
        label="Part of its revenue that comes from you, %",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="Above a quarter binds both.",
    )
    z_score = forms.DecimalField(
        label="Altman Z″",
        min_value=-1_000,
        max_value=1_000,
        max_digits=7,
        decimal_places=3,
        required=False,
        help_text="Below 1.1 lies distress.",
    )
    standing = long_text(
        "What else is known", 3, 4_000, "Accounts, litigation, incidents, sanctions."
    )

    def told(self) -> Standing:
        """Return what a valid form says."""
        said = self.cleaned_data
        share = said["share_percent"]
        return Standing(
            lei=said["lei"],
            lei_valid_until=said["lei_valid_until"],
            our_share=None if share is None else share / 100,
            z_score=said["z_score"],
            standing=said["standing"],
        )

    @classmethod
    def initial_of(cls, supplier: Supplier) -> dict[str, object]:
        """Return what is known now."""
        share = supplier.our_share
        return {
            "lei": supplier.lei,
            "lei_valid_until": supplier.lei_valid_until,
            "share_percent": None if share is None else (share * 100).normalize() + Decimal(0),
            "z_score": supplier.z_score,
            "standing": supplier.standing,
        }


class CertificateForm(forms.Form):
    """A certificate that was seen."""

    name = forms.CharField(
        label="Certificate",
        max_length=120,
        help_text="One that is there already is renewed.",
        error_messages={"required": "Name the certificate."},
    )
    valid_until = DayField(
        label="Valid until", required=False, help_text="Empty if it does not expire."
    )


class PilotForm(forms.Form):
    """The pilot: the day, the task, and what was seen of each behaviour."""

    marks = True
    """It is drawn as a scale."""

    held_on = DayField(label="Held on", words={"required": "Say on which day."})
    task = forms.CharField(
        label="What was worked on",
        max_length=200,
        error_messages={"required": "Say what was worked on."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, label in BEHAVIOURS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[
                    ("", "Not seen"),
                    *[(mark, _MARKS.get(mark, str(mark))) for mark in range(1, MOST + 1)],
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"{name}_seen"] = forms.CharField(
                label=f"{label}: what you saw", max_length=1_000, required=False
            )
        self.fields["words"] = long_text("What else you saw", 3, 4_000)

    def clean(self) -> dict[str, Any]:
        """Ask for what a mark rests on."""
        cleaned = super().clean() or {}
        for name in BEHAVIOURS:
            mark, seen = cleaned.get(name), cleaned.get(f"{name}_seen")
            if mark is not None and not seen:
                self.add_error(f"{name}_seen", "Say what you saw; a mark alone convinces nobody.")
            if mark is None and seen:
                self.add_error(name, "Give a mark for what you saw.")
        return cleaned

    def told(self) -> PilotTold:
        """Return what a valid form says."""
        said = self.cleaned_data
        seen = {
            name: Observation(said[name], said[f"{name}_seen"])
            for name in BEHAVIOURS
            if said.get(name) is not None
        }
        return PilotTold(said["held_on"], said["task"], seen, said["words"])

    @classmethod
    def initial_of(cls, pilot: Pilot) -> dict[str, object]:
        """Return what is known now."""
        told: dict[str, object] = {
            "held_on": pilot.held_on,
            "task": pilot.task,
            "words": pilot.words,
        }
        for name, each in pilot.seen.items():
            told |= {name: each["mark"], f"{name}_seen": each["seen"]}
        return told
