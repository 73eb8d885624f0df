"""What people want, such as "cheaper and faster" -> objectives that can be measured, as a start."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tallystick.engine.objectives.aim import Direction


class Intent(StrEnum):
    """What people say they want."""

    CHEAPER = "cheaper"
    FASTER = "faster"
    FEWER_FAILURES = "fewer-failures"
    HAPPIER_USERS = "happier-users"
    LESS_DEPENDENT = "less-dependent"
    SAFER = "safer"


@dataclass(frozen=True, slots=True)
class Starter:
    """
    An objective to begin with; baseline and target are the reader's own to measure and agree.

    `services` are the service types it is for, none of them meaning any; `example` shows what a
    finished one looks like, and `trap` what people get wrong.
    """

    key: str
    intent: Intent
    statement: str
    measure: str
    unit: str
    direction: Direction
    source: str
    frequency: str
    example: str
    trap: str
    services: tuple[str, ...] = ()

    def fits(self, service_type: str) -> bool:
        """Return whether it is for a service type."""
        return not self.services or service_type in self.services


_DESK, _APPLICATIONS = "service-desk", "application-support"
_OPERATIONS, _SOFTWARE = "infrastructure-operations", "software-development"

STARTERS: Sequence[Starter] = (
    Starter(
        "cost-per-ticket", Intent.CHEAPER, "Lower what one solved ticket costs us as a whole",
        "Fees, retained staff and governance of a month, divided by solved tickets",
        "EUR per ticket", Direction.LOWER, "Invoices, staff costs and the ticket export", "monthly",
        "From 31 to 26 EUR per ticket within a year",
        "A lower price is no lower cost: count your own people who check and steer, too.",
        (_DESK, _APPLICATIONS),
    ),
    Starter(
        "cost-of-service", Intent.CHEAPER, "Lower what the whole service costs us in a year",
        "Fees, retained staff, governance and tools of twelve months", "EUR per year",
        Direction.LOWER, "General ledger, cost centre of the service", "quarterly",
        "From 1,840,000 to 1,600,000 EUR per year within two years",
        "Measure the baseline with all that you pay today, not with the invoice alone.",
    ),
    Starter(
        "wait-for-answer", Intent.FASTER, "Shorten the time until a user's problem is solved",
        "Median time from opening to solution, priority 2 and 3", "hours", Direction.LOWER,
        "Ticket export of the service desk", "monthly", "From 19 to 8 hours within nine months",
        "An average hides the long ones: take a median, and a limit for the worst tenth.",
        (_DESK, _APPLICATIONS),
    ),
    Starter(
        "request-to-live", Intent.FASTER, "Shorten the way of a small change from request to live",
        "Median working days from approved request to production", "working days",
        Direction.LOWER, "Change log", "monthly", "From 24 to 12 working days within a year",
        "Say what a small change is, or every change becomes a large one.",
        (_APPLICATIONS, _SOFTWARE, _OPERATIONS),
    ),
    Starter(
        "wait-in-general", Intent.FASTER, "Shorten the time that people wait for the service",
        "Median time from asking to receiving", "hours", Direction.LOWER,
        "Export of the system that takes requests", "monthly", "From 30 to 12 hours within a year",
        "Agree when the clock starts and what stops it before you agree the target.",
    ),
    Starter(
        "service-is-there", Intent.FEWER_FAILURES, "Keep the service there when people need it",
        "Availability in service hours", "%", Direction.HIGHER, "Monitoring, read by both parties",
        "monthly", "From 99.2 to 99.8 % within six months",
        "Name what is measured: a server that runs is no application that answers.",
        (_OPERATIONS, _APPLICATIONS),
    ),
    Starter(
        "failed-changes", Intent.FEWER_FAILURES, "Put fewer changes live that have to be undone",
        "Share of changes that caused an incident or were rolled back", "%", Direction.LOWER,
        "Change log and incidents linked to changes", "monthly",
        "From 14 to 5 % within a year", "Fewer changes also lower it: watch how many there are.",
        (_SOFTWARE, _APPLICATIONS, _OPERATIONS),
    ),
    Starter(
        "solved-for-good", Intent.FEWER_FAILURES, "Solve problems so that they do not come back",
        "Share of tickets that were opened again within 14 days", "%", Direction.LOWER,
        "Ticket export", "monthly", "From 11 to 4 % within nine months",
        "Closing a ticket is not solving it: count those that people open anew, too.",
    ),
    Starter(
        "satisfied-users", Intent.HAPPIER_USERS, "Raise how satisfied users are with the service",
        "Mean of the quarterly survey, at least 100 answers", "points of 10", Direction.HIGHER,
        "Survey tool of the client", "quarterly", "From 6.4 to 8 points within a year",
        "Let the client ask, not the party that is judged, and keep the question the same.",
    ),
    Starter(
        "first-contact", Intent.HAPPIER_USERS, "Solve more problems at the first contact",
        "Share of tickets solved without being passed on", "%", Direction.HIGHER,
        "Ticket export of the service desk", "monthly", "From 48 to 65 % within a year",
        "Ask users whether it was solved; a desk that never passes on is no better.",
        (_DESK,),
    ),
    Starter(
        "runbooks-held", Intent.LESS_DEPENDENT, "Keep the knowledge to run the service with us",
        "Share of critical procedures that our own people have walked through", "%",
        Direction.HIGHER, "List of procedures with the day and name of each rehearsal",
        "quarterly", "From 20 to 80 % within a year",
        "A document that nobody of yours has followed is no knowledge of yours.",
    ),
    Starter(
        "patched-in-time", Intent.SAFER, "Close known holes before somebody uses them",
        "Share of critical security updates installed within 14 days", "%", Direction.HIGHER,
        "Scan that both parties can look into", "monthly", "From 71 to 98 % within six months",
        "Count the systems that the scan does not reach as well.",
    ),
)  # fmt: skip

_BY_KEY = {each.key: each for each in STARTERS}


def starters_for(service_type: str, intent: str = "") -> list[Starter]:
    """Return what fits a service type, of one intent or of all, its own before the general."""
    found = [
        each
        for each in STARTERS
        if each.fits(service_type) and (not intent or each.intent == intent)
    ]
    return sorted(found, key=lambda each: not each.services)


def starter_called(key: str) -> Starter | None:
    """Return the starter of that key."""
    return _BY_KEY.get(key)
