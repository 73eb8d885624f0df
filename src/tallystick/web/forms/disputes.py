"""The forms that dispute one point of a statement, reply to it, and close it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.web.forms.choices import offer
from tallystick.web.forms.evidence import EvidenceField, MomentField


class DisputeForm(forms.Form):
    """What is wrong with which figure, what it should be, and what proves it."""

    measurement = forms.ChoiceField(label="Service level")
    item = forms.CharField(
        label="Ticket", max_length=200, required=False,
        help_text="Its id, if one ticket is wrong. Leave it empty if it is the figure.",
    )  # fmt: skip
    component = forms.CharField(
        label="Component", max_length=200, required=False,
        help_text="For an availability, if one component is wrong at some time.",
    )  # fmt: skip
    since = MomentField(label="From")
    until = MomentField(label="Until")
    what_is_wrong = forms.CharField(
        label="What is wrong", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is wrong with it."},
    )  # fmt: skip
    should_be = forms.CharField(
        label="What it should be", max_length=20_000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what it should be, as far as you know."},
    )  # fmt: skip
    evidence = EvidenceField()

    def __init__(
        self,
        *arguments: Any,
        levels: Sequence[tuple[str, str]],
        timed: bool,
        zone: str,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        offer(self, "measurement", levels)
        self.fields["since"].help_text = f"Only with a time that is wrong. In {zone}."
        # Where no level counts time, nobody is asked for any.
        for name in () if timed else ("component", "since", "until"):
            del self.fields[name]


class ReplyForm(forms.Form):
    """What a party says to a disputed point, and what proves it."""

    text = forms.CharField(
        label="Your reply", max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Both parties read it, and nobody edits it afterwards.",
        error_messages={"required": "Write what you reply."},
    )  # fmt: skip
    evidence = EvidenceField()


class CloseForm(forms.Form):
    """What became of a point, and why."""

    state = forms.ChoiceField(
        label="What became of it",
        choices=[
            (PointState.WITHDRAWN.value, "Withdraw it: the figure stands as it was stated"),
            (PointState.SETTLED.value, "It is settled: we agreed on what follows"),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What was found or agreed", max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both parties read it. After that nothing more is said of this point.",
    )  # fmt: skip
