"""Maintenance, standing or with notice, and relief: the stretches left out, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.calendars import working_time
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.availability import (
    AvailabilityTerms,
    MaintenanceWindow,
)
from tallystick.engine.service_levels.terms.hours import NO_HOURS
from tallystick.engine.service_levels.terms.moments import instant_in
from tallystick.engine.values import Instants

NOT_EXCUSED = -1


@dataclass(frozen=True, slots=True, order=True)
class Excuse:
    """A stretch [since, until), whole seconds UTC, that is left out of the figure, and why."""

    since: int
    until: int
    why: str

    def __post_init__(self) -> None:
        if not self.since < self.until:
            raise ValueError(f"an excuse ends after it starts, not {self.since} to {self.until}")


def notice_problem(window: MaintenanceWindow, terms: AvailabilityTerms, zone: str) -> str:
    """
    Return why a maintenance window is not excused; empty text if it is.

    Notice is counted in whole local days: notice given on Thursday is two days before Saturday.
    """
    if not terms.notice_days:
        return ""
    if window.notice_given_on is None:
        return "no notice of it was given"
    start = datetime.fromtimestamp(instant_in(window.since, zone), tz=UTC)
    days = (start.astimezone(ZoneInfo(zone)).date() - window.notice_given_on).days
    if days >= terms.notice_days:
        return ""
    ahead = f"{days} day{'' if days == 1 else 's'} ahead" if days >= 0 else "afterwards"
    return f"notice was given {ahead}, and {terms.notice_days} days are needed"


def excuses_of(terms: AvailabilityTerms, zone: str, others: Iterable[Excuse]) -> list[Excuse]:
    """Return the maintenance of which notice was given in time, and other excuses, in order."""
    planned = [
        Excuse(
            instant_in(window.since, zone),
            instant_in(window.until, zone),
            f"Maintenance of which notice was given{_because(window)}.",
        )
        for window in terms.maintenance
        if not notice_problem(window, terms, zone)
    ]
    return sorted([*planned, *others])


def standing_of(terms: AvailabilityTerms, zone: str, since: int, until: int) -> list[Excuse]:
    """
    Return the standing maintenance between two instants, for as long as it really takes.

    As of working hours, it is the time during which the local clock is inside the weekly hours.
    """
    if terms.standing_maintenance == NO_HOURS or until <= since:
        return []
    week = Calendar(zone=zone, hours=terms.standing_maintenance)
    return [
        Excuse(start, end, "Standing maintenance, as agreed.")
        for start, end in working_time(week, since, until, 0).open_between(since, until)
    ]


def unnoticed_of(terms: AvailabilityTerms, zone: str) -> list[Excuse]:
    """Return the maintenance that is not excused, with what is wrong with its notice."""
    return [
        Excuse(instant_in(window.since, zone), instant_in(window.until, zone), problem)
        for window in terms.maintenance
        if (problem := notice_problem(window, terms, zone))
    ]


def _because(window: MaintenanceWindow) -> str:
    day = f" on {window.notice_given_on}" if window.notice_given_on else ""
    return f"{day}: {window.reason}" if window.reason else day


def edges_of(excuses: Sequence[Excuse]) -> Instants:
    """Return every instant at which an excuse starts or ends."""
    return np.array([edge for each in excuses for edge in (each.since, each.until)], np.int64)


def excused_by(excuses: Sequence[Excuse], instants: Instants) -> NDArray[np.int64]:
    """Return for each instant the position of an excuse that covers it, or NOT_EXCUSED."""
    found = np.full(len(instants), NOT_EXCUSED, dtype=np.int64)
    for place, each in enumerate(excuses):
        first, last = np.searchsorted(instants, [each.since, each.until])
        span = found[first:last]
        span[span == NOT_EXCUSED] = place
    return found
