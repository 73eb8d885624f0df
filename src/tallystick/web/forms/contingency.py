"""The forms of a contingency plan: writing, testing, beginning and ending it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tallystick.actions.write_plan import PlanWording
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.risk_registers import AnyPlan
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField
from tallystick.web.forms.people import PartyPeople
from tallystick.web.forms.risks import paragraph

RESULTS = {
    RunResult.WORKED: "It worked",
    RunResult.PARTLY: "It worked in part",
    RunResult.FAILED: "It did not work",
}
KINDS = {
    RunKind.ACTIVATION: "The risk comes true: activate it",
    RunKind.TEST: "To see whether it works: a test",
}
_MOST_PARTS = 3


class PlanForm(forms.Form):
    """A contingency plan; one step a line."""

    beside = (
        ("How fast service is back", ("recovery_minutes", "loss_minutes")),
        ("What it costs", ("cost", "currency")),
    )

    title = forms.CharField(
        label="Plan", max_length=160, error_messages={"required": "Name the plan."}
    )
    trigger = paragraph(
        "Trigger", "The sign on which it begins, so that nobody has to be brave.",
        error_messages={"required": "Say on which sign it begins."},
    )  # fmt: skip
    steps = forms.CharField(
        label="Steps", max_length=12_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One a line: what is done; minutes; who. Such as: Call the pool; 30; Owner",
        error_messages={"required": "Write at least one step."},
    )  # fmt: skip
    may_activate = forms.CharField(
        label="Who may activate it", max_length=200, help_text="Posts rather than people.",
        error_messages={"required": "Say who may activate it."},
    )  # fmt: skip
    owner = forms.ChoiceField(
        label="Owner", help_text="Who keeps it fit for use.",
        error_messages={"required": "Name one person."},
    )  # fmt: skip
    recovery_minutes = forms.IntegerField(
        label="Service is back within, minutes", min_value=0,
        help_text="The recovery time objective.",
        error_messages={"required": "Give the minutes."},
    )  # fmt: skip
    loss_minutes = forms.IntegerField(
        label="Data may be lost of, minutes", min_value=0, max_value=10**6, required=False,
        help_text="The recovery point objective.",
    )  # fmt: skip
    cost = forms.DecimalField(
        label="What it costs to carry out", required=False, min_value=0, max_digits=15,
        decimal_places=2,
    )  # fmt: skip
    currency = forms.CharField(label="Currency", max_length=3, required=False)

    def __init__(
        self, people: PartyPeople, plan: AnyPlan | None, data: Mapping[str, Any] | None
    ) -> None:
        super().__init__(data, initial=_initial(plan) if plan else None)
        self.people = people
        offer(self, "owner", [("", "Choose"), *people.groups])

    def clean_steps(self) -> list[dict[str, Any]]:
        """Read the lines; a wrong one is named by its number."""
        found = []
        lines = [each.strip() for each in self.cleaned_data["steps"].splitlines()]
        for number, line in enumerate(filter(None, lines), 1):
            parts = [each.strip() for each in line.split(";")]
            if len(parts) not in (2, _MOST_PARTS) or not parts[1].isdecimal() or len(parts[1]) > 7:
                raise forms.ValidationError(
                    f"Line {number} is not read. Write: what is done; minutes; who."
                )
            found.append({"name": parts[0], "minutes": int(parts[1]), "who": "".join(parts[2:])})
        return found

    def wording(self) -> PlanWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        names = ("title", "trigger", "steps", "may_activate", "recovery_minutes", "loss_minutes",
                 "cost")  # fmt: skip
        return PlanWording(
            owner=self.people.by_id[given["owner"]],
            currency=given["currency"].upper(),
            **{name: given[name] for name in names},
        )


def _initial(plan: AnyPlan) -> dict[str, Any]:
    names = ("title", "trigger", "may_activate", "recovery_minutes", "loss_minutes", "cost",
             "currency")  # fmt: skip
    steps = [
        "; ".join(filter(None, [each["name"], str(each["minutes"]), each["who"]]))
        for each in plan.steps
    ]
    return {
        **{name: getattr(plan, name) for name in names},
        "owner": plan.owner.public_id,
        "steps": "\n".join(steps),
    }


class TestForm(forms.Form):
    """A test that was held."""

    __test__ = False  # pytest takes it for one of its own

    on = DayField(label="Tested on", words={"required": "Give the day."})
    result = forms.ChoiceField(
        label="How it went", widget=forms.RadioSelect,
        choices=[(each.value, words) for each, words in RESULTS.items()],
        error_messages={"required": "Choose how it went."},
    )  # fmt: skip
    words = paragraph(
        "What was found", "What took longer, what was missing.",
        error_messages={"required": "Say what was found."},
    )  # fmt: skip


class BeginForm(forms.Form):
    """Why a plan is carried out."""

    kind = forms.ChoiceField(
        label="Why", widget=forms.RadioSelect,
        choices=[(each.value, words) for each, words in KINDS.items()],
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    why = paragraph("What happened", error_messages={"required": "Say what happened."})


class EndForm(forms.Form):
    """How a run went."""

    result = forms.ChoiceField(
        label="How it went", widget=forms.RadioSelect,
        choices=[(each.value, words) for each, words in RESULTS.items()],
        error_messages={"required": "Choose how it went."},
    )  # fmt: skip
    words = paragraph("What is to be mended", error_messages={"required": "Say what was found."})
