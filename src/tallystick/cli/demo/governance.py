"""How the demo's running engagement is governed: posts, forums with half a year of meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tallystick.actions.ask_decision import Question, ask_decision
from tallystick.actions.decide_question import decide_question
from tallystick.actions.finish_action_item import finish_action_item
from tallystick.actions.give_action_item import Task, give_action_item
from tallystick.actions.hold_meeting import hold_meeting
from tallystick.actions.plan_meetings import plan_meetings
from tallystick.actions.prepare_agenda import prepare_agenda
from tallystick.actions.set_up_governance import (
    STARTER_ACTIVITIES,
    STARTER_CHANNELS,
    STARTER_FORUMS,
    STARTER_POSTS,
    StarterSet,
    set_up_governance,
)
from tallystick.actions.skip_meeting import skip_meeting
from tallystick.actions.state_forum import ForumWording, state_forum
from tallystick.actions.state_post import PostWording, state_post
from tallystick.cli.demo.months import ZONE
from tallystick.cli.demo.people import Cast
from tallystick.records.action_items import ActionOutcome
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

BEGUN = timedelta(days=182)
SKIPPED = frozenset({3})
"""Of the monthly reviews, by their number, those that did not take place."""

_TASKS = (
    ("Name who stands in for the team lead", "piotr", 110, 90, 84),
    ("Bring the forecast for the summer", "ben", 100, 80, 80),
    ("Show the ten longest tickets of priority 2", "cleo", 60, 40, 45),
    ("Agree how Sundays are rostered", "cleo", 45, 20, None),
    ("Send the list of applications that end this year", "ola", 40, 12, None),
    ("Propose a plan to bring priority 2 back above target", "piotr", 14, -10, None),
)
"""Task, owner, and how many days ago it was given, was due and was done."""


@dataclass(frozen=True, slots=True)
class Governance:
    """Sets it up, holds its meetings, and leaves something undone."""

    cast: Cast

    def of_the_desk(self, engagement: Engagement, now: datetime) -> None:
        """Tell how the parties of the running engagement meet and decide."""
        begun = now - BEGUN
        set_up_governance(
            engagement=engagement,
            chosen=StarterSet(
                posts=STARTER_POSTS,
                activities=STARTER_ACTIVITIES,
                forums=[each for each in STARTER_FORUMS if each.level != "operational"],
                channels=STARTER_CHANNELS,
                first_on=begun.date(),
                at=time(10),
                zone=ZONE,
            ),
            by=self.cast.ben,
            as_of=begun,
        )
        self._filled(engagement, begun)
        self._daily_work(engagement, now - timedelta(days=50))
        for days in (90, 0):
            plan_meetings(as_of=now - timedelta(days=days))
        self._met(engagement, now)
        self._questions(engagement, now)
        self._tasks(engagement, now)
        self._next_agenda(engagement, now)

    def _daily_work(self, engagement: Engagement, as_of: datetime) -> None:
        """The weekly meeting began later than the others."""
        weekly = next(each for each in STARTER_FORUMS if each.level == "operational")
        posts = {each.name: each for each in engagement.posts.all()}
        state_forum(
            engagement=engagement,
            wording=ForumWording(
                name=weekly.name,
                level=weekly.level,
                rule=weekly.rule,
                first_on=as_of.date(),
                at=time(9, 15),
                zone=ZONE,
                minutes=weekly.minutes,
                chairs=[posts["Service owner"], posts["Service delivery manager"]],
                standing=weekly.standing,
            ),
            by=self.cast.ola,
            as_of=as_of,
        )

    def _filled(self, engagement: Engagement, as_of: datetime) -> None:
        """Say who holds the posts; one has been vacant for a while."""
        holders: dict[str, Viewer] = {
            "Executive sponsor": self.cast.uma,
            "Engagement manager": self.cast.ben,
            "Service owner": self.cast.ola,
            "Account manager": self.cast.piotr,
            "Service delivery manager": self.cast.cleo,
        }
        deputies = {"Executive sponsor": self.cast.ada, "Engagement manager": self.cast.ada}
        # Those of the ladder have held theirs since before.
        for post in engagement.posts.filter(holder=None):
            holder, deputy = holders.get(post.name), deputies.get(post.name)
            wording = PostWording(
                post.name,
                Side(post.side),
                holder.person if holder else None,
                deputy.person if deputy else None,
                None if holder else as_of.date() + timedelta(days=120),
            )
            state_post(
                engagement=engagement, wording=wording, amends=post, by=self.cast.ben, as_of=as_of
            )

    def _met(self, engagement: Engagement, now: datetime) -> None:
        """Hold what was due, but for what was skipped."""
        for forum in engagement.forums.order_by("id"):
            due = forum.meetings.filter(due_at__lt=now, state=MeetingState.PLANNED)
            for number, meeting in enumerate(due.order_by("due_at")):
                if forum.level == "tactical" and number in SKIPPED:
                    skip_meeting(
                        meeting=meeting,
                        because="Quarter’s end: nobody of either side had the time.",  # noqa: RUF001
                        by=self.cast.ben,
                        as_of=meeting.due_at - timedelta(days=1),
                    )
                else:
                    self._held(forum, meeting, number)

    def _held(self, forum: Forum, meeting: Meeting, number: int) -> None:
        there: dict[str, Sequence[Viewer]] = {
            "operational": (self.cast.ola, self.cast.cleo),
            "tactical": (self.cast.ben, self.cast.ola, self.cast.cleo),
            "strategic": (self.cast.uma, self.cast.ben, self.cast.piotr),
        }
        present = list(there[forum.level])
        if forum.level == "tactical" and number % 2:
            # The provider's side is not always there.
            present = [each for each in present if each.is_client]
        words = {
            "tactical": "We went through last month’s levels and the forecast.",  # noqa: RUF001
            "strategic": "The objectives hold. Priority 2 is watched.",
        }
        hold_meeting(
            meeting=meeting,
            held_on=meeting.due_at.date(),
            present=[each.person for each in present],
            minutes=words.get(forum.level, ""),
            by=present[0],
            as_of=meeting.due_at + timedelta(hours=2),
        )

    def _questions(self, engagement: Engagement, now: datetime) -> None:
        board = engagement.forums.get(level="strategic")
        monthly = engagement.forums.get(level="tactical")
        last = monthly.meetings.filter(state=MeetingState.HELD).order_by("-due_at").first()
        asked = ask_decision(
            engagement=engagement,
            asked=Question(
                "Shall new starters get their accounts the day before?",
                self.cast.ola.person,
                _day(now, 52),
                forum=monthly,
            ),
            by=self.cast.cleo,
            as_of=now - timedelta(days=52),
        )
        decide_question(
            question=asked,
            words="Yes, where the contract is signed five working days before.",
            on=_day(now, 44),
            meeting=last,
            by=self.cast.ben,
            as_of=now - timedelta(days=20),
        )
        ask_decision(
            engagement=engagement,
            asked=Question(
                "Who pays for Sunday work during the move to the second data centre?",
                self.cast.uma.person,
                _day(now, 40),
                background="About 14 Sundays, two people each. The agreement does not say.",
                forum=board,
            ),
            by=self.cast.piotr,
            as_of=now - timedelta(days=40),
        )

    def _tasks(self, engagement: Engagement, now: datetime) -> None:
        monthly = engagement.forums.get(level="tactical")
        for task, owner, given, due, done in _TASKS:
            who: Viewer = getattr(self.cast, owner)
            item = give_action_item(
                engagement=engagement,
                task=Task(task, who.person, _day(now, due), monthly, given_on=_day(now, given)),
                by=self.cast.ben,
                as_of=now - timedelta(days=given),
            )
            if done is not None:
                finish_action_item(
                    item=item,
                    outcome=ActionOutcome.DONE,
                    on=_day(now, done),
                    by=who,
                    as_of=now - timedelta(days=done),
                )

    def _next_agenda(self, engagement: Engagement, now: datetime) -> None:
        ahead = engagement.meetings.filter(forum__level="tactical", state=MeetingState.PLANNED)
        following = ahead.filter(due_at__gt=now).order_by("due_at").first()
        if following is not None:
            prepare_agenda(meeting=following, by=self.cast.ben, as_of=now - timedelta(hours=2))


def _day(now: datetime, days: int) -> date:
    return (now - timedelta(days=days)).date()
