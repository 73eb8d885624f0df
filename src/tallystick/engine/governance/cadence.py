"""A cadence and a stretch of days -> the instants at which a forum meets."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr
from dateutil.tz import datetime_ambiguous, datetime_exists

from tallystick.engine.governance.rules import CadenceRefused, read_rule
from tallystick.engine.governance.working_days import next_working_day
from tallystick.engine.refusals import Refusal

MOST_A_YEAR = 262
"""As many as a year has working days at most."""

_LOOKED_AT = timedelta(days=731)


class CadenceNeverFires(Refusal):
    """No day fits the rule."""

    code = "cadence.never-fires"


class CadenceTooOften(Refusal):
    """More meetings than there are working days."""

    code = "cadence.too-often"


class ClockChange(StrEnum):
    """What the change of the clocks did to a meeting."""

    SKIPPED = "skipped"
    """Its local time does not exist that day: read with the offset before the change, it begins
    as much later as the clocks were put forward (RFC 5545, section 3.3.5)."""

    REPEATED = "repeated"
    """Its local time comes twice that day: the first counts."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """
    One meeting as a cadence gives it.

    `day` is the rule's own and stays what it is, wherever the meeting goes; `moved_from` is that
    day if it is a holiday and the meeting went to the next working day.
    """

    day: date
    at: datetime
    moved_from: date | None = None
    clock: ClockChange | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a forum meets: a rule, the day from which on, a local time and its zone."""

    rule: str
    first_on: date
    at: time
    zone: str

    def days(self, since: date, until: date) -> Iterator[date]:
        """Give the days of the rule from `since` up to `until`, which is not among them."""
        # Naive and at midnight: where the clock changes, what a day means is ours to say.
        begun = datetime.combine(self.first_on, time())
        rule = rrulestr(self.rule, dtstart=begun)
        ahead = rule.xafter(datetime.combine(since, time()), inc=True)
        return takewhile(lambda day: day < until, (each.date() for each in ahead))


def read_cadence(rule: str, first_on: date, at: time, zone: str) -> Cadence:
    """
    Return a cadence whose rule fires, and not more often than people work.

    Raises:
        CadenceRefused, CadenceNeverFires, CadenceTooOften
    """
    if not 1970 <= first_on.year <= 2190:
        raise CadenceRefused(
            f"The year {first_on.year} lies outside 1970 to 2190.",
            place="first_on",
            remedy="Check the year.",
        )
    if zone not in available_timezones():
        raise CadenceRefused(
            f"There is no time zone {zone[:40]!r}.",
            place="zone",
            remedy="Name one of the IANA database, such as Europe/Rome.",
        )
    cadence = Cadence(
        read_rule(rule, first_on), first_on, at.replace(second=0, microsecond=0), zone
    )
    if next(cadence.days(first_on, first_on + _LOOKED_AT), None) is None:
        raise CadenceNeverFires(
            f"No day of the two years from {first_on} on fits {cadence.rule}.",
            place="rule",
            remedy="Check its days and months: a month has four or five of each weekday.",
        )
    count = sum(1 for _ in cadence.days(first_on, first_on + timedelta(days=365)))
    if count > MOST_A_YEAR:
        raise CadenceTooOften(
            f"The rule gives {count} meetings a year; {MOST_A_YEAR} are the most.",
            place="rule",
            remedy="Leave out the weekend, or meet less often.",
        )
    return cadence


def occurrences(
    cadence: Cadence, since: date, until: date, holidays: Set[date] = frozenset()
) -> list[Occurrence]:
    """
    Return the meetings whose day by the rule lies in a stretch, `until` not included.

    One on a holiday goes to the next working day, at the same local time. If the forum meets by
    then anyway, it falls away.
    """
    # A little more than was asked for tells whether a moved meeting meets the one after it.
    days = list(cadence.days(since, until + timedelta(days=31)))
    found = []
    for number, day in enumerate(days):
        if day >= until:
            break
        held_on = next_working_day(day, holidays) if day in holidays else day
        after = next((each for each in days[number + 1 :] if each not in holidays), None)
        if day in holidays and after is not None and after <= held_on:
            continue
        at, clock = instant_of(held_on, cadence.at, cadence.zone)
        found.append(Occurrence(day, at, day if held_on != day else None, clock))
    return found


def instant_of(day: date, at: time, zone: str) -> tuple[datetime, ClockChange | None]:
    """Return the instant of a local time, and what a change of the clocks did to it."""
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    if not datetime_exists(local):
        return local.astimezone(UTC), ClockChange.SKIPPED
    clock = ClockChange.REPEATED if datetime_ambiguous(local) else None
    return local.astimezone(UTC), clock
