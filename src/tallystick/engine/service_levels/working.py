"""One item under one service level -> every interval of its clock, with the reason for each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.calendars import WorkingTime, working_time
from tallystick.engine.service_levels.flags import WORDS, Flag
from tallystick.engine.service_levels.histories import rows_of
from tallystick.engine.service_levels.kernel.known import Known
from tallystick.engine.service_levels.kernel.roles import CANCEL, IDLE, PAUSE
from tallystick.engine.service_levels.kernel.running import counting_rows
from tallystick.engine.service_levels.measure import Judged, judge_units
from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict, Reason
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.clock import Cycles
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import STATES, Spans, State


class UnknownItem(Refusal):
    """No item with this id had begun at the instant of measuring."""

    code = "working.unknown-item"


class Kind(StrEnum):
    """What an interval does to the clock; only counted time weighs against the limit."""

    COUNTED = "counted"
    PAUSED = "paused"
    OUT_OF_HOURS = "out-of-hours"
    HOLIDAY = "holiday"
    STOPPED = "stopped"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch [since, until) of one item's life, in one state, that counts in one way."""

    since: int
    until: int
    state: State
    kind: Kind
    why: str
    line: int  # line of the source file that brought the state, header = 1
    origin: str = ""  # digest of that file, empty if the history does not tell

    @property
    def seconds(self) -> int:
        """Return how long the interval lasts."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class Working:
    """
    How the outcome of one item came about.

    The intervals touch and reach from `opened` to the instant of measuring; the counted ones add
    up to `counted`, the paused ones to `paused`. Dropped ones belong to another cycle, or lie
    before a reset. The other fields are those of `Outcomes`, with the window as text, empty if the
    item falls into no window of the term; `odd` says what looks wrong in the history.
    """

    item: str
    service_level: str
    opened: int
    due: int
    first_due: int
    done: int
    limit: int
    counted: int
    paused: int
    elapsed: int
    cycle: int
    verdict: ItemVerdict
    reason: Reason
    window: str
    intervals: tuple[Interval, ...]
    odd: tuple[str, ...] = ()


def show_working(
    spans: Spans,
    item_id: str,
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    *,
    relieved: Collection[str] = (),
    cycle: int | None = None,
) -> Working:
    """
    Return every interval of one item's clock, and the outcome they add up to.

    Where each cycle is judged, that of `cycle`; else that of the first one missed, or the last.

    Raises:
        UnknownItem: if there is no such item or cycle, or it began after `as_of`.
        UnknownAttribute: if a limit asks for an attribute that the data does not carry.
    """
    known = Known(_only(spans, item_id), as_of)
    if not known.rows:
        raise _unknown(item_id)
    judged = judge_units(known, level, agreement, relieved)
    unit = _chosen_unit(judged, item_id, cycle)
    outcome, limit = judged.outcomes, int(judged.outcomes.limit[unit])
    working = working_time(
        agreement.calendar_of(level), int(known.spans.since[0]), as_of, max(limit, 1)
    )
    window = int(outcome.window[unit])
    whole = {name: int(getattr(outcome, name)[unit]) for name in _WHOLE}
    return Working(
        item=item_id,
        service_level=level.id,
        verdict=outcome.verdict_of(unit),
        reason=outcome.reason_of(unit),
        window=windows_of(agreement, level.window)[window].text if window >= 0 else "",
        intervals=tuple(_intervals(known, level, judged, unit, working)),
        odd=tuple(WORDS[flag] for flag in Flag(int(outcome.flags[unit]))),
        **whole,
    )


_WHOLE = (
    "opened", "due", "first_due", "done", "limit", "counted", "paused", "elapsed", "cycle",
)  # fmt: skip


def _unknown(item_id: str) -> UnknownItem:
    return UnknownItem(
        f"no item {item_id!r} had begun by then",
        place=item_id,
        remedy="Check the id, or choose a later instant.",
    )


def _chosen_unit(judged: Judged, item_id: str, cycle: int | None) -> int:
    reported = judged.reported.tolist()
    missed = ITEM_VERDICTS.index(ItemVerdict.MISSED)
    if cycle is not None:
        reported = [unit for unit in reported if judged.outcomes.cycle[unit] == cycle]
        if not reported:
            raise _unknown(f"{item_id}, cycle {cycle}")
    late = [unit for unit in reported if judged.outcomes.verdict[unit] == missed]
    return int(late[0] if late else reported[-1])


def _only(spans: Spans, item_id: str) -> Spans:
    """Return the history of one item; empty if there is none."""
    item = spans.ids.index(item_id) if item_id in spans.ids else -1
    first, last = np.searchsorted(spans.item, [item, item + 1])
    return rows_of(spans, slice(int(first), int(last)))


def _intervals(
    known: Known, level: ServiceLevel, judged: Judged, unit: int, working: WorkingTime
) -> Iterator[Interval]:
    spans, units, role = known.spans, judged.units, judged.course.role
    counts, aside = counting_rows(known, level.clock, judged.course, units)
    waits = set(aside[role[aside] == PAUSE].tolist())
    for row in range(known.rows):
        state = STATES[int(spans.state[row])]
        origin = spans.origin.text(row) if spans.origin else ""
        since, until = int(spans.since[row]), int(spans.until[row])
        bare = Interval(since, until, state, Kind.STOPPED, "", int(spans.line[row]), origin)
        if not units.counts_from[unit] <= row < units.ends[unit]:
            yield replace(bare, kind=Kind.DROPPED, why=_why_dropped(level, judged, unit, row))
        elif counts[row] or row in waits:
            yield from _by_hours(bare, bool(counts[row]), role[row] >= CANCEL, working)
        elif role[row] == CANCEL and row >= units.stops[unit]:
            yield replace(bare, why=f"The clock was cancelled; the item was {state}.")
        elif row >= units.stops[unit]:
            yield replace(bare, why=f"The clock had stopped for good; the item was {state}.")
        elif role[row] == IDLE:
            yield replace(bare, why=f"The clock stands still while the item is {state} as it is.")
        else:
            yield replace(bare, why=f"The clock stood still: {state}, and reopened later.")


def _why_dropped(level: ServiceLevel, judged: Judged, unit: int, row: int) -> str:
    units = judged.units
    begins = int(units.counts_from[unit])
    if units.starts[unit] <= row < begins:
        if level.cycles is Cycles.LAST and judged.course.reopens[row + 1 : begins + 1].any():
            return "Only the last cycle is judged."
        return "The clock was started anew later; the time until then was dropped."
    if units.owner is not None:
        return "Another limit held; this stretch is judged by itself."
    return "Another cycle; each one is judged by itself."


def _by_hours(bare: Interval, runs: bool, is_gap: bool, working: WorkingTime) -> Iterator[Interval]:
    """Part a stretch in one state at the calendar's edges."""
    kind = Kind.COUNTED if runs else Kind.PAUSED
    why = f"The clock {'runs' if runs else 'pauses'} while the item is {bare.state}."
    if is_gap:
        why = f"It was {bare.state} and reopened later; the time until then counts."
    if bare.since == bare.until:
        yield replace(bare, kind=kind, why=f"{why} The next change came in the same second.")
        return
    for part in working.stretches_between(bare.since, bare.until):
        span = replace(bare, since=part.since, until=part.until)
        if part.is_open:
            yield replace(span, kind=kind, why=why)
        else:
            closed = Kind.HOLIDAY if part.holiday else Kind.OUT_OF_HOURS
            yield replace(span, kind=closed, why=part.why_closed)
