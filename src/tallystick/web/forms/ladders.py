"""The forms of the escalation ladder: a level of it, and a day on which it was tried."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.actions.state_ladder_level import LONGEST_WAIT, LevelWording
from tallystick.records.engagements import Engagement
from tallystick.records.ladders import LEVELS, LadderLevel, Tried
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField

NOBODY = ("", "Nobody yet")
UNITS = {"minutes": 1, "hours": 60}


class LevelForm(forms.Form):
    """A level of the ladder; what is left empty is shown as a gap."""

    beside = (
        ("Who is asked", ("client_post", "provider_post")),
        ("How fast they respond", ("respond_within", "unit", "calendar")),
    )

    level = forms.TypedChoiceField(
        label="Level",
        choices=[(each, f"Level {each}") for each in LEVELS],
        coerce=int,
        error_messages={"required": "Choose the level."},
    )
    trigger = forms.CharField(
        label="When it is used", required=False, max_length=300,
        help_text="Such as: unanswered on level 1, or more than a day of standstill.",
    )  # fmt: skip
    client_post = forms.ChoiceField(label="Post of the client", required=False)
    provider_post = forms.ChoiceField(label="Post of the provider", required=False)
    channel = forms.CharField(
        label="How they are reached", required=False, max_length=200,
        help_text="A number or a room that is answered.",
    )  # fmt: skip
    respond_within = forms.IntegerField(
        label="Time to respond", required=False, min_value=1, max_value=LONGEST_WAIT
    )
    unit = forms.ChoiceField(
        label="Counted in", required=False, choices=[(each, each) for each in UNITS]
    )
    calendar = forms.ChoiceField(
        label="On which calendar", required=False,
        help_text="One of the agreement's: nights and holidays then count as they do there.",
    )  # fmt: skip

    def __init__(
        self,
        viewer: Viewer,
        engagement: Engagement,
        stands: Mapping[int, LadderLevel],
        chosen: int,
        calendars: Sequence[str],
        data: Mapping[str, Any] | None,
    ) -> None:
        self.stands, self.own_only = stands, not viewer.is_client
        super().__init__(data, initial=_initial(stands.get(chosen), chosen))
        posts = Post.objects.visible_to(viewer).filter(engagement=engagement).order_by("name")
        self.posts = {each.public_id: each for each in posts}
        for side in Side:
            named = [(key, str(p)) for key, p in self.posts.items() if p.side == side]
            offer(self, f"{side}_post", [NOBODY, *named])
        kept = {each.calendar for each in stands.values() if each.calendar}
        names = [(each, each) for each in sorted({*calendars, *kept})]
        offer(self, "calendar", [("", "Round the clock"), *names])
        if self.own_only:
            # The rest of a level is the client's to state.
            for name in ("trigger", "client_post", "channel", "respond_within", "unit", "calendar"):
                del self.fields[name]

    def wording(self) -> LevelWording:
        """Return what a valid form says; a provider says only whom it sends itself."""
        given = self.cleaned_data
        post = self.posts.get(given["provider_post"])
        if self.own_only:
            stands = self.stands.get(given["level"])
            return _with_own(given["level"], stands, post)
        within = given["respond_within"]
        return LevelWording(
            level=given["level"],
            trigger=given["trigger"],
            client_post=self.posts.get(given["client_post"]),
            provider_post=post,
            channel=given["channel"],
            respond_minutes=within * UNITS[given["unit"] or "minutes"] if within else None,
            calendar=given["calendar"],
        )


def _with_own(number: int, stands: LadderLevel | None, post: Post | None) -> LevelWording:
    if stands is None:
        return LevelWording(number, provider_post=post)
    return LevelWording(
        number, stands.trigger, stands.client_post, post, stands.channel, stands.respond_minutes,
        stands.calendar,
    )  # fmt: skip


def _initial(level: LadderLevel | None, chosen: int) -> dict[str, Any]:
    if level is None:
        return {"level": chosen, "unit": "hours"}
    minutes = level.respond_minutes
    whole = minutes is None or minutes % 60 == 0
    return {
        "level": level.level,
        "trigger": level.trigger,
        "client_post": level.client_post.public_id if level.client_post else "",
        "provider_post": level.provider_post.public_id if level.provider_post else "",
        "channel": level.channel,
        "respond_within": minutes and (minutes // 60 if whole else minutes),
        "unit": "hours" if whole else "minutes",
        "calendar": level.calendar,
    }


class LadderTestForm(forms.Form):
    """A day on which everybody on the ladder was called."""

    tested_on = DayField(label="Tried on", words={"required": "Say on which day it was tried."})
    result = forms.ChoiceField(
        label="What came of it",
        choices=[
            (Tried.ALL_ANSWERED.value, "Everybody answered in time"),
            (Tried.SOMEBODY_SILENT.value, "Somebody did not answer"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what came of it."},
    )
    words = forms.CharField(
        label="What was seen", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who did not answer, and what follows from it.",
    )  # fmt: skip


class EchoForm(forms.Form):
    """What a change means for the delivery team, in the words of its lead."""

    words = forms.CharField(
        label="What it changes for the team", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In your own words; both sides read it. You may leave it empty.",
    )  # fmt: skip
