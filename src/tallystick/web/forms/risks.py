"""The forms of a risk: identifying, reviewing, answering, ending and sharing it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.actions.identify_risk import RiskWording
from tallystick.actions.record_occurrence import Occurrence
from tallystick.actions.respond_to_risk import ResponseWording
from tallystick.engine.lessons.causes import Cause
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import AnyPlan, AnyRisk
from tallystick.records.risks import CATEGORIES
from tallystick.records.roles import Side
from tallystick.web.components.words import sentence
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField
from tallystick.web.forms.people import PartyPeople
from tallystick.web.risk_words import PROXIMITIES, RESPONSES

NOBODY = ("", "Nobody for now")
NONE = ("", "None")


def paragraph(label: str, help_text: str = "", **options: Any) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=4_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )


def people_for(engagement: Engagement, *, private: bool) -> PartyPeople:
    """Return those who may own something in a register."""
    return PartyPeople(engagement, (Side.CLIENT,) if private else tuple(Side))


class RiskForm(forms.Form):
    """A risk in words: because of the cause the event may happen, which has the effect."""

    beside = (
        (
            "What it touches, as far as it is known",
            ("proximity", "cause_code", "objective", "service_level", "supplier", "leads_to"),
        ),
    )

    register = forms.ChoiceField(
        label="Who reads it", widget=forms.RadioSelect,
        error_messages={"required": "Choose who reads it."},
    )  # fmt: skip
    title = forms.CharField(
        label="Risk", max_length=160, help_text="In a few words, such as: key people leave.",
        error_messages={"required": "Name the risk."},
    )  # fmt: skip
    different = forms.BooleanField(
        label="It is a different risk, though the words are nearly the same", required=False
    )
    category = forms.ChoiceField(
        label="About", error_messages={"required": "Choose what it is about."}
    )
    cause = paragraph("Cause", "What is true today that makes it possible.", required=False)
    event = paragraph("Event", "What would happen.", required=False)
    effect = paragraph("Effect", "What that would do to the engagement.", required=False)
    owner = forms.ChoiceField(
        label="Owner", help_text="The one person who answers for it.",
        error_messages={"required": "Name the one person who answers for it."},
    )  # fmt: skip
    proximity = forms.ChoiceField(label="How soon", required=False)
    cause_code = forms.ChoiceField(
        label="Kind of cause", required=False, help_text="As lessons name causes."
    )
    objective = forms.ChoiceField(label="Objective that it endangers", required=False)
    service_level = forms.ChoiceField(label="Service level that it endangers", required=False)
    supplier = forms.CharField(
        label="Subcontractor or supplier", max_length=120, required=False,
        help_text="Only if it lies with somebody else than the two parties.",
    )  # fmt: skip
    leads_to = forms.ChoiceField(label="Leads to the risk", required=False)

    def __init__(
        self,
        choices: "RiskChoices",
        data: Mapping[str, Any] | None,
        initial: Mapping[str, Any],
        *,
        amends: bool,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.choices = choices
        if amends or len(choices.registers) == 1:
            del self.fields["register"]
        else:
            offer(self, "register", choices.registers)
        if data is None:
            # Asked once another risk of nearly the same words was found.
            del self.fields["different"]
        offer(self, "category", [("", "Choose"), *((e, sentence(e)) for e in CATEGORIES)])
        offer(self, "owner", [("", "Choose"), *choices.people.groups])
        offer(
            self, "proximity", [("", "Not said"), *((k.value, w) for k, w in PROXIMITIES.items())]
        )
        offer(self, "cause_code", [("", "Not said"), *((e.value, e.words) for e in Cause)])
        offer(self, "objective", [NONE, *((k, o.statement) for k, o in choices.objectives.items())])
        offer(self, "service_level", [NONE, *choices.levels.items()])
        offer(self, "leads_to", [NONE, *((k, r.title) for k, r in choices.risks.items())])

    def wording(self) -> RiskWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        names = ("title", "category", "cause", "event", "effect", "cause_code", "proximity",
                 "supplier", "service_level")  # fmt: skip
        return RiskWording(
            owner=self.choices.people.by_id[given["owner"]],
            objective=self.choices.objectives.get(given["objective"]),
            leads_to=self.choices.risks.get(given["leads_to"]),
            **{name: given[name] for name in names},
        )


class RiskChoices:
    """What the form of a risk lets choose from."""

    def __init__(
        self,
        people: PartyPeople,
        registers: Sequence[tuple[str, str]],
        objectives: Sequence[Objective],
        levels: Mapping[str, str],
        risks: Sequence[AnyRisk],
    ) -> None:
        self.people, self.registers, self.levels = people, registers, levels
        self.objectives = {each.public_id: each for each in objectives}
        self.risks = {each.public_id: each for each in risks}


def initial_of(risk: AnyRisk) -> dict[str, Any]:
    """Return what the form of a risk that is there starts with."""
    names = ("title", "category", "cause", "event", "effect", "cause_code", "proximity",
             "supplier", "service_level")  # fmt: skip
    return {
        **{name: getattr(risk, name) for name in names},
        "owner": risk.owner.public_id,
        "objective": risk.objective.public_id if risk.objective else "",
        "leads_to": risk.leads_to.public_id if risk.leads_to else "",
    }


class ReviewForm(forms.Form):
    """A look at a risk, in words."""

    note = paragraph(
        "What you found", "Larger, smaller or the same, and what shows it.",
        error_messages={"required": "Say what you found, if only that nothing changed."},
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why a risk is over."""

    note = paragraph("Why it can no longer come true", error_messages={"required": "Say why."})


