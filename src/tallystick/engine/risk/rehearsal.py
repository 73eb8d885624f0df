"""When a contingency plan was tried -> when it is due for a test again."""

from dataclasses import dataclass
from datetime import date, timedelta

HOLDS = 365
"""Days for which a test holds."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """
    Until when a test holds: `due_on`, the last day on which it does; None if there is no day.

    `days_late` counts from that day, 0 if it is still to come.
    """

    tested: bool
    due_on: date | None
    due: bool
    days_late: int


def rehearsal(
    *, written_on: date | None, tested_on: date | None, as_of: date, holds: int = HOLDS
) -> Rehearsal:
    """
    Return whether a plan is due for a test: its last one is more than `holds` days ago.

    A plan that was never tested counts from the day it was written; one without either day is
    due at once. A test that is still to come is none yet.
    """
    tested = tested_on is not None and tested_on <= as_of
    since = tested_on if tested else written_on
    if since is None:
        return Rehearsal(tested=False, due_on=None, due=True, days_late=0)
    room = (date.max - since).days
    due_on = since + timedelta(days=min(holds, room))
    return Rehearsal(tested, due_on, as_of > due_on, max((as_of - due_on).days, 0))
