"""The kernel: histories + one service level -> what became of each item, without a loop."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.calendars import WorkingTime, working_time
from tallystick.engine.service_levels.histories import known_at
from tallystick.engine.service_levels.limits import limits_of
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    NO_WINDOW,
    REASONS,
    ItemVerdict,
    Outcomes,
    Reason,
)
from tallystick.engine.service_levels.terms import (
    Agreement,
    Attribution,
    MeasureKind,
    ServiceLevel,
)
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import FOREVER, STATES, Instants, Spans, State

Rows = NDArray[np.int64]
Seconds = NDArray[np.int64]
Mask = NDArray[np.bool_]

_BEYOND = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """
    How the clock of one service level ran over known histories.

    Per row: working seconds counted, and W at the row's start. Per item: the first row, the
    row that stopped the clock for good (some row past the item's last if none did), and W at
    the end of the item's clock.
    """

    starts: Rows
    stopped_at: Rows
    counts: Mask
    w_since: Seconds
    seconds: Seconds
    counted: Seconds
    paused: Seconds
    done: Instants
    w_end: Seconds


def measure(spans: Spans, level: ServiceLevel, agreement: Agreement, as_of: int) -> Outcomes:
    """
    Return the outcome of each item that had begun by `as_of`, under one service level.

    Changes after `as_of` are not known and an item still open is counted through `as_of`. The
    attributes of an item are its last known ones. An item keeps its limit if its counted
    working time does not exceed it: exactly at the limit is met.

    Raises:
        UnknownAttribute: if a limit asks for an attribute that the data does not carry.
    """
    known = known_at(spans, as_of)
    limit = limits_of(known, level)
    if not len(known.item):
        return _no_outcomes(spans.ids)
    reserve = int(limit.max())
    working = working_time(agreement.calendar_of(level), int(known.since.min()), as_of, reserve)
    run = run_clock(known, level, working, as_of)
    verdict, reason = _judge(known, run, limit)
    opened, due = known.since[run.starts], _due(run, limit, working)
    belongs = {
        Attribution.DUE: due,
        Attribution.OPENED: opened,
        Attribution.DONE: run.done,
    }[level.attribution]
    return Outcomes(
        ids=spans.ids,
        item=known.item[run.starts],
        opened=opened,
        due=due,
        done=run.done,
        counted=run.counted,
        paused=run.paused,
        limit=limit,
        verdict=verdict,
        reason=reason,
        window=_window(belongs, agreement),
    )


def run_clock(spans: Spans, level: ServiceLevel, working: WorkingTime, as_of: int) -> Run:
    """Run the clock of a service level over histories that are known and not empty."""
    starts = spans.starts
    runs, pauses, stops = (
        np.isin(spans.state, [STATES.index(state) for state in states])
        for states in (level.clock.runs, level.clock.pauses, level.clock.stops)
    )
    stopped_at = _stopped_at(starts, stops, level.measure)
    before_stop = np.arange(len(spans.item)) < _spread(stopped_at, starts, len(spans.item))
    ended = stopped_at < _ends(starts, len(spans.item))
    done = np.where(ended, spans.since[np.where(ended, stopped_at, 0)], FOREVER)
    w_since = working.worked(spans.since)
    seconds = working.worked(spans.until) - w_since
    counts = runs & before_stop
    counted = np.where(counts, seconds, 0)
    return Run(
        starts=starts,
        stopped_at=stopped_at,
        counts=counts,
        w_since=w_since,
        seconds=counted,
        counted=np.add.reduceat(counted, starts),
        paused=np.add.reduceat(np.where(pauses & before_stop, seconds, 0), starts),
        done=done,
        w_end=working.worked(np.where(ended, done, as_of)),
    )


def _stopped_at(starts: Rows, stops: Mask, kind: MeasureKind) -> Rows:
    """Return the row that stops each item's clock for good; some row past its last if none does."""
    row = np.arange(len(stops))
    if kind is MeasureKind.RESPONSE_TIME:
        first_stop: Rows = np.minimum.reduceat(np.where(stops, row, _BEYOND), starts)
        return first_stop
    # A reopened item resumes its clock, so only the last unbroken run of stop states counts.
    last_moving: Rows = np.maximum.reduceat(np.where(stops, -1, row), starts)
    return np.maximum(last_moving + 1, starts)


def _due(run: Run, limit: Seconds, working: WorkingTime) -> Instants:
    """Return when the counted time reached the limit, or would if the clock ran on."""
    rows = len(run.seconds)
    so_far = np.cumsum(run.seconds)
    earlier = np.r_[0, so_far[:-1]]
    base = _spread(earlier[run.starts], run.starts, rows)
    reached = run.counts & (so_far - base >= _spread(limit, run.starts, rows))
    crossing = np.minimum.reduceat(np.where(reached, np.arange(rows), _BEYOND), run.starts)
    within = crossing < _BEYOND
    row = np.where(within, crossing, 0)
    goal = np.where(
        within,
        run.w_since[row] + limit - (earlier[row] - earlier[run.starts]),
        run.w_end + limit - run.counted,
    )
    return np.where(limit > 0, working.instant_of(goal), FOREVER)


def _judge(spans: Spans, run: Run, limit: Seconds) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    final = spans.state[_ends(run.starts, len(spans.item)) - 1]
    cancelled = final == STATES.index(State.CANCELLED)
    late, is_done = run.counted > limit, run.done < FOREVER
    conditions = [limit == 0, cancelled, is_done & ~late, is_done, late]
    verdicts = [
        (ItemVerdict.EXCLUDED, Reason.NO_LIMIT),
        (ItemVerdict.EXCLUDED, Reason.CANCELLED),
        (ItemVerdict.MET, Reason.DONE_IN_TIME),
        (ItemVerdict.MISSED, Reason.DONE_LATE),
        (ItemVerdict.MISSED, Reason.OPEN_LATE),
        (ItemVerdict.PENDING, Reason.OPEN_IN_TIME),
    ]
    case = np.select(conditions, range(len(conditions)), default=len(conditions))
    verdict = np.asarray([ITEM_VERDICTS.index(verdict) for verdict, _ in verdicts], np.int8)
    reason = np.asarray([REASONS.index(reason) for _, reason in verdicts], np.int8)
    return verdict[case], reason[case]


def _window(instants: Instants, agreement: Agreement) -> NDArray[np.int32]:
    windows = windows_of(agreement)
    edges = np.asarray([window.start for window in windows] + [windows[-1].end])
    found = np.searchsorted(edges, instants, side="right") - 1
    return np.asarray(np.where(found < len(windows), found, NO_WINDOW), dtype=np.int32)


def _ends(starts: Rows, rows: int) -> Rows:
    return np.append(starts[1:], rows)


def _spread(per_item: NDArray[np.int64], starts: Rows, rows: int) -> NDArray[np.int64]:
    return np.repeat(per_item, _ends(starts, rows) - starts)


def _no_outcomes(ids: tuple[str, ...]) -> Outcomes:
    none, small = np.empty(0, np.int64), np.empty(0, np.int8)
    window = np.empty(0, np.int32)
    return Outcomes(ids, none, none, none, none, none, none, none, small, small, window)
