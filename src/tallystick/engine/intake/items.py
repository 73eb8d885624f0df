"""The rows of an item table: which to keep, and the changes that their dates tell."""

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import Changes, sorted_changes
from tallystick.engine.intake.columns import chosen, constant
from tallystick.engine.intake.docket import Docket, Reason
from tallystick.engine.intake.instants import MISSING
from tallystick.engine.intake.plan import Plan
from tallystick.engine.intake.repeats import keep_first
from tallystick.engine.intake.rows import Rows
from tallystick.engine.values import FOREVER, STATES, Instants

_NEW, _IN_PROGRESS, _ON_HOLD, _RESOLVED, _CLOSED, _CANCELLED = range(len(STATES))

# What must not lie before what. `responded` may lie within a hold.
_ORDER = (
    ("responded", "opened"),
    ("hold_from", "opened"),
    ("hold_until", "hold_from"),
    ("closed", "opened"),
    ("closed", "resolved"),
    ("end", "responded"),
    ("end", "hold_from"),
    ("end", "hold_until"),
)


def keep_items(docket: Docket, rows: Rows, plan: Plan) -> NDArray[np.bool_]:
    """
    Reject rows whose dates or state contradict each other, and return which of the others to keep.

    A row that repeats an item's first row in all mapped values is not kept and not rejected.
    """
    times = _all_times(rows)
    _check_order(docket, times, plan)
    _check_state(docket, rows, times, plan)
    return _first_of_each(docket, rows, plan)


def _all_times(rows: Rows) -> dict[str, Instants]:
    empty = np.full(len(rows.line), MISSING, dtype=np.int64)
    names = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
    times = {name: rows.times.get(name, empty) for name in names}
    resolved = times["resolved"]
    times["end"] = np.where(resolved != MISSING, resolved, times["closed"])
    return times


def _check_order(docket: Docket, times: dict[str, Instants], plan: Plan) -> None:
    backwards = Reason(
        "row.resolved-before-opened",
        plan.name(plan.times.get("resolved", plan.item)),
        "the item is resolved before it is opened",
        "Correct one of the two times.",
    )
    docket.reject(_before(times["resolved"], times["opened"]), lambda row: backwards)
    for later, earlier in _ORDER:
        sentence = f"the time '{later}' lies before the time '{earlier}'"
        reason = Reason("row.times-out-of-order", "", sentence, "Correct one of the two times.")
        docket.reject(_before(times[later], times[earlier]), lambda row, why=reason: why)  # type: ignore[misc]
    loose = (times["hold_until"] != MISSING) & (times["hold_from"] == MISSING)
    reason = Reason(
        "row.times-out-of-order",
        "",
        "a hold ends that never started",
        "Fill in the start of the hold, or clear its end.",
    )
    docket.reject(loose, lambda row: reason)


def _before(later: Instants, earlier: Instants) -> NDArray[np.bool_]:
    both: NDArray[np.bool_] = (later != MISSING) & (earlier != MISSING)
    return both & (later < earlier)


def _check_state(docket: Docket, rows: Rows, times: dict[str, Instants], plan: Plan) -> None:
    """Hold the state column, where there is one, against the dates; see `changes_of_items`."""
    name = " / ".join(plan.name(place) for place in plan.states)
    ended = times["end"] != MISSING
    endless = Reason(
        "row.no-end-time",
        name,
        "the item is said to be resolved or closed, and has no time of it",
        "Fill in when it was resolved or closed.",
    )
    docket.reject(np.isin(rows.state, (_RESOLVED, _CLOSED)) & ~ended, lambda row: endless)
    reopened = Reason(
        "row.state-contradicts-dates",
        name,
        "the item is said to be open, and has a time at which it was resolved or closed",
        "Clear that time; or export the item's changes as an event log if it was reopened.",
    )
    docket.reject(np.isin(rows.state, (_NEW, _IN_PROGRESS, _ON_HOLD)) & ended, lambda row: reopened)


def _first_of_each(docket: Docket, rows: Rows, plan: Plan) -> NDArray[np.bool_]:
    columns: list[NDArray[np.integer]] = [rows.state, *rows.times.values()]
    columns += [column.codes for column in rows.attributes.values()]
    name = plan.name(plan.item)

    def why(row: int, first: int) -> Reason:
        line = int(rows.line[first])
        sentence = f"{rows.item.text(row)!r} stands in line {line} already, with other values"
        return Reason("row.conflict", name, sentence, "Keep one row for each item.")

    return keep_first(docket, [rows.item.codes], columns, why)


def changes_of_items(rows: Rows, kept: NDArray[np.bool_], origin: str) -> Changes:
    """
    Return the changes that the dates of the kept rows tell.

    opened: new. responded: in progress. From hold_from until hold_until: on hold, and then what
    it was before. resolved, closed: so. A response within a hold is a change of zero length: it
    answers, and the hold goes on. The state column adds one thing that dates cannot tell: an
    item that is cancelled became so with its last date.
    """
    times = {name: column[kept] for name, column in _all_times(rows).items()}
    steps = _steps(times, rows.state[kept] == _CANCELLED)
    # One step below the other, in the order of a life: ties in time keep this order.
    source = np.concatenate([np.flatnonzero(mask) for mask, _, _ in steps])
    origin_row = np.flatnonzero(kept)[source]
    return sorted_changes(
        chosen(rows.item, origin_row),
        np.concatenate([at[mask] for mask, at, _ in steps]),
        np.concatenate([state[mask] for mask, _, state in steps]).astype(np.int8),
        rows.line[origin_row],
        constant(origin, len(source)),
        {name: chosen(column, origin_row) for name, column in rows.attributes.items()},
    )


_Step = tuple[NDArray[np.bool_], Instants, NDArray[np.int64]]


def _steps(times: dict[str, Instants], cancelled: NDArray[np.bool_]) -> list[_Step]:
    """Return mask, instant and state of each step that an item may take."""
    has = {name: at != MISSING for name, at in times.items()}
    responded, held, until = times["responded"], times["hold_from"], times["hold_until"]
    let_go = np.where(has["hold_until"], until, FOREVER)
    within = has["responded"] & has["hold_from"] & (held < responded) & (responded < let_go)
    answered = has["responded"] & (responded <= until)
    last = np.maximum.reduce([at for name, at in times.items() if name != "end"])
    return [
        _step(has["opened"], times["opened"], _NEW),
        _step(has["responded"], responded, _IN_PROGRESS),
        _step(within, responded, _ON_HOLD),
        _step(has["hold_from"], held, _ON_HOLD),
        (has["hold_until"], until, np.where(answered, _IN_PROGRESS, _NEW)),
        _step(has["resolved"], times["resolved"], _RESOLVED),
        _step(has["closed"], times["closed"], _CLOSED),
        _step(cancelled, last, _CANCELLED),
    ]


def _step(mask: NDArray[np.bool_], at: Instants, state: int) -> _Step:
    return mask, at, np.full(len(at), state, dtype=np.int64)
