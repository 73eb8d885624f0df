"""The form of a post: its name and side, who holds it, who stands in."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tallystick.actions.state_post import PostWording
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField
from tallystick.web.forms.people import PartyPeople

VACANT = ("", "Nobody for now")


class PostForm(forms.Form):
    """A post; once it is there it stays on its side."""

    name = forms.CharField(
        label="Post", max_length=120, help_text="Such as service delivery manager.",
        error_messages={"required": "Name the post."},
    )  # fmt: skip
    side = forms.ChoiceField(
        label="Side", widget=forms.RadioSelect, error_messages={"required": "Choose a side."}
    )
    holder = forms.ChoiceField(label="Holder", required=False)
    deputy = forms.ChoiceField(
        label="Deputy", required=False, help_text="Who answers while the holder is away."
    )
    vacant_since = DayField(
        label="Vacant since", required=False, help_text="Only if nobody holds it."
    )

    def __init__(
        self,
        engagement: Engagement,
        sides: tuple[Side, ...],
        post: Post | None,
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(data, initial=_initial(post) if post else {"side": sides[0].value})
        names = {Side.CLIENT: engagement.client, Side.PROVIDER: engagement.provider}
        self.people = PartyPeople(engagement, sides)
        offer(self, "side", [(side.value, str(names[side])) for side in sides])
        offer(self, "holder", [VACANT, *self.people.groups])
        offer(self, "deputy", [VACANT, *self.people.groups])

    def wording(self) -> PostWording:
        """Return what a valid form says."""
        given = self.cleaned_data
        return PostWording(
            name=given["name"],
            side=Side(given["side"]),
            holder=self.people.named(given["holder"]),
            deputy=self.people.named(given["deputy"]),
            vacant_since=given["vacant_since"],
        )


def _initial(post: Post) -> dict[str, Any]:
    return {
        "name": post.name,
        "side": post.side,
        "holder": post.holder.public_id if post.holder else "",
        "deputy": post.deputy.public_id if post.deputy else "",
        "vacant_since": post.vacant_since,
    }
