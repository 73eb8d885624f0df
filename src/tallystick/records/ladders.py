"""The escalation ladder: whom to call on both sides, level by level, how, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.posts import Post
from tallystick.records.roles import Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tallystick.records.people import Person
    from tallystick.records.posts import Staffing

LEVELS = (1, 2, 3, 4)
"""The levels of a ladder, the teams' own first."""


class LadderLevel(EngagementShared):
    """
    One level: when it is used, whose turn it is on each side, how they are reached, how fast.

    `calendar` names one of the agreement's; empty means round the clock. What is still missing is
    stored as missing and shown as a gap: half a ladder is better than none.
    """

    level = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=300, blank=True)
    client_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    provider_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    channel = models.CharField(max_length=200, blank=True)
    respond_minutes = models.PositiveIntegerField(null=True, blank=True)
    calendar = models.CharField(max_length=80, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "level"], name="a_level_stands_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=LEVELS), name="a_ladder_has_four_levels"
            ),
            models.CheckConstraint(
                condition=models.Q(respond_minutes=None) | models.Q(respond_minutes__gt=0),
                name="a_time_to_respond_is_some",
            ),
        ]

    def post_of(self, side: Side | str) -> Post | None:
        """Return the post that is asked on one side."""
        return self.client_post if side == Side.CLIENT else self.provider_post


class Tried(StrEnum):
    """What came of trying a ladder."""

    ALL_ANSWERED = "all-answered"
    SOMEBODY_SILENT = "somebody-silent"


class LadderTest(EngagementShared):
    """A day on which somebody called every contact of the ladder, and whether all answered."""

    tested_on = models.DateField()
    result = models.CharField(max_length=16, choices=[(t.value, t.value) for t in Tried])
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "-tested_on"])]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a level lacks; `place` is the cell: a side, channel or respond_within."""

    level: int
    place: str
    sentence: str


def ladder_of(levels: Iterable[LadderLevel]) -> list[LadderLevel]:
    """Return the levels in their order."""
    return sorted(levels, key=lambda each: each.level)


def gaps_in(level: LadderLevel, staffing: Staffing, calendars: Collection[str]) -> list[Gap]:
    """Return what a level lacks today; `calendars` are those of the agreement that holds."""
    found = [
        Gap(level.level, side.value, sentence)
        for side in Side
        if (sentence := _nobody_at(level.post_of(side), staffing))
    ]
    if not level.channel:
        found.append(Gap(level.level, "channel", "No channel"))
    if level.respond_minutes is None:
        found.append(Gap(level.level, "respond_within", "No time to respond"))
    elif level.calendar and level.calendar not in calendars:
        sentence = f"No calendar “{level.calendar}” in the agreement: every hour counts"
        found.append(Gap(level.level, "respond_within", sentence))
    return found


def _nobody_at(post: Post | None, staffing: Staffing) -> str:
    """Say what is wrong with a level's contact on one side; nothing where all is well."""
    if post is None:
        return "No post named"
    if staffing.holder(post) is None:
        deputy = staffing.deputy(post)
        return f"Vacant, {deputy.name} stands in" if deputy else "Vacant, and nobody stands in"
    return "" if staffing.deputy(post) else "No deputy"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a turn falls: a level, who is asked there, and what was passed over on the way."""

    level: LadderLevel
    post: Post
    asked: Person
    stands_in: bool
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Nobody is left on one side of the ladder from a level up, and why at each level."""

    passed_over: tuple[str, ...]


def land(
    ladder: Sequence[LadderLevel], side: Side, staffing: Staffing, lowest: int
) -> Landing | Nowhere:
    """
    Return the first level from `lowest` up on which somebody of a side answers today.

    A post that stands empty is answered for by its deputy; without one the level is passed over at
    once, and that is told: a clock that runs for nobody loses the time it was set for.
    """
    stated = {each.level: each for each in ladder}
    passed: list[str] = []
    for number in range(lowest, LEVELS[-1] + 1):
        level = stated.get(number)
        if level is None:
            passed.append(f"The ladder has no level {number}.")
            continue
        post = level.post_of(side)
        speaker = staffing.speaker(post) if post else None
        if post and speaker:
            stands_in = staffing.holder(post) is None
            return Landing(level, post, speaker, stands_in, tuple(passed))
        why = (
            f"{post} is vacant and nobody stands in" if post else f"no post of the {side} is named"
        )
        passed.append(f"Level {number}: {why}.")
    return Nowhere(tuple(passed))
