"""The forms of a mid-term or closing review: what people write, and what they say of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html

from tallystick.actions.write_review import FindingWording, Reached, ReviewWording
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.reviews.parts import (
    NEEDED,
    OUTCOMES,
    OWED_WORDS,
    PRIVATE,
    Achieved,
    Outcome,
    OwedTo,
    ReviewKind,
    Section,
)
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tallystick.web.components.status import word_of
from tallystick.web.components.words import sentence
from tallystick.web.forms.days import DayField

_EVIDENCE = 'What shows it<span class="visually-hidden">: {}</span>'
ROOM = 3
"""So many empty findings stand below those that were written."""
_PARTS = ("title", "severity", "sentence", "remedy")
_SEVERITIES = [("", "None"), *((each.value, sentence(each.value)) for each in Severity)]


def _text(label: str, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20_000,
        required=options.pop("required", False),
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class JudgeForm(forms.Form):
    """A word on each section, what each objective came to, findings, and what follows."""

    def __init__(
        self, pack: EvidencePack, draft: ReviewDraft, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=_initial(draft))
        self.objectives = [each["id"] for each in pack.document["objectives"]]
        self.rows = range(len(draft.findings) + ROOM)
        for key in self.objectives:
            self.fields[f"actual_{key}"] = forms.CharField(
                label="Where it stands", max_length=200, required=False,
                help_text="The figure, in the same unit, and where it was looked up.",
            )  # fmt: skip
            self.fields[f"achieved_{key}"] = forms.ChoiceField(
                label="Achieved",
                required=False,
                choices=[("", "Not judged"), *((e.value, sentence(e.value)) for e in Achieved)],
            )
            self.fields[f"owed_{key}"] = forms.ChoiceField(
                label="Owed to",
                required=False,
                choices=[
                    ("", "Not said"),
                    *((e.value, sentence(w)) for e, w in OWED_WORDS.items()),
                ],
            )
        for part in Section:
            self.fields[f"on_{part.value}"] = _text(
                "What we make of it",
                help_text="Stays with your organisation." if part in PRIVATE else "",
            )
            self.fields[f"on_{part.value}"].wanted = part in NEEDED  # type: ignore[attr-defined]
        for row in self.rows:
            self.fields[f"title_{row}"] = forms.CharField(
                label="Finding", max_length=200, required=False
            )
            self.fields[f"severity_{row}"] = forms.ChoiceField(
                label="Severity", choices=_SEVERITIES, required=False
            )
            self.fields[f"sentence_{row}"] = _text("What was found", 2)
            self.fields[f"remedy_{row}"] = _text("What to do about it", 2)
        self._decide(ReviewKind(pack.kind))

    def _decide(self, kind: ReviewKind) -> None:
        self.fields["outcome"] = forms.ChoiceField(
            label="What follows",
            required=False,
            choices=[(each.value, word_of(each.value)) for each in OUTCOMES[kind]],
            widget=forms.RadioSelect,
        )
        self.fields["reasons"] = _text("Reasons", 4, help_text="Both parties read them.")
        if kind is ReviewKind.CLOSING:
            self.fields["benefits_on"] = DayField(
                label="Benefits are reviewed on",
                required=False,
                help_text="The day on which somebody looks whether they have lasted.",
            )

    def clean(self) -> dict[str, Any]:
        """Ask for every part of a finding that was begun."""
        given = super().clean() or {}
        for row in self.rows:
            parts = {name: given.get(f"{name}_{row}") for name in _PARTS}
            for name, value in parts.items():
                if any(parts.values()) and not value:
                    self.add_error(f"{name}_{row}", "Complete the finding, or empty all of it.")
        return given

    def wording(self) -> ReviewWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        return ReviewWording(
            objectives={
                key: Reached(
                    given[f"actual_{key}"],
                    Achieved(given[f"achieved_{key}"] or Achieved.OPEN),
                    OwedTo(owed) if (owed := given[f"owed_{key}"]) else None,
                )
                for key in self.objectives
                if any(given[f"{part}_{key}"] for part in ("actual", "achieved", "owed"))
            },
            judgements={part: given[f"on_{part.value}"] for part in Section},
            findings=[self._finding(row) for row in self.rows if given[f"title_{row}"]],
            outcome=Outcome(given["outcome"]) if given["outcome"] else None,
            reasons=given["reasons"],
            benefits_on=given.get("benefits_on"),
        )

    def _finding(self, row: int) -> FindingWording:
        title, severity, told, remedy = (self.cleaned_data[f"{name}_{row}"] for name in _PARTS)
        return FindingWording(title, Severity(severity), told, remedy)

    @property
    def finding_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each finding."""
        return [[self[f"{name}_{row}"] for name in _PARTS] for row in self.rows]


def _initial(draft: ReviewDraft) -> dict[str, Any]:
    """Return what was written so far, by field."""
    known: dict[str, Any] = {
        "outcome": draft.outcome,
        "reasons": draft.reasons,
        "benefits_on": draft.benefits_on,
    }
    for key, reached in draft.objectives.items():
        known |= {f"actual_{key}": reached["actual"], f"achieved_{key}": reached["achieved"]}
        known[f"owed_{key}"] = reached.get("owed_to", "")
    for part, text in (draft.judgements | draft.asides).items():
        known[f"on_{part}"] = text
    for row, finding in enumerate(draft.findings):
        known |= {f"{name}_{row}": finding[name] for name in _PARTS}
    return known


class CommentForm(forms.Form):
    """What a party says beside a signed review."""

    text = _text("Your comment", 4, required=True, help_text="Both parties read it; it stays.")


class LineForm(forms.Form):
    """A line of the exit checklist, and what shows that it is done."""

    line = forms.CharField(max_length=200, widget=forms.HiddenInput)
    note = forms.CharField(
        label="What shows it",
        max_length=2_000,
        help_text="A certificate, a hand-over record, who saw it and when.",
    )


class RatingForm(forms.Form):
    """A mark and a sentence of evidence on each dimension."""

    def __init__(
        self,
        dimensions: Mapping[str, str],
        marks: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        known = {name: each["mark"] for name, each in marks.items()}
        known |= {f"evidence_{name}": each["evidence"] for name, each in marks.items()}
        super().__init__(data, initial=known)
        self.dimensions = dimensions
        for name, label in dimensions.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                choices=MARKS,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose a mark."},
            )
            self.fields[f"evidence_{name}"] = forms.CharField(
                label=format_html(_EVIDENCE, label.lower()),
                max_length=500,
                error_messages={"required": "One sentence that somebody else could check."},
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of each dimension."""
        return [(self[name], self[f"evidence_{name}"]) for name in self.dimensions]


MARKS = [(1, "1, poor"), (2, "2"), (3, "3"), (4, "4"), (5, "5, excellent")]
