"""When a mid-term review is due: at half of the term, at a stage's end, or on a blocker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FRESH = timedelta(days=90)
"""So long a review answers for the blockers that come up after it."""


class Cause(StrEnum):
    """Why a mid-term review is due."""

    HALF_TERM = "half-term"
    STAGE_ENDED = "stage-ended"
    BLOCKER = "blocker"


@dataclass(frozen=True, slots=True)
class Term:
    """What decides whether a review is due: days alone, no texts."""

    starts_on: date
    ends_on: date
    stage_ended_on: date | None
    blockers: int
    held_on: Sequence[date]


@dataclass(frozen=True, slots=True)
class Due:
    """One reason for which a review is due, and since when."""

    cause: Cause
    since: date
    blockers: int = 0


def half_of(starts_on: date, ends_on: date) -> date:
    """Return the day on which half of a term is over."""
    return starts_on + (ends_on - starts_on) / 2


def mid_term_due(term: Term, on: date) -> list[Due]:
    """Return why a mid-term review is due on a day, the oldest reason first; empty if none is."""
    last = max(term.held_on, default=date.min)
    half = half_of(term.starts_on, term.ends_on)
    due = []
    if half <= on < term.ends_on and last < half:
        due.append(Due(Cause.HALF_TERM, half))
    ended = term.stage_ended_on
    if ended is not None and last < ended <= on:
        due.append(Due(Cause.STAGE_ENDED, ended))
    if term.blockers and last < on - FRESH:
        due.append(Due(Cause.BLOCKER, on, term.blockers))
    return sorted(due, key=lambda each: each.since)
