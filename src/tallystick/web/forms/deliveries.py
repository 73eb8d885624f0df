"""The sheet on which a review says what came of each promise of a bid that won."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.actions.anchored import ANCHORED
from tallystick.actions.judge_delivery import LONGEST, Delivered
from tallystick.records.delivered_scores import Promise
from tallystick.records.selections import Criterion, CriterionKind
from tallystick.web.forms.scores import HALVES

_NOT_NOW = [("", "Not now"), *((each, each) for each in HALVES)]


def _figure(criterion: Criterion, currency: str) -> forms.Field:
    if criterion.kind == CriterionKind.JUDGED:
        return forms.ChoiceField(label="What came, from 0 to 5", choices=_NOT_NOW, required=False)
    if criterion.kind == CriterionKind.PRICE:
        return forms.DecimalField(
            label=f"What it came to, in {currency}",
            required=False,
            max_digits=14,
            decimal_places=2,
            min_value=Decimal(0),
            help_text="For the whole term, with every change and extra; while it runs, what it is "
            "heading for.",
        )
    unit = f", in {criterion.unit}" if criterion.unit else ""
    return forms.DecimalField(
        label=f"What came{unit}", required=False, max_digits=16, decimal_places=4
    )


class DeliveryForm(forms.Form):
    """What came of the promises; what is left empty is not judged now, and stays as it was."""

    def __init__(
        self, promises: Sequence[Promise], currency: str, *given: Any, **rest: Any
    ) -> None:
        super().__init__(*given, **rest)
        self.promises = list(promises)
        for each in self.promises:
            key = each.criterion.public_id
            self.fields[f"figure_{key}"] = _figure(each.criterion, currency)
            self.fields[f"evidence_{key}"] = forms.CharField(
                label="What shows it",
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[Promise, list[tuple[str, str]], Any, Any]]:
        """Return each promise with the words of its scale and its two fields."""
        return [
            (
                each,
                [
                    (score, each.criterion.anchors[score])
                    for score in ANCHORED
                    if each.criterion.anchors.get(score)
                ],
                self[f"figure_{each.criterion.public_id}"],
                self[f"evidence_{each.criterion.public_id}"],
            )
            for each in self.promises
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the other half where one of figure and evidence is given, and for one at all."""
        said: dict[str, Any] = super().clean() or {}
        for each in self.promises:
            self._demand_both(said, each.criterion)
        if not self.errors and not self._given(said):
            self.add_error(None, "Judge one criterion at least.")
        return said

    def _demand_both(self, said: dict[str, Any], criterion: Criterion) -> None:
        figure, evidence = f"figure_{criterion.public_id}", f"evidence_{criterion.public_id}"
        if figure in self.errors or evidence in self.errors:
            return
        there = said.get(figure) not in (None, "")
        if there and not said.get(evidence):
            self.add_error(
                evidence,
                f"Say what shows what came of “{criterion.name}”: a statement, a review.",
            )
        if said.get(evidence) and not there:
            self.add_error(figure, f"Give the figure of “{criterion.name}” that it shows.")

    def _given(self, said: dict[str, Any]) -> list[Promise]:
        return [
            each
            for each in self.promises
            if said.get(f"figure_{each.criterion.public_id}") not in (None, "")
        ]

    def given(self) -> dict[Criterion, Delivered]:
        """Return what a valid form says."""
        said = self.cleaned_data
        return {
            each.criterion: Delivered(
                Decimal(said[f"figure_{each.criterion.public_id}"]),
                said[f"evidence_{each.criterion.public_id}"],
            )
            for each in self._given(said)
        }
