"""The sheet on which an evaluator scores one bid, and the moderation of one score."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.actions.anchored import ANCHORED
from tallystick.actions.score_bid import ScoreGiven
from tallystick.engine.values import decimal_text
from tallystick.records.scores import Score
from tallystick.records.selections import Criterion
from tallystick.web.forms.choices import offer

HALVES = [str(Decimal(half) / 2) for half in range(11)]
"""The scores that may be given: 0, 0.5 … 5."""


def _marks(label: str, needed: bool) -> forms.ChoiceField:
    first = [] if needed else [("", "Not yet")]
    return forms.ChoiceField(
        label=label,
        choices=[*first, *((each, each) for each in HALVES)],
        required=needed,
        error_messages={"required": "Give a score."},
    )


class SheetForm(forms.Form):
    """One evaluator's scores of one bid; what is left empty is not scored yet."""

    def __init__(self, judged: Sequence[Criterion], *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        self.criteria = list(judged)
        for each in judged:
            self.fields[f"score_{each.public_id}"] = _marks("Score", needed=False)
            self.fields[f"evidence_{each.public_id}"] = forms.CharField(
                label="What in the bid it rests on",
                required=False,
                max_length=4_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            # Both may wait for another day, and are asked for before the scores are handed in.
            score: Any = self.fields[f"score_{each.public_id}"]
            evidence: Any = self.fields[f"evidence_{each.public_id}"]
            score.wanted, evidence.wanted = True, each.needs_evidence
            score.full_label = f"{each.name}, score"
            evidence.full_label = f"{each.name}, what it rests on"

    @staticmethod
    def initial_of(scores: Iterable[Score]) -> dict[str, str]:
        """Return what was scored before."""
        shown: dict[str, str] = {}
        for each in scores:
            shown[f"score_{each.criterion.public_id}"] = decimal_text(each.value)
            shown[f"evidence_{each.criterion.public_id}"] = each.evidence
        return shown

    def rows(self) -> list[tuple[Criterion, list[tuple[str, str]], Any, Any]]:
        """Return each criterion with its anchors in words and its two fields."""
        return [
            (
                each,
                [(score, each.anchors.get(score, "")) for score in ANCHORED],
                self[f"score_{each.public_id}"],
                self[f"evidence_{each.public_id}"],
            )
            for each in self.criteria
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for evidence where the criterion does, and for a score at all."""
        said: dict[str, Any] = super().clean() or {}
        for each in self.criteria:
            score = said.get(f"score_{each.public_id}")
            if score and each.needs_evidence and not said.get(f"evidence_{each.public_id}"):
                self.add_error(f"evidence_{each.public_id}", "Say what in the bid it rests on.")
        if not any(said.get(f"score_{each.public_id}") for each in self.criteria):
            self.add_error(None, "Give one score at least.")
        return said

    def given(self) -> dict[Criterion, ScoreGiven]:
        """Return the scores of a valid form."""
        said = self.cleaned_data
        return {
            each: ScoreGiven(Decimal(score), said[f"evidence_{each.public_id}"])
            for each in self.criteria
            if (score := said[f"score_{each.public_id}"])
        }


class ModerateForm(forms.Form):
    """What the evaluators agreed on for one bid, and why."""

    bid = forms.ChoiceField(label="Bid")
    value = _marks("Agreed score", needed=True)
    note = forms.CharField(
        label="What was said", max_length=4_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, criterion: Criterion, bids: Sequence[tuple[str, str]], data: Any = None
    ) -> None:
        # One page has a form for each criterion, and an id stands once on a page.
        super().__init__(data, auto_id=f"{criterion.public_id}_%s")
        offer(self, "bid", bids)

    def agreed(self) -> ScoreGiven:
        """Return what a valid form says."""
        return ScoreGiven(Decimal(self.cleaned_data["value"]), self.cleaned_data["note"])
