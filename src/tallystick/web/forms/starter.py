"""The form of a starter set: each line can be changed or left out before anything is kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.boundfield import BoundField

from tallystick.actions.set_up_governance import (
    STARTER_ACTIVITIES,
    STARTER_CHANNELS,
    STARTER_FORUMS,
    STARTER_POSTS,
    StarterSet,
    StartPost,
)
from tallystick.records.roles import Side
from tallystick.web.forms.days import DayField
from tallystick.web.rhythm_words import rhythm_words


def _line(label: str, value: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, initial=value, max_length=longest, required=False)


class StarterForm(forms.Form):
    """Lines of four kinds; an empty line is left out."""

    first_on = DayField(label="Forums meet from", words={"required": "Say from which day on."})
    at = forms.TimeField(
        label="At", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Say at which time.", "invalid": "Write the time as 09:30."},
    )  # fmt: skip
    zone = forms.ChoiceField(
        label="Time zone", choices=[(each, each) for each in sorted(available_timezones())]
    )

    def __init__(
        self, sides: tuple[Side, ...], today: date, zone: str, data: Mapping[str, Any] | None
    ) -> None:
        super().__init__(data, initial={"first_on": today, "at": "10:00", "zone": zone})
        self.offered = [each for each in STARTER_POSTS if each.side in sides]
        for each in self.offered:
            self.fields[f"post-{each.key}"] = _line(f"Post of the {each.side}", each.name, 120)
        for number, activity in enumerate(STARTER_ACTIVITIES):
            told = _letters(activity.letters, self.offered)
            self.fields[f"activity-{number}"] = _line("Activity", activity.name, 160)
            self.fields[f"activity-{number}"].help_text = told
        for number, forum in enumerate(STARTER_FORUMS):
            self.fields[f"forum-{number}"] = _line(
                f"{forum.level.capitalize()} forum", forum.name, 120
            )
            self.fields[f"rule-{number}"] = _line(
                f"Rhythm of the {forum.level} forum", forum.rule, 200
            )
            self.fields[f"rule-{number}"].help_text = f"As offered: {_told(forum.rule)}."
        for number, channel in enumerate(STARTER_CHANNELS):
            self.fields[f"channel-{number}"] = _line("Channel for", channel.purpose, 160)
            self.fields[f"medium-{number}"] = _line("By", channel.medium, 160)

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """Return the lines under their headings."""
        headings = {
            "Posts": ("post-",),
            "Who does what": ("activity-",),
            "Forums": ("first_on", "at", "zone", "forum-", "rule-"),
            "Channels": ("channel-", "medium-"),
        }
        return [
            (heading, [self[name] for name in self.fields if name.startswith(starts)])
            for heading, starts in headings.items()
        ]

    def chosen(self) -> StarterSet:
        """Return what a valid form says."""
        given = self.cleaned_data
        return StarterSet(
            posts=[
                replace(each, name=given[f"post-{each.key}"])
                for each in self.offered
                if given[f"post-{each.key}"]
            ],
            activities=[
                replace(each, name=given[f"activity-{number}"])
                for number, each in enumerate(STARTER_ACTIVITIES)
                if given[f"activity-{number}"]
            ],
            forums=[
                replace(each, name=given[f"forum-{number}"], rule=given[f"rule-{number}"])
                for number, each in enumerate(STARTER_FORUMS)
                if given[f"forum-{number}"]
            ],
            channels=[
                replace(each, purpose=given[f"channel-{number}"], medium=given[f"medium-{number}"])
                for number, each in enumerate(STARTER_CHANNELS)
                if given[f"channel-{number}"]
            ],
            first_on=given["first_on"],
            at=given["at"],
            zone=given["zone"],
        )


def _told(rule: str) -> str:
    words = rhythm_words(rule)
    return words[:1].lower() + words[1:]


def _letters(letters: Mapping[str, str], posts: list[StartPost]) -> str:
    names = {each.key: each.name for each in posts}
    known = [f"{names[key]}: {', '.join(each)}" for key, each in letters.items() if key in names]
    return "; ".join(known)
