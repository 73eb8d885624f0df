"""The forms of evidence about a bidder: references, calls, past cases, people, needed skills."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.actions.name_member import Member
from tallystick.actions.plan_reference import Referee
from tallystick.actions.record_call import MOST_PERCENT, Call
from tallystick.actions.record_case import CaseTold
from tallystick.engine.scoring.calls import MOST, QUESTIONS
from tallystick.records.bid_experience import HIGHEST, LOWEST, CaseOutcome, CaseRole
from tallystick.records.references import Again, ReferenceSource, Relationship
from tallystick.web.forms.days import DayField

SOURCES = {
    ReferenceSource.NOMINATED: "The bidder named it",
    ReferenceSource.FOUND: "We found it ourselves",
}
RELATIONSHIPS = {
    Relationship.LIVE: "It is a client today",
    Relationship.ENDED: "Its contract ended as planned",
    Relationship.EXITED: "It left before the end",
}
AGAIN = {Again.YES: "Yes", Again.NO: "No", Again.UNSURE: "Not sure"}
ROLES = {CaseRole.PRIME: "It answered for the work", CaseRole.SUB: "It worked for another"}
OUTCOMES = {
    CaseOutcome.KEPT: "Kept what was promised",
    CaseOutcome.PARTLY: "Kept part of it",
    CaseOutcome.FAILED: "Failed",
}
_MARKS = {1: "1, not at all", MOST: f"{MOST}, entirely"}


def labelled(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Return choices of a field from words by value."""
    return [(str(value), label) for value, label in words.items()]


def per_cent(label: str, help_text: str) -> forms.IntegerField:
    """Return a field for a share in per cent, at most 100."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100,
        initial=100,
        help_text=help_text,
        error_messages={"required": "Give a share from 0 to 100."},
    )


def long_text(label: str, rows: int, longest: int, help_text: str = "") -> forms.CharField:
    """Return a field for a longer text that may stay empty."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class RefereeForm(forms.Form):
    """Whom to ask about a bidder."""

    organisation = forms.CharField(
        label="Organisation",
        max_length=120,
        help_text="A client of the bidder, today or before. One organisation is one voice.",
        error_messages={"required": "Say whom you will ask."},
    )
    contact = forms.CharField(
        label="Whom you speak to", max_length=200, required=False, help_text="Name, telephone."
    )
    source = forms.ChoiceField(
        label="Who chose it",
        choices=labelled(SOURCES),
        widget=forms.RadioSelect,
        error_messages={"required": "Say who chose it."},
    )
    relationship = forms.ChoiceField(
        label="How it stands to the bidder",
        choices=labelled(RELATIONSHIPS),
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it stands to the bidder."},
    )
    ended_on = DayField(
        label="Contract ended on",
        required=False,
        help_text="What is long ago counts less: half every three years.",
    )
    similarity = per_cent("How alike its service is to yours, %", "100 is the same kind of work.")

    def referee(self) -> Referee:
        """Return what a valid form says."""
        return Referee(**self.cleaned_data)


class CallForm(forms.Form):
    """What a client of the bidder said."""

    marks = True
    """It is drawn as a scale."""

    called_on = DayField(label="Called on", words={"required": "Say on which day."})

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=question,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[
                    ("", "Not answered"),
                    *[(mark, _MARKS.get(mark, str(mark))) for mark in range(1, MOST + 1)],
                ],
                widget=forms.RadioSelect,
            )
        self.fields["again"] = forms.ChoiceField(
            label="Would you hire them again?",
            choices=[("", "Not asked"), *labelled(AGAIN)],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["cost_percent"] = forms.IntegerField(
            label="What the contract cost, in % of the bid",
            min_value=1,
            max_value=MOST_PERCENT,
            required=False,
            help_text="100 is as offered, 130 almost a third more.",
        )
        self.fields["said"] = long_text("In their words", 4, 20_000)

    def call(self) -> Call:
        """Return what a valid form says."""
        said = self.cleaned_data
        marks = {name: said[name] for name in QUESTIONS if said.get(name) is not None}
        return Call(said["called_on"], marks, said["again"], said.get("cost_percent"), said["said"])


class CaseForm(forms.Form):
    """Work that the bidder has done before."""

    customer = forms.CharField(
        label="For whom", max_length=120, error_messages={"required": "Say for whom."}
    )
    domain = forms.CharField(label="In which trade", max_length=120, required=False)
    scope = forms.CharField(
        label="What was done",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was done."},
    )
    scale = per_cent("How large beside yours, %", "100 is as large as yours, or larger.")
    similarity = per_cent("How alike to yours, %", "100 is the same kind of work.")
    from_on = DayField(label="From", words={"required": "Say since when."})
    until_on = DayField(label="Until", required=False, help_text="Empty while it goes on.")
    role = forms.ChoiceField(
        label="What the bidder was",
        choices=labelled(ROLES),
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it was."},
    )
    outcome = forms.ChoiceField(
        label="How it ended, or goes",
        choices=labelled(OUTCOMES),
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it ended."},
    )
    evidence = long_text("What shows it", 2, 2_000, "A report, a document, a call.")
    staff = long_text("Who did it and still works there", 2, 2_000, "Names, one per line.")

    def case(self) -> CaseTold:
        """Return what a valid form says."""
        return CaseTold(**self.cleaned_data)


class MemberForm(forms.Form):
    """A person of the team that the bid offers, with a level for each needed skill."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Without a name it is a promise, and covers nothing.",
    )
    role = forms.CharField(
        label="Role", max_length=120, required=False, help_text="Needed where nobody is named."
    )

    def __init__(
        self,
        skills: Sequence[str],
        data: Mapping[str, Any] | None = None,
        levels: Mapping[str, int] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        kept = dict(levels or {})
        # What was kept of a skill that nobody needs any more can still be seen and changed.
        self.skills = list(dict.fromkeys([*skills, *kept]))
        for number, skill in enumerate(self.skills):
            self.fields[f"level_{number}"] = forms.TypedChoiceField(
                label=f"Level in “{skill}”",
                coerce=int,
                empty_value=None,
                required=False,
                initial=kept.get(skill, ""),
                choices=[("", "None"), *[(n, str(n)) for n in range(LOWEST, HIGHEST + 1)]],
            )

    def member(self) -> Member:
        """Return what a valid form says."""
        said = self.cleaned_data
        levels = {skill: said[f"level_{number}"] for number, skill in enumerate(self.skills)}
        given = {skill: level for skill, level in levels.items() if level is not None}
        return Member(said["name"], said["role"], given)


class SkillForm(forms.Form):
    """A skill that the work needs."""

    skill = forms.CharField(
        label="Skill", max_length=80, error_messages={"required": "Name the skill."}
    )
    level = forms.TypedChoiceField(
        label="Level",
        coerce=int,
        choices=[(n, str(n)) for n in range(LOWEST, HIGHEST + 1)],
        initial=4,
        help_text="From 1, follows, to 7, sets the strategy; as in SFIA.",
    )
    people = forms.IntegerField(
        label="How many people",
        min_value=1,
        max_value=500,
        initial=1,
        error_messages={"required": "Say how many people."},
    )
