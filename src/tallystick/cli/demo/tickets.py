"""Seeded tickets of a service desk: when they come, who waits for whom, how long they take."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from tallystick.cli.demo.months import ZONE, Month
from tallystick.engine.service_levels.calendars import WorkingTime, compile_calendar
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.values import moment, seconds

HEADER = (
    "number", "updated_at", "state", "priority", "assignment_group", "short_description",
    "promised_on", "satisfaction",
)  # fmt: skip
HOUR = 3600

# Share of tickets, and median working hours until they are taken up and resolved.
PRIORITIES = {
    "P1": (0.04, 0.15, 2.1),
    "P2": (0.18, 0.40, 4.6),
    "P3": (0.52, 1.10, 11.0),
    "P4": (0.26, 2.40, 22.0),
}
GROUPS = ("Service desk", "Workplace", "Network", "Identity and access", "Business applications")
TOPICS = (
    "Password reset fails", "Laptop does not start", "VPN drops", "Printer queue stuck",
    "Shared drive missing", "Mailbox full", "New starter account", "Invoice screen is blank",
    "Meter data late", "Slow remote desktop", "Phone not ringing", "Certificate expired",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Performance:
    """How a month goes: `pace` multiplies all times, `p2_pace` those of P2 on top."""

    tickets: int = 220
    pace: float = 1.0
    p2_pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the export."""

    at: int
    number: str
    state: str
    priority: str
    group: str
    text: str
    promised_on: str = ""
    satisfaction: str = ""


def desk_hours() -> Calendar:
    """Return the hours in which the made-up desk really works, lunch break and all."""
    return Calendar.model_validate(
        {"zone": ZONE, "hours": {"mon-fri": ["07:30-12:30", "13:00-18:30"]}}
    )


class Desk:
    """Draws tickets month by month from one seed."""

    def __init__(self, seed: int, prefix: str, first: Month, last: Month) -> None:
        self._random = np.random.default_rng(seed)
        self._asides = np.random.default_rng([seed, 1])
        self._prefix = prefix
        self._number = 10_000
        start = seconds(first.plus(-1).start)
        self._hours: WorkingTime = compile_calendar(
            desk_hours(), start, seconds(last.plus(13).start)
        )

    def month(self, month: Month, performance: Performance) -> list[Change]:
        """Return every change of the tickets that are opened in a month, in no order."""
        return [
            change
            for _ in range(performance.tickets)
            for change in self._ticket(month, performance)
        ]

    def _ticket(self, month: Month, performance: Performance) -> Iterator[Change]:
        self._number += 1
        number = f"{self._prefix}{self._number}"
        priority = str(self._random.choice(list(PRIORITIES), p=[p[0] for p in PRIORITIES.values()]))
        group = str(self._random.choice(GROUPS))
        text = str(self._random.choice(TOPICS))
        at = self._arrival(month)
        pace = performance.pace * (performance.p2_pace if priority == "P2" else 1.0)
        promised = self._promised(at) if priority == "P4" else ""
        for state, pause in self._course(priority, pace):
            at = self._after(at, pause)
            answer = self._answer(pace) if state == "Closed" else ""
            yield Change(at, number, state, priority, group, text, promised, answer)

    def _promised(self, at: int) -> str:
        """Return the day on which a request is promised: some working days on."""
        hours = 11.0 * int(self._asides.integers(3, 9))
        return f"{moment(self._after(at, hours)).astimezone(ZoneInfo(ZONE)):%Y-%m-%d}"

    def _answer(self, pace: float) -> str:
        """Return a caller's mark from one to five; two of three give none."""
        if self._asides.random() > 0.34:
            return ""
        mark = self._asides.normal(4.75 - 0.45 * pace, 0.7)
        return str(int(min(max(round(mark), 1), 5)))

    def _arrival(self, month: Month) -> int:
        """Draw an instant of the month; most fall into the morning's open hours."""
        start, end = seconds(month.start), seconds(month.plus(1).start)
        if self._random.random() < 0.07:
            return int(self._random.integers(start, end))
        low, high = (int(w) for w in self._hours.worked([start, end]))
        return int(self._hours.instant_of([self._random.integers(low, high)])[0])

    def _course(self, priority: str, pace: float) -> Iterator[tuple[str, float]]:
        """Yield the states of a ticket, each with the working hours before it."""
        _, response, resolution = PRIORITIES[priority]
        yield "New", 0.0
        yield "In Progress", self._hours_like(response * pace)
        if self._random.random() < 0.22:
            yield "On Hold - Caller", self._hours_like(resolution * pace * 0.3)
            yield "In Progress", self._hours_like(7.0)
        yield "Resolved", self._hours_like(resolution * pace)
        if self._random.random() < 0.05:
            yield "In Progress", self._hours_like(9.0)
            yield "Resolved", self._hours_like(resolution * pace * 0.4)
        yield "Closed", 24.0

    def _hours_like(self, median: float) -> float:
        return float(median * self._random.lognormal(0.0, 0.62))

    def _after(self, at: int, hours: float) -> int:
        if hours == 0:
            return at
        worked = int(self._hours.worked([at])[0]) + max(30, int(hours * HOUR))
        return int(self._hours.instant_of([worked])[0])


def as_csv(changes: list[Change]) -> str:
    """Return an export, sorted by time, as the made-up ticket system writes it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for change in sorted(changes, key=lambda it: (it.at, it.number)):
        stamp = f"{moment(change.at):%Y-%m-%dT%H:%M:%SZ}"
        writer.writerow(
            (
                change.number, stamp, change.state, change.priority, change.group, change.text,
                change.promised_on, change.satisfaction,
            )
        )  # fmt: skip
    return out.getvalue()
