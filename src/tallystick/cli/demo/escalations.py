"""The desk's ladder, an issue settled on it, one that the clock took up, and an echo."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.climb_escalations import climb_escalations
from tallystick.actions.close_issue import close_issue
from tallystick.actions.echo_change import echo_change
from tallystick.actions.raise_issue import IssueWording, raise_issue
from tallystick.actions.record_ladder_test import record_ladder_test
from tallystick.actions.resolve_issue import resolve_issue
from tallystick.actions.state_ladder_level import LevelWording, state_ladder_level
from tallystick.actions.state_post import PostWording, state_post
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.engine.lessons.causes import Cause
from tallystick.records.agreements import Agreement
from tallystick.records.engagements import Engagement
from tallystick.records.issues import IssueSeverity
from tallystick.records.ladders import Tried
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

HOUR = 60
LADDER_SINCE = timedelta(days=181)
"""Its posts are those of governance, which was set up the day before."""


@dataclass(frozen=True, slots=True)
class Escalations:
    """What the two sides of the desk made of what went wrong."""

    cast: Cast
    now: Month

    def of_the_desk(self, agreement: Agreement, as_of: datetime) -> None:
        """Tell it: the ladder first, then what climbed it."""
        engagement, began = agreement.engagement, self.now.plus(-17)
        echo_change(
            what=agreement,
            words="Priority 2 is counted from the first call, not from the hand-over. The shift "
            "plan follows it from Monday.",
            by=self.cast.cleo,
            as_of=began.at(4, 9),
        )
        self._ladder(engagement, as_of - LADDER_SINCE)
        record_ladder_test(
            engagement=engagement,
            tested_on=self.now.plus(-4).day(11),
            result=Tried.ALL_ANSWERED,
            words="Called at 21:40. On level 3 nobody stands in at the provider.",
            by=self.cast.ben,
            as_of=self.now.plus(-4).at(12, 9),
        )
        self._settled(engagement)
        self._climbing(engagement, as_of)

    def _ladder(self, engagement: Engagement, as_of: datetime) -> None:
        for wording in self._levels(engagement, as_of):
            state_ladder_level(
                engagement=engagement, wording=wording, by=self.cast.ada, as_of=as_of
            )

    def _levels(self, engagement: Engagement, as_of: datetime) -> Iterator[LevelWording]:
        cast = self.cast

        def post(name: str, holder: Viewer, deputy: Viewer | None) -> Post:
            side, stands_in = Side(holder.organisation.side), deputy.person if deputy else None
            wording = PostWording(name, side, holder.person, stands_in)
            return _post(engagement, wording, cast.ada, as_of)

        yield LevelWording(
            1, "A service stands still, or a level is about to be missed.",
            post("Service owner", cast.ola, cast.ben),
            post("Service delivery manager", cast.cleo, cast.piotr),
            "Telephone of the shift, then the room of the desk", 4 * HOUR, "desk",
        )  # fmt: skip
        yield LevelWording(
            2, "Unanswered on level 1, or more than a day of standstill.",
            post("Engagement manager", cast.ben, cast.ada),
            post("Account manager", cast.piotr, cast.cleo),
            "Telephone, and both are in the call", 16 * HOUR, "desk",
        )  # fmt: skip
        yield LevelWording(
            3, "Unanswered on level 2, or money is at stake.",
            post("Executive sponsor", cast.uma, cast.ada),
            post("Director of services", cast.piotr, None),
            "Telephone, and a call of both within the day", 24 * HOUR, "",
        )  # fmt: skip

    def _settled(self, engagement: Engagement) -> None:
        day = self.now.plus(-2)
        issue = raise_issue(
            engagement=engagement,
            wording=IssueWording(
                title="Password resets of the night shift wait until morning",
                what_happened="Since the first of the month resets that are asked for after 20:00 "
                "are done the next day. Two plants could not sign in to their line control.",
                severity=IssueSeverity.HIGH,
                cause=Cause.CAPACITY_SHORT,
                cost=Decimal("4800.00"),
                currency="EUR",
            ),
            by=self.cast.ola,
            as_of=day.at(9, 10),
        )
        answer_issue(
            issue=issue,
            words="The night is staffed by one person since then, who may not reset. We train two "
            "of the evening shift this week.",
            by=self.cast.cleo,
            as_of=day.at(9, 12),
        )
        resolve_issue(
            issue=issue,
            resolution="Two people of the evening shift may reset since the 16th; the hand-over "
            "sheet asks for it. No reset waited in the week after.",
            by=self.cast.ola,
            as_of=day.at(23, 9),
        )
        close_issue(issue=issue, by=self.cast.ola, as_of=day.at(23, 10))

    def _climbing(self, engagement: Engagement, as_of: datetime) -> None:
        """Raised days ago and not answered: the clock took it to level 2 a moment ago."""
        minute = as_of.replace(second=0, microsecond=0)
        raise_issue(
            engagement=engagement,
            wording=IssueWording(
                title="Tickets of priority 2 change hands four times before anybody works on them",
                what_happened="Of 31 tickets last week, 22 went through the network team first, "
                "which sent them back. Users call again, and each call is counted as a new one.",
                severity=IssueSeverity.HIGH,
                cause=Cause.RESPONSIBILITY_UNCLEAR,
            ),
            by=self.cast.ben,
            as_of=minute - timedelta(days=6),
        )
        climb_escalations(as_of=minute - timedelta(minutes=20))


def _post(engagement: Engagement, wording: PostWording, by: Viewer, as_of: datetime) -> Post:
    """Return the post of that name, stated if nobody has yet."""
    stated = Post.objects.filter(engagement=engagement, name=wording.name).first()
    return stated or state_post(engagement=engagement, wording=wording, by=by, as_of=as_of)
