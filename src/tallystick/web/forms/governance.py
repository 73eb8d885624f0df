"""Forms of who does what and how people reach each other: activities, channels, forums."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms

from tallystick.actions.state_activity import ActivityWording
from tallystick.actions.state_channel import ChannelWording
from tallystick.actions.state_forum import ForumWording
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.activities import Activity
from tallystick.records.channels import Channel
from tallystick.records.forums import Forum, ForumLevel
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField

LETTERS = (
    ("", "No part"),
    ("A", "A: answers for it"),
    ("R", "R: does it"),
    ("AR", "A and R: answers for it and does it"),
    ("C", "C: is asked before"),
    ("I", "I: is told after"),
)
LEVELS = {
    ForumLevel.OPERATIONAL.value: "Operational: daily work",
    ForumLevel.TACTICAL.value: "Tactical: the month, levels, money",
    ForumLevel.STRATEGIC.value: "Strategic: the whole, and where it goes",
}
RHYTHMS = (
    ("", "Choose, or write a rule"),
    ("FREQ=WEEKLY", "Every week, on the weekday of the first day"),
    ("FREQ=WEEKLY;BYDAY=MO", "Every Monday"),
    ("FREQ=WEEKLY;INTERVAL=2", "Every other week"),
    ("FREQ=MONTHLY;BYDAY=1TU", "First Tuesday of the month"),
    ("FREQ=MONTHLY;BYDAY=2TU", "Second Tuesday of the month"),
    ("FREQ=MONTHLY;BYDAY=-1TH", "Last Thursday of the month"),
    ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", "Second Wednesday of every third month"),
)


class ActivityForm(forms.Form):
    """A row of the matrix: a name, and a letter for each post."""

    name = forms.CharField(
        label="Activity", max_length=160, error_messages={"required": "Name the activity."},
        help_text="Something that is done over and over, such as restore data.",
    )  # fmt: skip

    def __init__(
        self, posts: Sequence[Post], activity: Activity | None, data: Mapping[str, Any] | None
    ) -> None:
        super().__init__(data, initial={"name": activity.name} if activity else None)
        self.posts = posts
        self.beside = [
            (
                f"Posts of the {side}",
                [f"post-{each.public_id}" for each in posts if each.side == side],
            )
            for side in Side
        ]
        letters: dict[int, str] = {}
        for part in activity.responsibilities.all() if activity else ():
            letters[part.post_id] = "".join(sorted(letters.get(part.post_id, "") + part.letter))
        for post in posts:
            self.fields[f"post-{post.public_id}"] = forms.ChoiceField(
                label=post.name,
                choices=LETTERS,
                required=False,
                initial=letters.get(post.pk, ""),
            )

    def wording(self) -> ActivityWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        parts = [
            (post, Letter(letter))
            for post in self.posts
            for letter in given[f"post-{post.public_id}"]
        ]
        return ActivityWording(given["name"], parts)


class ChannelForm(forms.Form):
    """How people reach each other for one purpose."""

    beside = (
        ("When and how fast somebody answers", ("calendar", "hours", "answer_minutes", "language")),
        ("Who answers", ("client_post", "provider_post")),
    )

    purpose = forms.CharField(
        label="What for", max_length=160, error_messages={"required": "Say what it is for."}
    )
    medium = forms.CharField(
        label="By which channel", max_length=160, help_text="Such as telephone, with the number.",
        error_messages={"required": "Name the channel."},
    )  # fmt: skip
    calendar = forms.ChoiceField(
        label="In the hours of", required=False, help_text="A calendar of the agreement."
    )
    hours = forms.CharField(
        label="Or in words", max_length=160, required=False, help_text="Such as any time, any day."
    )
    answer_minutes = forms.IntegerField(
        label="An answer within, minutes", min_value=1, required=False
    )
    language = forms.CharField(label="Language", max_length=60, required=False)
    client_post = forms.ChoiceField(label="Who answers for the client", required=False)
    provider_post = forms.ChoiceField(label="Who answers for the provider", required=False)

    def __init__(
        self,
        posts: Sequence[Post],
        calendars: Sequence[str],
        channel: Channel | None,
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(data, initial=_of_channel(channel) if channel else None)
        self.posts = {each.public_id: each for each in posts}
        offer(self, "calendar", [("", "None of them"), *[(each, each) for each in calendars]])
        for side in Side:
            own = [(each.public_id, each.name) for each in posts if each.side == side]
            offer(self, f"{side}_post", [("", "Nobody named"), *own])

    def wording(self) -> ChannelWording:
        """Return what a valid form says."""
        given = dict(self.cleaned_data)
        for name in ("client_post", "provider_post"):
            given[name] = self.posts.get(given[name])
        return ChannelWording(**given)


def _of_channel(channel: Channel) -> dict[str, Any]:
    plain = ("purpose", "medium", "calendar", "hours", "answer_minutes", "language")
    return {name: getattr(channel, name) for name in plain} | {
        "client_post": channel.client_post.public_id if channel.client_post else "",
        "provider_post": channel.provider_post.public_id if channel.provider_post else "",
    }


class ForumForm(forms.Form):
    """How often a forum meets, who belongs to it, what it always speaks of."""

    beside = (
        ("When it meets", ("first_on", "at", "zone", "minutes")),
        ("Who takes the chair", ("client_chair", "provider_chair")),
        ("How many have to be there", ("client_quorum", "provider_quorum")),
    )

    name = forms.CharField(
        label="Forum", max_length=120, error_messages={"required": "Name the forum."}
    )
    level = forms.ChoiceField(
        label="What it steers",
        choices=list(LEVELS.items()),
        error_messages={"required": "Say what it steers."},
    )
    rhythm = forms.ChoiceField(label="How often", choices=RHYTHMS, required=False)
    rule = forms.CharField(
        label="Rule", max_length=200, required=False,
        help_text="Only for another rhythm, in the words of RFC 5545: FREQ=MONTHLY;BYDAY=1TU.",
    )  # fmt: skip
    first_on = DayField(label="From", words={"required": "Say from which day on."})
    at = forms.TimeField(
        label="Begins at", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Say at which time.", "invalid": "Write the time as 09:30."},
    )  # fmt: skip
    zone = forms.ChoiceField(
        label="Time zone", choices=[(each, each) for each in sorted(available_timezones())]
    )
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=60)
    client_chair = forms.ChoiceField(label="Chair of the client", required=False)
    provider_chair = forms.ChoiceField(label="Chair of the provider", required=False)
    members = forms.MultipleChoiceField(
        label="Further seats", required=False, widget=forms.CheckboxSelectMultiple
    )
    client_quorum = forms.IntegerField(
        label="Quorum of the client", min_value=0, initial=1,
        help_text="So many who hold a seat, or stand in, have to be there.",
    )  # fmt: skip
    provider_quorum = forms.IntegerField(label="Quorum of the provider", min_value=0, initial=1)
    standing = forms.CharField(
        label="On every agenda", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One line each. What is open comes onto the agenda by itself.",
    )  # fmt: skip

    def __init__(
        self,
        posts: Sequence[Post],
        zone: str,
        forum: Forum | None,
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(data, initial=_of_forum(forum) if forum else {"zone": zone})
        self.posts = {each.public_id: each for each in posts}
        for side in Side:
            own = [(each.public_id, each.name) for each in posts if each.side == side]
            offer(self, f"{side}_chair", [("", "Nobody for now"), *own])
        offer(self, "members", [(each.public_id, f"{each.name} ({each.side})") for each in posts])

    def clean(self) -> dict[str, Any]:
        """Ask for a rule where none was chosen."""
        given = super().clean() or self.cleaned_data
        if not given.get("rhythm") and not given.get("rule"):
            self.add_error("rule", "Choose how often, or write a rule.")
        return given

    def wording(self) -> ForumWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        chairs = [self.posts[each] for each in self._chairs() if each]
        members = [self.posts[each] for each in given["members"]]
        plain = (
            "name", "level", "first_on", "at", "zone", "minutes", "client_quorum",
            "provider_quorum",
        )  # fmt: skip
        return ForumWording(
            **{name: given[name] for name in plain},
            rule=given["rhythm"] or given["rule"],
            chairs=chairs,
            members=members,
            standing=given["standing"].splitlines(),
        )

    def _chairs(self) -> list[str]:
        return [self.cleaned_data["client_chair"], self.cleaned_data["provider_chair"]]


def _of_forum(forum: Forum) -> dict[str, Any]:
    seats = list(forum.seats.all())
    plain = (
        "name", "level", "first_on", "at", "zone", "minutes", "client_quorum", "provider_quorum",
    )  # fmt: skip
    chairs = {f"{seat.side}_chair": seat.post.public_id for seat in seats if seat.chairs}
    known = forum.rule in dict(RHYTHMS)
    return {name: getattr(forum, name) for name in plain} | {
        "rhythm": forum.rule if known else "",
        "rule": "" if known else forum.rule,
        "members": [seat.post.public_id for seat in seats if not seat.chairs],
        "standing": "\n".join(forum.standing),
        **chairs,
    }


class ForumEndForm(forms.Form):
    """The last day of a forum."""

    on = DayField(label="Last day", words={"required": "Say on which day."})
