"""When and in which language a delivery team works, ours and those of bidders."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.scoring.overlap import Clashes, Overlap, WorkingDay, clashes, overlap
from tallystick.records.audience import ClientPrivate
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection

if TYPE_CHECKING:
    from tallystick.records.engagements import Engagement

YEAR = timedelta(days=364)


class Cefr(StrEnum):
    """Levels of the Common European Framework of Reference for Languages."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class DeliveryTeam(ClientPrivate):
    """
    A team's hours in its own time zone, its holidays as days, and its level of a language.

    Without `bid` it is our own. Where people come from is neither asked nor kept.
    """

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="teams")
    bid = models.OneToOneField(
        Bid, on_delete=models.PROTECT, related_name="team", null=True, blank=True
    )
    zone = models.CharField(max_length=60)
    begins = models.TimeField()
    ends = models.TimeField()
    holidays = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=2, blank=True, choices=[(k.value, k.value) for k in Cefr])
    stated_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["selection"],
                condition=models.Q(bid__isnull=True),
                name="one_team_is_ours",
            )
        ]

    @property
    def working_day(self) -> WorkingDay:
        """Return the team's hours as the engine takes them."""
        return WorkingDay(self.zone, self.begins, self.ends)

    @property
    def days_off(self) -> frozenset[date]:
        """Return the holidays."""
        return frozenset(date.fromisoformat(each) for each in self.holidays)


def first_year(engagement: Engagement) -> tuple[date, date]:
    """Return the first year of an engagement, over which two teams are compared."""
    return engagement.starts_on, engagement.starts_on + YEAR


def overlap_of(
    ours: DeliveryTeam | None, theirs: DeliveryTeam | None, engagement: Engagement
) -> Overlap | None:
    """Return how long both teams are at work on a day; None if either is not known."""
    if ours is None or theirs is None:
        return None
    return overlap(ours.working_day, theirs.working_day, *first_year(engagement))


def clashes_of(
    ours: DeliveryTeam | None, theirs: DeliveryTeam | None, engagement: Engagement
) -> Clashes | None:
    """Return the days on which one team waits for the other; None if either is not known."""
    if ours is None or theirs is None:
        return None
    return clashes(ours.days_off, theirs.days_off, *first_year(engagement))
