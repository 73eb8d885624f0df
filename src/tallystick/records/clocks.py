"""The calendars by which answers are due: those of an agreement, by name, or every hour."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from tallystick.engine.service_levels.deadlines import (
    ROUND_THE_CLOCK,
    due_after,
    working_seconds_left,
)
from tallystick.engine.service_levels.terms import Calendar
from tallystick.records.agreements import Agreement, AgreementState, the_one_for
from tallystick.records.engagements import Engagement


@dataclass(frozen=True, slots=True)
class Due:
    """Until when somebody is waited for; `at` is None where the calendar never opens so long."""

    at: datetime | None
    agreement: Agreement | None
    gone: bool
    """Whether the named calendar is not in the agreement any more: then every hour counts."""


class Clocks:
    """The calendars of some engagements' signed agreements; one query, however many are asked."""

    def __init__(self, engagements: Iterable[Engagement]) -> None:
        # A document is long; of it only the calendars and their zone are read.
        rows = (
            Agreement.objects.filter(
                engagement__in=list(engagements), state=AgreementState.IN_FORCE
            )
            .defer("document")
            .annotate(calendars=F("document__calendars"), zone=F("document__zone"))
            .order_by("id")
        )
        self._signed: defaultdict[int, list[Any]] = defaultdict(list)
        for each in rows:
            self._signed[each.engagement_id].append(each)

    def agreement(self, engagement_id: int, on: date) -> Any:
        """Return the version that holds for an engagement on a day, if any was signed."""
        return the_one_for(self._signed[engagement_id], on)

    def names(self, engagement_id: int, on: date) -> list[str]:
        """Return the names of the calendars that there are on a day."""
        agreement = self.agreement(engagement_id, on)
        return sorted(agreement.calendars) if agreement else []

    def due(self, engagement_id: int, name: str, since: datetime, minutes: int) -> Due:
        """Return until when somebody is waited for, on the calendar that holds on that day."""
        agreement = self.agreement(engagement_id, since.date()) if name else None
        calendar = _calendar(agreement, name)
        at = due_after(calendar or ROUND_THE_CLOCK, since, minutes)
        return Due(at, agreement if calendar else None, bool(name) and calendar is None)

    def left(
        self,
        engagement_id: int,
        name: str,
        agreement_id: int | None,
        now: datetime,
        due: datetime,
    ) -> int:
        """Return the working seconds left, on the calendar of the version that set the time."""
        versions = {each.pk: each for each in self._signed[engagement_id]}
        calendar = _calendar(versions.get(agreement_id), name) if agreement_id else None
        return working_seconds_left(calendar or ROUND_THE_CLOCK, now, due)

    def zone(self, engagement_id: int, on: date) -> str:
        """Return the zone in which moments are told: the agreement's, else UTC."""
        agreement = self.agreement(engagement_id, on)
        return str(agreement.zone) if agreement else "UTC"


def _calendar(agreement: Any, name: str) -> Calendar | None:
    """Return the calendar of that name, its zone the agreement's unless it says another."""
    told = agreement.calendars.get(name) if agreement else None
    return Calendar.model_validate({"zone": agreement.zone, **told}) if told else None
