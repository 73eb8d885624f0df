"""The form of an assessment: how often, how much, and what each control leaves."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from tallystick.actions.assess_risk import Assessment
from tallystick.engine.refusals import Refusal
from tallystick.records.risk_registers import AnyRisk
from tallystick.web.forms.risks import paragraph

ROOM = 2
MOST = 20
_OFTEN = (("rate", "So many times a year"), ("once", "Once, or not at all"))
_MUCH = (("pert", "At least, most likely, at most"), ("lognormal", "Nine times in ten between"))


def _figure(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, help_text=help_text, max_digits=18, decimal_places=6
    )


def _percent(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, help_text=help_text, max_digits=9, decimal_places=4
    )


class AssessForm(forms.Form):
    """What a risk may cost before anything is done, and the controls that are in place."""

    often = forms.ChoiceField(
        label="How often", choices=_OFTEN, widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    often_low = _figure("At least, times a year", "0.1 is once in ten years.")
    often_likely = _figure("Most likely, times a year")
    often_high = _figure("At most, times a year")
    often_chance = _percent("Or its chance, in per cent", "Only for once, or not at all.")
    much = forms.ChoiceField(
        label="What it costs each time", choices=_MUCH, widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    much_low = _figure("At least", "Or the lower end of nine times in ten.")
    much_likely = _figure("Most likely", "Only with at least and at most.")
    much_high = _figure("At most", "Or the upper end of nine times in ten.")
    much_cap = _figure("Never more than", "Only where something caps it, such as a liability.")
    currency = forms.CharField(
        label="Currency", max_length=3, error_messages={"required": "Write its code, such as EUR."}
    )
    note = paragraph("What the figures rest on", required=False)

    def __init__(self, risk: AnyRisk, currency: str, data: Mapping[str, Any] | None) -> None:
        initial, controls = _initial(risk, currency)
        super().__init__(data, initial=initial)
        sent = sum(f"name_{number}" in (data or {}) for number in range(MOST))
        self.count = min(MOST, max(len(controls) + ROOM, sent))
        for number in range(self.count):
            self.fields |= {
                f"name_{number}": forms.CharField(label="Control", max_length=160, required=False),
                f"cost_{number}": _figure("Cost a year"),
                f"often_off_{number}": _percent("Rarer by, %"),
                f"much_off_{number}": _percent("Cheaper by, %"),
            }

    @property
    def lines(self) -> Iterator[tuple[int, list[BoundField]]]:
        """Yield each control: its number and its fields."""
        for number in range(self.count):
            names = ("name", "cost", "often_off", "much_off")
            yield number + 1, [self[f"{name}_{number}"] for name in names]

    def _filled(self) -> list[int]:
        return [n for n in range(self.count) if (self.cleaned_data.get(f"name_{n}") or "").strip()]

    def assessment(self) -> Assessment:
        """Return what a valid form says; a line without a name is none."""
        given = self.cleaned_data
        chance = given["often_chance"]
        frequency = {
            "kind": given["often"],
            **{name: _text(given[f"often_{name}"]) for name in ("low", "likely", "high")},
            "chance": "" if chance is None else _text(chance / 100),
        }
        magnitude = {
            "kind": given["much"],
            **{name: _text(given[f"much_{name}"]) for name in ("low", "likely", "high", "cap")},
        }
        controls = [
            {
                "name": given[f"name_{number}"],
                "cost": _text(given[f"cost_{number}"] or Decimal(0)),
                "on_frequency": _left(given[f"often_off_{number}"]),
                "on_magnitude": _left(given[f"much_off_{number}"]),
            }
            for number in self._filled()
        ]
        inherent = {"frequency": frequency, "magnitude": magnitude}
        return Assessment(given["currency"].upper(), inherent, controls, note=given["note"])

    def placed(self, refusal: Refusal) -> Refusal:
        """Return a refusal with the field as its place."""
        for part, field in (("frequency", "often"), ("magnitude", "much")):
            start = f"inherent.{part}."
            if refusal.place.startswith(start):
                refusal.place = f"{field}_{refusal.place.removeprefix(start)}"
        parts = {"name": "name", "cost": "cost", "on_frequency": "often_off",
                 "on_magnitude": "much_off"}  # fmt: skip
        for place, number in enumerate(self._filled()):
            start = f"controls[{place}]."
            if refusal.place.startswith(start):
                refusal.place = f"{parts[refusal.place.removeprefix(start)]}_{number}"
        return refusal


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _left(off: Decimal | None) -> str:
    return _text(1 - (off or Decimal(0)) / 100)


def _initial(risk: AnyRisk, currency: str) -> tuple[dict[str, Any], list[Mapping[str, str]]]:
    if not risk.assessed:
        return {"often": "rate", "much": "pert", "currency": currency or "EUR"}, []
    inherent, controls = risk.assessed["inherent"], risk.assessed["controls"]
    often, much = inherent["frequency"], inherent["magnitude"]
    found: dict[str, Any] = {
        "currency": risk.currency,
        "often": often["kind"],
        "much": much["kind"],
    }
    found |= {f"often_{name}": often.get(name) for name in ("low", "likely", "high")}
    found |= {f"much_{name}": much.get(name) for name in ("low", "likely", "high", "cap")}
    if often.get("chance") is not None:
        found["often_chance"] = _short(Decimal(often["chance"]) * 100)
    for number, each in enumerate(controls):
        found |= {
            f"name_{number}": each["name"],
            f"cost_{number}": each["cost"],
            f"often_off_{number}": _short(100 - 100 * Decimal(each["on_frequency"])),
            f"much_off_{number}": _short(100 - 100 * Decimal(each["on_magnitude"])),
        }
    return found, controls


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"
