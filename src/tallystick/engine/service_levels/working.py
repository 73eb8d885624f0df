"""One item under one service level -> every interval of its clock, with the reason for each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.calendars import WorkingTime, working_time
from tallystick.engine.service_levels.histories import known_at, rows_of
from tallystick.engine.service_levels.measure import measure, run_clock
from tallystick.engine.service_levels.outcomes import ItemVerdict, Reason
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
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
    up to `counted`, the paused ones to `paused`. The other fields are those of `Outcomes`, with
    the window as text, empty if the item falls into no month of the term.
    """

    item: str
    service_level: str
    opened: int
    due: int
    done: int
    limit: int
    counted: int
    paused: int
    verdict: ItemVerdict
    reason: Reason
    window: str
    intervals: tuple[Interval, ...]


def show_working(
    spans: Spans, item_id: str, level: ServiceLevel, agreement: Agreement, as_of: int
) -> Working:
    """
    Return every interval of one item's clock, and the outcome they add up to.

    Raises:
        UnknownItem: if there is no such item, or it began after `as_of`.
        UnknownAttribute: if a limit asks for an attribute that the data does not carry.
    """
    spans = _only(spans, item_id)
    outcome = measure(spans, level, agreement, as_of)
    if not len(outcome):
        raise UnknownItem(
            f"no item {item_id!r} had begun by then",
            place=item_id,
            remedy="Check the id, or choose a later instant.",
        )
    opened, limit, window = int(outcome.opened[0]), int(outcome.limit[0]), int(outcome.window[0])
    working = working_time(agreement.calendar_of(level), opened, as_of, limit)
    return Working(
        item=item_id,
        service_level=level.id,
        opened=opened,
        due=int(outcome.due[0]),
        done=int(outcome.done[0]),
        limit=limit,
        counted=int(outcome.counted[0]),
        paused=int(outcome.paused[0]),
        verdict=outcome.verdict_of(0),
        reason=outcome.reason_of(0),
        window=windows_of(agreement)[window].text if window >= 0 else "",
        intervals=tuple(_intervals(known_at(spans, as_of), level, working, as_of)),
    )


def _only(spans: Spans, item_id: str) -> Spans:
    """Return the history of one item; empty if there is none."""
    item = spans.ids.index(item_id) if item_id in spans.ids else -1
    first, last = np.searchsorted(spans.item, [item, item + 1])
    return rows_of(spans, slice(int(first), int(last)))


def _intervals(
    spans: Spans, level: ServiceLevel, working: WorkingTime, as_of: int
) -> Iterator[Interval]:
    stopped_at = int(run_clock(spans, level, working, as_of).stopped_at[0])
    for row in range(len(spans.item)):
        since, until = int(spans.since[row]), int(spans.until[row])
        state = STATES[int(spans.state[row])]
        origin = spans.origin.text(row) if spans.origin else ""
        bare = Interval(since, until, state, Kind.STOPPED, "", int(spans.line[row]), origin)
        if row >= stopped_at:
            yield replace(bare, why=f"The clock had stopped for good; the item was {state}.")
        elif state in level.clock.stops:
            yield replace(bare, why=f"The clock stood still: {state}, and reopened later.")
        else:
            yield from _by_hours(bare, state in level.clock.runs, working)


def _by_hours(bare: Interval, runs: bool, working: WorkingTime) -> Iterator[Interval]:
    """Part a stretch in one state at the calendar's edges."""
    kind = Kind.COUNTED if runs else Kind.PAUSED
    why = f"The clock {'runs' if runs else 'pauses'} while the item is {bare.state}."
    if bare.since == bare.until:
        yield replace(bare, kind=kind, why=f"{why} The next change came in the same second.")
        return
    parts = [(*segment, kind, why) for segment in working.open_between(bare.since, bare.until)]
    for since, until, day in working.removed_between(bare.since, bare.until):
        parts.append((since, until, Kind.HOLIDAY, f"{day} is a holiday of the calendar."))
    reached = bare.since
    for since, until, part_kind, part_why in sorted(parts):
        yield from _out_of_hours(bare, reached, since)
        yield replace(bare, since=since, until=until, kind=part_kind, why=part_why)
        reached = until
    yield from _out_of_hours(bare, reached, bare.until)


def _out_of_hours(bare: Interval, since: int, until: int) -> Iterator[Interval]:
    if since < until:
        why = "Outside the hours of the calendar."
        yield replace(bare, since=since, until=until, kind=Kind.OUT_OF_HOURS, why=why)
