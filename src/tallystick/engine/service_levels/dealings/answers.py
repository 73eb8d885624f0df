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


class PointState(StrEnum):
    """What became of a disputed point; who raised it withdraws it, or says that it is settled."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Attested:
    """A party's word that it takes a statement as it stands; it settles the points it raised."""

    side: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """A disputed point: who raised it and when, who spoke of it last and when."""

    side: str
    at: datetime
    spoke: str
    spoke_at: datetime
    state: PointState = PointState.OPEN


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands; `by_silence` if no answer of its own stands and its days are over."""

    side: str
    answer: Stance
    since: datetime | None
    by_silence: bool = False


class Task(StrEnum):
    """What a party is waited for to do."""

    ANSWER = "answer"
    RESTATE = "restate"
    REPLY = "reply"


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
    attested: Iterable[Attested],
    points: Iterable[Point],
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
    taken = {each.side: each.at for each in attested}
    raised = [each for each in points if each.side not in taken]
    positions = [
        _position(side, taken.get(side), [each for each in raised if each.side == side])
        or _unsaid(side, [each for each in raised if each.side == side], terms, over)
        for side in sides
    ]
    waits = [
        Turn(each.side, Task.ANSWER, issued_at, until)
        for each in positions
        if each.answer is Stance.OPEN
    ]
    waits += _turns_on(raised, sides, issuer)
    return Standing(_counts_as(positions), positions, until, over, waits)


def _counts_as(positions: Sequence[Position]) -> Stance:
    answers = [each.answer for each in positions]
    if Stance.DISPUTED in answers:
        return Stance.DISPUTED
    return Stance.OPEN if Stance.OPEN in answers else Stance.ATTESTED


def _position(side: str, attested_at: datetime | None, raised: Sequence[Point]) -> Position | None:
    """Return what a party says in its own words; None where nothing of it stands."""
    if attested_at is not None:
        return Position(side, Stance.ATTESTED, attested_at)
    standing = [each.at for each in raised if each.state is PointState.OPEN]
    return Position(side, Stance.DISPUTED, min(standing)) if standing else None


def _unsaid(side: str, raised: Sequence[Point], terms: StatementTerms, over: bool) -> Position:
    if not over:
        return Position(side, Stance.OPEN, None)
    # Who gave up its points has answered them: its silence afterwards disputes nothing anew.
    answer = Stance.ATTESTED if raised else _SILENCE[terms.unanswered]
    return Position(side, answer, None, by_silence=True)


def _turns_on(points: Sequence[Point], sides: Sequence[str], issuer: str) -> Iterable[Turn]:
    """Give who is waited for on the open points: the party that did not speak last."""
    for side in sides:
        waiting = [
            each.spoke_at for each in points if each.state is PointState.OPEN and each.spoke != side
        ]
        if waiting:
            task = Task.RESTATE if side == issuer else Task.REPLY
            yield Turn(side, task, min(waiting), None)
