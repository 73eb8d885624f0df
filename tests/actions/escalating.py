"""An engagement with a ladder on which everybody answers, and issues to climb it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tallystick.actions.raise_issue import IssueWording, raise_issue
from tallystick.actions.state_ladder_level import LevelWording, state_ladder_level
from tallystick.actions.state_post import PostWording, state_post
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Escalation, Issue
from tallystick.records.ladders import LadderLevel
from tallystick.records.posts import Post
from tallystick.records.roles import Role, Side
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, a_viewer, an_engagement

HOUR = 60


@dataclass(frozen=True)
class Table:
    """Two sides with two people each, and a post for every level."""

    engagement: Engagement = field(default_factory=an_engagement)
    ada: Viewer = field(default_factory=lambda: a_viewer(Role.SOURCING_LEAD))
    ola: Viewer = field(default_factory=lambda: a_viewer(Role.SERVICE_OWNER))
    cleo: Viewer = field(default_factory=lambda: a_viewer(Role.DELIVERY_LEAD))
    mia: Viewer = field(default_factory=lambda: a_viewer(Role.ACCOUNT_MANAGER))

    def post(self, name: str, side: Side, holder: Viewer | None, deputy: Any = None) -> Post:
        """Return a post with its people."""
        wording = PostWording(name, side, holder and holder.person, deputy and deputy.person)
        return state_post(engagement=self.engagement, wording=wording, by=self.ada, as_of=TODAY)

    def level(self, number: int, *, by: Viewer | None = None, **changes: Any) -> LadderLevel:
        """Return a level that lacks nothing but what is changed."""
        usual: dict[str, Any] = {
            "trigger": "Nothing happens",
            "channel": "Telephone",
            "respond_minutes": 4 * HOUR,
        }
        return state_ladder_level(
            engagement=self.engagement,
            wording=LevelWording(number, **usual | changes),
            by=by or self.ada,
            as_of=TODAY,
        )

    def ladder(self, levels: Sequence[int] = (1, 2, 3)) -> None:
        """State levels on which both sides answer."""
        for number in levels:
            ours = self.post(f"Ours {number}", Side.CLIENT, self.ola, self.ada)
            theirs = self.post(f"Theirs {number}", Side.PROVIDER, self.cleo, self.mia)
            self.level(number, client_post=ours, provider_post=theirs)

    def issue(self, *, by: Viewer | None = None, as_of: datetime = TODAY, **changes: Any) -> Issue:
        """Return an issue that the client raised, for the provider to answer."""
        usual: dict[str, Any] = {"title": "Mail is slow", "what_happened": "For a week now."}
        return raise_issue(
            engagement=self.engagement,
            wording=IssueWording(**usual | changes),
            by=by or self.ada,
            as_of=as_of,
        )


def turns(issue: Issue) -> list[Escalation]:
    """Return the turns of an issue in their order."""
    return list(issue.escalations.order_by("number"))


def last(issue: Issue) -> Escalation:
    """Return the newest turn."""
    return turns(issue)[-1]
