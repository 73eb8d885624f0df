"""A claim of relief and its decision -> what it counts as at a moment, by the agreement's days."""

from dataclasses import dataclass
from datetime import date, datetime

from tallystick.engine.service_levels.dealings.days import last_day, last_of_window, local_day
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefTerms, Unanswered


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """
    What a claim counts as; `by_silence` if nobody decided it and its days are over.

    `until` is the last day on which it can be decided.
    """

    state: ClaimState
    until: date
    by_silence: bool = False


_SILENCE = {
    Unanswered.APPROVED: ClaimState.APPROVED,
    Unanswered.REJECTED: ClaimState.REJECTED,
}


def claimable_until(window_end: datetime, terms: ReliefTerms, zone: str) -> date:
    """Return the last day on which relief can be claimed for a window."""
    return last_day(last_of_window(window_end, zone), terms.claim_days)


def claim_standing(
    decided: ClaimState | None,
    terms: ReliefTerms,
    *,
    zone: str,
    claimed_at: datetime,
    as_of: datetime,
) -> ClaimStanding:
    """Return what a claim counts as; silence is told from the dates alone."""
    until = last_day(local_day(claimed_at, zone), terms.decide_days)
    if decided is not None:
        return ClaimStanding(decided, until)
    if local_day(as_of, zone) > until:
        return ClaimStanding(_SILENCE[terms.unanswered], until, by_silence=True)
    return ClaimStanding(ClaimState.PENDING, until)
