"""The forms of an award: which bid shall win and why, and yes or no to it; a debrief."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tallystick.web.forms.choices import offer


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProposeForm(forms.Form):
    """Which bid shall win, and why."""

    bid = forms.ChoiceField(
        label="The bid that wins",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a bid."},
    )
    rationale = forms.CharField(
        label="Why",
        max_length=20_000,
        widget=_area(6),
        help_text="For somebody who was not there: what decided, and what speaks against it. Above "
        "all if it is not the first in the order.",
        error_messages={"required": "Say why it wins."},
    )

    def __init__(self, bids: Sequence[tuple[str, str]], *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        offer(self, "bid", bids)


class DecideForm(forms.Form):
    """Yes or no to a proposal."""

    approved = forms.ChoiceField(
        label="Your decision",
        choices=[("yes", "Approve the award"), ("no", "Send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Decide one way or the other."},
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=4_000,
        widget=_area(3),
        help_text="Needed if you send it back.",
    )


class DebriefForm(forms.Form):
    """What a bidder that did not win is told of its own bid."""

    text = forms.CharField(
        label="What you tell the bidder",
        max_length=20_000,
        widget=_area(8),
        help_text="Of its own bid alone: what was strong, what was missing, what would have earned "
        "more. Name no other bidder, no rank and no weight.",
        error_messages={"required": "Write what you tell the bidder."},
    )
