"""The forms of a selection: its terms, its criteria, its bids and their must-haves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from tallystick.actions.anchored import ANCHORED
from tallystick.actions.plan_selection import SelectionTerms
from tallystick.actions.record_bid import BidTerms
from tallystick.actions.state_criterion import CriterionWording
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.web.forms.choices import offer
from tallystick.web.forms.evidence import MomentField

_MONEY = {"max_digits": 16, "decimal_places": 2, "min_value": Decimal("0.01")}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TermsForm(forms.Form):
    """Until when bids come in, in which currency, and what the work should cost."""

    bids_until = MomentField(
        label="Bids come in until",
        required=True,
        help_text="Nobody opens a bid before, and none that comes later counts.",
        error_messages={"required": "Say until when bids come in."},
    )
    currency = forms.CharField(
        label="Currency",
        max_length=3,
        initial="EUR",
        help_text="Three letters, such as EUR.",
        error_messages={"required": "Say in which currency bids are priced."},
    )
    should_cost = forms.DecimalField(
        label="Should-cost",
        required=False,
        help_text="What the whole term should cost by your own estimate. Prices are held against "
        "it, not against each other.",
        **_MONEY,  # type: ignore[arg-type]
    )
    single_source_reason = forms.CharField(
        label="Why only one supplier is asked",
        required=False,
        max_length=4_000,
        widget=_area(2),
        help_text="Leave it empty for a competition. You approve the reason with your name.",
    )

    @staticmethod
    def initial_of(selection: Selection) -> dict[str, Any]:
        """Return what the form shows of a selection that there is."""
        names = ("bids_until", "currency", "should_cost", "single_source_reason")
        return {name: getattr(selection, name) for name in names}

    def terms(self) -> SelectionTerms:
        """Return what a valid form says."""
        return SelectionTerms(**self.cleaned_data)


class CriterionForm(forms.Form):
    """One thing that bids are judged by."""

    name = forms.CharField(
        label="Criterion", max_length=120, error_messages={"required": "Name the criterion."}
    )
    kind = forms.ChoiceField(
        label="How it is answered",
        choices=[
            (CriterionKind.JUDGED, "Evaluators judge it, 0 to 5"),
            (CriterionKind.MEASURED, "The bid gives a figure"),
            (CriterionKind.PRICE, "It is the price"),
            (CriterionKind.KNOCK_OUT, "A must-have: yes or no"),
            (CriterionKind.GROUP, "A group of other criteria"),
        ],
        widget=forms.RadioSelect,
        initial=CriterionKind.JUDGED,
        error_messages={"required": "Say how it is answered."},
    )
    parent = forms.ChoiceField(label="In the group", required=False)
    weight = forms.DecimalField(
        label="Weight",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        help_text="Its part of 100 among the criteria beside it.",
    )
    question = forms.CharField(
        label="What the bidder shows", required=False, max_length=4_000, widget=_area(2)
    )
    anchor_0 = forms.CharField(
        label="What earns 0",
        required=False,
        max_length=1_000,
        widget=_area(2),
        help_text="This and the next two are for what evaluators judge. Say all three in words.",
    )
    anchor_3 = forms.CharField(
        label="What earns 3", required=False, max_length=1_000, widget=_area(2)
    )
    anchor_5 = forms.CharField(
        label="What earns 5", required=False, max_length=1_000, widget=_area(2)
    )
    unit = forms.CharField(
        label="Unit",
        required=False,
        max_length=40,
        help_text="This and the next two are for a figure, or for the price.",
    )
    worst = forms.DecimalField(
        label="Worth nothing at",
        required=False,
        max_digits=16,
        decimal_places=4,
        help_text="The figure, or the price, that you would just still take.",
    )
    target = forms.DecimalField(
        label="Worth everything at", required=False, max_digits=16, decimal_places=4
    )
    needs_evidence = forms.BooleanField(
        label="A score says what in the bid it rests on", required=False, initial=True
    )

    def __init__(
        self, groups: Sequence[Criterion], *given: Any, is_open: bool = False, **rest: Any
    ) -> None:
        super().__init__(*given, **rest)
        self._groups = {each.public_id: each for each in groups}
        names = [(key, each.name) for key, each in self._groups.items()]
        offer(self, "parent", [("", "None: it stands by itself"), *names])
        if is_open:
            self.fields["reason"] = forms.CharField(
                label="Why it changes now",
                max_length=4_000,
                error_messages={"required": "Say why it changes now."},
                widget=_area(2),
                help_text="The bids are open. The change and its reason stay in the record.",
            )

    @staticmethod
    def initial_of(criterion: Criterion) -> dict[str, Any]:
        """Return what the form shows of a criterion that there is."""
        names = (
            "name", "kind", "weight", "question", "unit", "worst", "target", "needs_evidence",
        )  # fmt: skip
        shown = {name: getattr(criterion, name) for name in names}
        shown |= {f"anchor_{score}": criterion.anchors.get(score, "") for score in ANCHORED}
        return shown | {"parent": criterion.parent.public_id if criterion.parent else ""}

    def wording(self) -> CriterionWording:
        """Return what a valid form says."""
        said = self.cleaned_data
        kind = CriterionKind(said["kind"])
        return CriterionWording(
            name=said["name"],
            kind=kind,
            parent=self._groups.get(said["parent"]),
            weight=None if kind is CriterionKind.KNOCK_OUT else said["weight"],
            question=said["question"],
            unit=said["unit"],
            worst=said["worst"],
            target=said["target"],
            anchors={score: said[f"anchor_{score}"] for score in ANCHORED},
            needs_evidence=said["needs_evidence"],
        )


RATIOS = (
    ("9", "far more"), ("7", "much more"), ("5", "more"), ("3", "a little more"),
    ("1", "as much"), ("1/3", "a little less"), ("1/5", "less"), ("1/7", "much less"),
    ("1/9", "far less"),
)  # fmt: skip
"""Saaty's scale in words."""


