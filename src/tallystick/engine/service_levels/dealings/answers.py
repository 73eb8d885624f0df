"""What two parties said of a statement, and when -> what it counts as, and whose turn it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tallystick.engine.service_levels.dealings.days import last_day, local_day
from tallystick.engine.service_levels.terms.dealings import Silence, StatementTerms


class Stance(StrEnum):
    """What a party says of a statement; `open` while it has said nothing and still may."""

    OPEN = "open"
    ATTESTED = "attested"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Said:
    """What a party said, and when; an attestation settles the disputes that it raised before."""

    side: str
    answer: Stance
    at: datetime


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands; `by_silence` if it said nothing and its days are over."""

    side: str
    answer: Stance
    since: datetime | None
    by_silence: bool = False


class Task(StrEnum):
    """What a party is waited for to do."""

    ANSWER = "answer"
    RESTATE = "restate"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, to do what, since when; `until` its last day, None without a limit."""

    side: str
    task: Task
    since: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a statement stands between its two parties at a moment.

    `counts_as` is disputed as soon as one party disputes it, attested once both attest it. Until
    `until`, that day included, a party that has said nothing may dispute.
    """

    counts_as: Stance
    positions: Sequence[Position]
    until: date
    is_over: bool
    turns: Sequence[Turn]

    def of(self, side: str) -> Position:
        """Return where one party stands."""
        return next(each for each in self.positions if each.side == side)


_SILENCE = {Silence.ATTESTED: Stance.ATTESTED, Silence.DISPUTED: Stance.DISPUTED}


def standing_of(
    said: Iterable[Said],
    terms: StatementTerms,
    *,
    sides: Sequence[str],
    issuer: str,
    zone: str,
    issued_at: datetime,
    as_of: datetime,
) -> Standing:
    """
    Return where a statement stands; what went by in silence is told from the dates alone.

    `issuer` is the side that issues statements, and so the one that corrects them.
    """
    until = last_day(local_day(issued_at, zone), terms.dispute_days)
    over = local_day(as_of, zone) > until
    given = list(said)
    positions = [
        _position(side, [each for each in given if each.side == side], terms, over)
        for side in sides
    ]
    answers = [each.answer for each in positions]
    counts_as = Stance.OPEN
    if Stance.DISPUTED in answers:
        counts_as = Stance.DISPUTED
    elif Stance.OPEN not in answers:
        counts_as = Stance.ATTESTED
    waits = [
        Turn(each.side, Task.ANSWER, issued_at, until)
        for each in positions
        if each.answer is Stance.OPEN
    ]
    disputed = [each.since for each in positions if each.answer is Stance.DISPUTED and each.since]
    if disputed:
        waits.append(Turn(issuer, Task.RESTATE, min(disputed), None))
    return Standing(counts_as, positions, until, over, waits)


def _position(side: str, said: Sequence[Said], terms: StatementTerms, over: bool) -> Position:
    attested = [each.at for each in said if each.answer is Stance.ATTESTED]
    disputed = [each.at for each in said if each.answer is Stance.DISPUTED]
    if attested:
        return Position(side, Stance.ATTESTED, max(attested))
    if disputed:
        return Position(side, Stance.DISPUTED, min(disputed))
    if over:
        return Position(side, _SILENCE[terms.unanswered], None, by_silence=True)
    return Position(side, Stance.OPEN, None)
