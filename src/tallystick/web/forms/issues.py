"""The forms of an issue: raise it, answer, escalate, resolve, open it again."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from tallystick.actions.raise_issue import IssueWording
from tallystick.engine.lessons.causes import Cause
from tallystick.records.agreements import agreement_on
from tallystick.records.engagements import Engagement
from tallystick.records.issues import IssueSeverity
from tallystick.records.ladders import LEVELS
from tallystick.records.objectives import Objective
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import sentence
from tallystick.web.forms.choices import offer

LONGEST = 20_000
NONE = ("", "None")


def _text(label: str, help_text: str, missing: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": missing},
    )


class IssueForm(forms.Form):
    """What went wrong, how much it weighs, and whom it is put to first."""

    title = forms.CharField(
        label="What is wrong", max_length=160, help_text="In one line, as you would say it.",
        error_messages={"required": "Say in one line what is wrong."},
    )  # fmt: skip
    what_happened = _text(
        "What happened", "Since when, whom it hits, what was tried. The other side reads it.",
        "Say what happened.", 5,
    )  # fmt: skip
    severity = forms.ChoiceField(
        label="How much it weighs",
        choices=[(each.value, sentence(each.value)) for each in IssueSeverity],
        initial=IssueSeverity.MEDIUM.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much it weighs."},
    )
    level = forms.TypedChoiceField(
        label="Ask on level",
        choices=[(each, f"Level {each}") for each in LEVELS],
        coerce=int,
        initial=LEVELS[0],
        help_text="Usually the first; higher where the ladder's own words say so.",
        error_messages={"required": "Choose a level."},
    )
    service_level = forms.ChoiceField(label="Service level that it hits", required=False)
    objective = forms.ChoiceField(label="Objective that it hits", required=False)
    cause = forms.ChoiceField(
        label="Cause",
        required=False,
        choices=[("", "Nobody knows yet"), *((each.value, each.words) for each in Cause)],
        help_text="The same list as for lessons, so that a repeat is seen.",
    )
    cost = forms.DecimalField(
        label="What it has cost", required=False, min_value=Decimal(0), max_digits=14,
        decimal_places=2, help_text="As far as anybody knows.",
    )  # fmt: skip
    currency = forms.CharField(
        label="Currency", required=False, min_length=3, max_length=3, help_text="Such as EUR."
    )

    def __init__(
        self, viewer: Viewer, engagement: Engagement, today: date, data: Mapping[str, Any] | None
    ) -> None:
        super().__init__(data)
        objectives = Objective.objects.visible_to(viewer).filter(engagement=engagement)
        self.objectives = {each.public_id: each for each in objectives.order_by("id")}
        agreement = agreement_on(engagement, today)
        levels = agreement.level_names if agreement else {}
        offer(self, "service_level", [NONE, *levels.items()])
        offer(
            self, "objective",
            [NONE, *((key, each.statement) for key, each in self.objectives.items())],
        )  # fmt: skip

    def wording(self) -> IssueWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        return IssueWording(
            title=given["title"],
            what_happened=given["what_happened"],
            severity=given["severity"],
            cause=given["cause"],
            cost=given["cost"],
            currency=given["currency"].upper(),
            service_level=given["service_level"],
            objective=self.objectives.get(given["objective"]),
            level=given["level"],
        )


class IssueAnswerForm(forms.Form):
    """What the side that is waited for says."""

    words = _text(
        "Your answer", "What you do about it, and by when. Then it is the other side's turn.",
        "Write your answer.", 4,
    )  # fmt: skip


class EscalateForm(forms.Form):
    """Why it cannot wait for the clock."""

    words = _text(
        "Why it cannot wait", "Both sides read it.", "Say why it cannot wait for the clock."
    )


class ResolveForm(forms.Form):
    """What was done."""

    resolution = _text(
        "How it was resolved", "What was done, and what keeps it from coming back.",
        "Say how it was resolved.",
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Why it is not done with."""

    words = _text("Why it is not done with", "Both sides read it.", "Say what is still wrong.")