class PairsForm(forms.Form):
    """Which of two criteria weighs more, for each pair."""

    def __init__(self, siblings: Sequence[Criterion], *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        self._pairs: dict[str, tuple[str, str]] = {}
        for place, first in enumerate(siblings):
            for second in siblings[place + 1 :]:
                name = f"{first.public_id}:{second.public_id}"
                self._pairs[name] = (first.public_id, second.public_id)
                self.fields[name] = forms.ChoiceField(
                    label=f"{first.name}, beside {second.name}",
                    choices=RATIOS,
                    initial="1",
                )

    def judged(self) -> dict[tuple[str, str], float]:
        """Return the ratio of each pair."""
        return {
            pair: float(Fraction(self.cleaned_data[name])) for name, pair in self._pairs.items()
        }


class BidForm(forms.Form):
    """A bid as it came."""

    supplier = forms.CharField(
        label="Supplier", max_length=120, error_messages={"required": "Name the supplier."}
    )
    price = forms.DecimalField(
        label="Price of the whole term",
        help_text="It is kept sealed until all bids are opened.",
        error_messages={"required": "Name the price."},
        **_MONEY,  # type: ignore[arg-type]
    )
    received_at = MomentField(
        label="Came on", required=True, error_messages={"required": "Say when it came."}
    )
    contacts = forms.CharField(
        label="The bidder's contacts",
        required=False,
        max_length=4_000,
        widget=_area(3),
        help_text="One name or e-mail address a line. None of them may judge.",
    )
    note = forms.CharField(label="Note", required=False, max_length=4_000, widget=_area(2))

    def __init__(
        self, measured: Sequence[Criterion], now: datetime, *given: Any, **rest: Any
    ) -> None:
        super().__init__(*given, **rest)
        self.fields["received_at"].initial = now
        self._measured = {f"value_{each.public_id}": each for each in measured}
        for name, each in self._measured.items():
            self.fields[name] = forms.DecimalField(
                label=f"{each.name} ({each.unit})" if each.unit else each.name,
                max_digits=16,
                decimal_places=4,
                error_messages={"required": "Give the figure of the bid."},
            )

    def terms(self) -> BidTerms:
        """Return what a valid form says."""
        said = self.cleaned_data
        return BidTerms(
            supplier=said["supplier"],
            price=said["price"],
            received_at=said["received_at"],
            contacts=[each.strip() for each in said["contacts"].splitlines()],
            values={each.public_id: said[name] for name, each in self._measured.items()},
            note=said["note"],
        )


class MustHavesForm(forms.Form):
    """Whether a bid meets each must-have."""

    def __init__(self, knock_outs: Sequence[Criterion], *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        self._criteria = {f"met_{each.public_id}": each for each in knock_outs}
        for name, each in self._criteria.items():
            self.fields[name] = forms.ChoiceField(
                label=each.name,
                choices=[("yes", "It does"), ("no", "It does not")],
                widget=forms.RadioSelect,
                help_text=each.question,
                error_messages={"required": "Say whether it does."},
            )

    @staticmethod
    def initial_of(known: Mapping[str, bool]) -> dict[str, str]:
        """Return what was said before."""
        return {f"met_{key}": "yes" if met else "no" for key, met in known.items()}

    def met(self) -> dict[Criterion, bool]:
        """Return what a valid form says."""
        return {each: self.cleaned_data[name] == "yes" for name, each in self._criteria.items()}


class TextForm(forms.Form):
    """One text that an act asks for; `field` names it as the action does."""

    def __init__(
        self, field: str, label: str, *given: Any, help_text: str = "", needed: bool = True,
        **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(*given, **rest)
        self.fields[field] = forms.CharField(
            label=label,
            max_length=20_000,
            required=needed,
            widget=_area(4),
            help_text=help_text,
            error_messages={"required": "Say why, in a sentence or two."},
        )
