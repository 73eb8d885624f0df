"""The forms of appetite and reserve, and of a simulation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.actions.set_risk_budget import Budget
from tallystick.records.simulations import RiskBudget


def _amount(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, max_digits=18, decimal_places=2, help_text=help_text
    )


def _chance(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, max_digits=7, decimal_places=4)


class BudgetForm(forms.Form):
    """What can be borne, what is set aside, and the estimate beside which it stands."""

    beside = (
        ("What you can bear", ("loss_0", "chance_0")),
        ("And at a larger loss", ("loss_1", "chance_1")),
        ("What the work is estimated to cost", ("base_low", "base_likely", "base_high")),
    )

    currency = forms.CharField(
        label="Currency", max_length=3, error_messages={"required": "Write its code, such as EUR."}
    )
    loss_0 = _amount("You bear a loss of", "Two points make a line of what you can bear.")
    chance_0 = _chance("with a chance a year of at most, in per cent")
    loss_1 = _amount("And a larger loss of")
    chance_1 = _chance("with a chance a year of at most, in per cent")
    remaining = _amount("Left of the reserve")
    base_low = _amount("Estimated cost, at least", "What the reserve stands beside; or leave it.")
    base_likely = _amount("Estimated cost, most likely")
    base_high = _amount("Estimated cost, at most")

    def __init__(self, kept: RiskBudget | None, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial=_initial(kept) if kept else None)

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of what is half written."""
        given: dict[str, Any] = super().clean() or {}
        groups = [("loss_0", "chance_0"), ("loss_1", "chance_1"), _BASE]
        for names in groups:
            missing = [name for name in names if given.get(name) is None]
            if missing and len(missing) < len(names):
                for name in missing:
                    if name not in self.errors:
                        self.add_error(name, "Write this figure too, or leave all of them out.")
        return given

    def budget(self) -> Budget:
        """Return what a valid form says."""
        given = self.cleaned_data
        points = [
            (given[f"loss_{n}"], given[f"chance_{n}"] / 100)
            for n in (0, 1)
            if given[f"loss_{n}"] is not None
        ]
        low, likely, high = (given[name] for name in _BASE)
        base = None if low is None else (low, likely, high)
        return Budget(given["currency"].upper(), points, given["remaining"], base)


_BASE = ("base_low", "base_likely", "base_high")


def _initial(kept: RiskBudget) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: getattr(kept, name) for name in ("currency", "remaining", *_BASE)
    }
    for number, (loss, chance) in enumerate(kept.appetite[:2]):
        found |= {f"loss_{number}": loss, f"chance_{number}": f"{100 * Decimal(chance):f}"}
    return found


class SimulateForm(forms.Form):
    """How the risks are simulated together."""

    correlation = forms.ChoiceField(
        label="Do they come true together?",
        choices=[("0", "No more than by chance"), ("0.3", "Somewhat"), ("0.6", "Much")],
        initial="0.3",
    )
    shared = forms.BooleanField(
        label="Only the risks of both parties, for both to read", required=False
    )
