"""The forms of working norms: open a round, make a link, answer, agree; and of a team's hours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from tallystick.actions.answer_links import LONGEST_LABEL
from tallystick.actions.open_survey import LONGEST
from tallystick.actions.state_team import TeamWays
from tallystick.engine.scoring.norms import ITEMS, LEAST, MOST
from tallystick.records.bids import Bid
from tallystick.records.delivery_teams import Cefr, DeliveryTeam
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField

OURS = "ours"
_DAY = DayField()


class OpenNormsForm(forms.Form):
    """For how many days delivery teams can answer."""

    days = forms.IntegerField(
        label="Open for days", min_value=1, max_value=LONGEST, initial=14,
        help_text="Results are told once it is over, of three answers or more from a team.",
        error_messages={"required": "Say for how many days."},
    )  # fmt: skip


class NormsLinkForm(forms.Form):
    """Whose team a link is for, and a reminder for whoever makes it."""

    team = forms.ChoiceField(label="Team", error_messages={"required": "Choose the team."})
    label = forms.CharField(
        label="Meant for",
        max_length=LONGEST_LABEL,
        help_text="Only you read it. Nobody sees which answer came by which link.",
        error_messages={"required": "Write a reminder for yourself."},
    )

    def __init__(self, bids: Iterable[Bid], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.bids = {each.public_id: each for each in bids}
        names = [(key, each.supplier.name) for key, each in self.bids.items()]
        offer(self, "team", [("", "Choose a team"), (OURS, "Our own team"), *names])

    @property
    def bid(self) -> Bid | None:
        """Return whose bid a valid form means; None for our own team."""
        return self.bids.get(self.cleaned_data["team"])


class AnswerNormsForm(forms.Form):
    """For each pair of habits, where one's own team lies between them."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for name, (low, high) in ITEMS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=format_html("1: {}<br>7: {}", low, high),
                coerce=int,
                choices=[(mark, str(mark)) for mark in range(LEAST, MOST + 1)],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose where your team lies."},
            )
            field: Any = self.fields[name]
            field.full_label = f"{low} Or: {high}"


class MeasureForm(forms.Form):
    """What was agreed about one point on which both teams differ."""

    item = forms.ChoiceField(
        label="Point",
        choices=[(name, f"{low} – {high}") for name, (low, high) in ITEMS.items()],  # noqa: RUF001
        error_messages={"required": "Choose the point."},
    )
    text = forms.CharField(
        label="How you will work",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what you agreed."},
    )


class TeamForm(forms.Form):
    """When and in which language a team works."""

    zone = forms.CharField(
        label="Time zone",
        max_length=60,
        help_text="Of the IANA database, such as Europe/Madrid or Asia/Kolkata.",
        error_messages={"required": "Name the time zone."},
    )
    begins = forms.TimeField(
        label="Work begins",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Say when.", "invalid": "Write the time as 09:00."},
    )
    ends = forms.TimeField(
        label="Work ends",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="In the team's own time. Before the beginning means on the next day.",
        error_messages={"required": "Say when.", "invalid": "Write the time as 17:00."},
    )
    holidays = forms.CharField(
        label="Holidays",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One day per line, as 2027-01-06.",
    )
    language = forms.CharField(
        label="Language of the work", max_length=40, required=False, help_text="Such as English."
    )
    level = forms.ChoiceField(
        label="The team's level in it",
        required=False,
        choices=[("", "Not known"), *[(each.value, each.value) for each in Cefr]],
        help_text="The level that everybody who will speak with you has, by the CEFR.",
    )

    def clean_holidays(self) -> Sequence[date]:
        """Return the days, or name the first line that is none."""
        days = []
        for line in self.cleaned_data["holidays"].split():
            try:
                days.append(_DAY.clean(line))
            except forms.ValidationError:
                raise forms.ValidationError(
                    f"“{line[:40]}” is no day from 1970 to 2199. Write it as 2027-01-06."
                ) from None
        return days

    def ways(self) -> TeamWays:
        """Return what a valid form says."""
        return TeamWays(**self.cleaned_data)

    @classmethod
    def initial_of(cls, team: DeliveryTeam) -> dict[str, object]:
        """Return what is known now."""
        return {
            "zone": team.zone,
            "begins": team.begins,
            "ends": team.ends,
            "holidays": "\n".join(team.holidays),
            "language": team.language,
            "level": team.level,
        }