class ReopenForm(forms.Form):
    """Why a risk is not over."""

    note = paragraph("Why it may come true after all", error_messages={"required": "Say why."})


class OccurrenceForm(forms.Form):
    """What happened."""

    on = DayField(label="Happened on", words={"required": "Give the day."})
    words = paragraph("What happened", error_messages={"required": "Say what happened."})
    cost = forms.DecimalField(
        label="What it cost", required=False, min_value=0, max_digits=15, decimal_places=2,
        help_text="In the currency of the register, as far as it is known.",
    )  # fmt: skip
    again = forms.BooleanField(label="It may happen again: keep the risk open", required=False)
    issue_title = forms.CharField(
        label="Raise an issue, called", max_length=160, required=False,
        help_text="The provider reads it. Left empty, no issue is raised.",
    )  # fmt: skip
    issue_words = paragraph(
        "What the provider reads of it",
        "Only this and the title: the risk itself and all above stay with you.", required=False,
    )  # fmt: skip

    def __init__(self, *, asks: bool, data: Mapping[str, Any] | None) -> None:
        """Make the form; `asks` whether an issue is raised, and how it is worded."""
        super().__init__(data)
        if not asks:
            del self.fields["issue_title"], self.fields["issue_words"]

    def occurrence(self) -> Occurrence:
        """Return what a valid form says."""
        return Occurrence(**self.cleaned_data)


class ResponseForm(forms.Form):
    """What is done about a risk."""

    response = forms.ChoiceField(
        label="Response", widget=forms.RadioSelect,
        choices=[(each.value, words) for each, words in RESPONSES.items()],
        error_messages={"required": "Choose a response."},
    )  # fmt: skip
    words = paragraph(
        "What is done", "Who does what until when.",
        error_messages={"required": "Say what is done."},
    )  # fmt: skip
    actionee = forms.ChoiceField(
        label="Done by", required=False, help_text="The owner answers for it either way."
    )
    plan = forms.ChoiceField(label="Contingency plan that stands ready", required=False)

    def __init__(
        self,
        risk: AnyRisk,
        people: PartyPeople,
        plans: Sequence[AnyPlan],
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(
            data,
            initial={
                "response": risk.response,
                "words": risk.response_words,
                "actionee": risk.actionee.public_id if risk.actionee else "",
                "plan": risk.plan.public_id if risk.plan else "",
            },
        )
        self.people, self.plans = people, {each.public_id: each for each in plans}
        offer(self, "actionee", [NOBODY, *people.groups])
        offer(self, "plan", [NONE, *((key, each.title) for key, each in self.plans.items())])

    def wording(self) -> ResponseWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        return ResponseWording(
            given["response"],
            given["words"],
            self.people.named(given["actionee"]),
            self.plans.get(given["plan"]),
        )


class ShareForm(forms.Form):
    """With whom a private risk is shared, and how much of it."""

    owner = forms.ChoiceField(label="Owner from then on")
    with_figures = forms.BooleanField(label="Share what you think it may cost, too", required=False)
    sure = forms.BooleanField(
        label="The provider may read it from now on",
        error_messages={"required": "Tick this: what was shared cannot be taken back."},
    )

    def __init__(self, risk: AnyRisk, people: PartyPeople, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={"owner": risk.owner.public_id})
        self.people = people
        offer(self, "owner", people.groups)
