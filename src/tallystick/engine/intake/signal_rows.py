"""Columns of cells -> signals of components; each row is accepted, or rejected with a reason."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.accept import check_texts, rejected_rows
from tallystick.engine.intake.columns import Cells, chosen, constant, joined
from tallystick.engine.intake.docket import Docket, Reason, RejectedRow
from tallystick.engine.intake.instants import MISSING
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.plan import Plan
from tallystick.engine.intake.repeats import keep_first
from tallystick.engine.intake.rows import read_row_times, read_row_words
from tallystick.engine.intake.shapes import INVALID
from tallystick.engine.intake.signal_sets import sorted_signals
from tallystick.engine.signals import (
    ALL_USERS,
    DOWN,
    EXCUSED,
    STATUSES,
    SignalKind,
    Signals,
    Status,
)
from tallystick.engine.values import FOREVER, Coded, Instants

MOST_USERS = 10**9
_WHOLE = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AcceptedSignals:
    """What came of a file's rows; accepted + repeated + rejected is the number of rows."""

    signals: Signals
    accepted: int
    repeated: int
    rejected: tuple[RejectedRow, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows as typed columns, in source order; rejected rows hold no meaning."""

    component: Coded
    since: Instants
    until: Instants
    status: NDArray[np.int8]
    users: NDArray[np.int64]
    attempt: NDArray[np.int64]


def accept_signals(
    cells: Cells, plan: Plan, mapping: Mapping, origin: str, complete_until: int | None
) -> AcceptedSignals:
    """
    Accept or reject each row; `origin` is the digest of the file.

    Rows after `complete_until`, where it is known, are rejected. An outage without an end is
    open. A row that repeats another in all that is mapped is neither accepted nor rejected.

    Raises:
        AmbiguousDateOrder, ZoneNeeded: if the file's times cannot be read without asking.
    """
    docket = Docket(len(cells.lines))
    missing = Reason(
        "row.no-component", plan.name(plan.item), "the component is not named", "Fill it in."
    )
    check_texts(docket, cells, plan, missing)
    rows = _read(docket, cells, plan, mapping)
    _check_times(docket, rows, plan, complete_until)
    kept = _first_of_each(docket, rows, cells, plan)
    signals = sorted_signals(
        _kind(mapping),
        chosen(rows.component, kept),
        rows.since[kept],
        rows.until[kept],
        rows.status[kept],
        rows.users[kept],
        cells.lines[kept],
        constant(origin, int(kept.sum())),
    )
    rejected = rejected_rows(docket, cells, len(plan.header))
    accepted = int(kept.sum())
    return AcceptedSignals(signals, accepted, int(docket.free.sum()) - accepted, rejected)


def _kind(mapping: Mapping) -> SignalKind:
    if mapping.form.signals is None:
        raise ValueError(f"the rows of {mapping.shape} are no signals")
    return mapping.form.signals


def _read(docket: Docket, cells: Cells, plan: Plan, mapping: Mapping) -> _Rows:
    times = read_row_times(docket, cells, plan, mapping)
    since = times["since"] if "since" in times else times["at"]
    until = times.get("until", since)
    attempt = plan.others.get("attempt")
    return _Rows(
        component=cells.columns[plan.item],
        since=since,
        until=np.where(until == MISSING, FOREVER, until),
        status=_statuses(docket, cells, plan, mapping),
        users=_users(docket, cells, plan),
        attempt=np.zeros(len(since), np.int64)
        if attempt is None
        else cells.columns[attempt].codes.astype(np.int64),
    )


def _statuses(docket: Docket, cells: Cells, plan: Plan, mapping: Mapping) -> NDArray[np.int8]:
    if "result" in plan.others:
        place = plan.others["result"]
        column, name = cells.columns[place], plan.name(place)
        return read_row_words(docket, column, name, "results", _codes(mapping.results))
    if plan.states:
        column = joined([cells.columns[place] for place in plan.states], " / ")
        name = " / ".join(plan.name(place) for place in plan.states)
        return read_row_words(docket, column, name, "states", _codes(mapping.states))
    if "excused" not in plan.others:
        return np.full(len(cells.lines), DOWN, dtype=np.int8)
    place = plan.others["excused"]
    column, name = cells.columns[place], plan.name(place)
    codes = {raw: EXCUSED if word == "yes" else DOWN for raw, word in mapping.excuses.items()}
    return read_row_words(docket, column, name, "excuses", codes, empty=DOWN)


def _codes(words: dict[str, str]) -> dict[str, int]:
    return {
        raw: STATUSES.index(Status.UNKNOWN if word == INVALID else Status(word))
        for raw, word in words.items()
    }


def _users(docket: Docket, cells: Cells, plan: Plan) -> NDArray[np.int64]:
    if "users" not in plan.others:
        return np.full(len(cells.lines), ALL_USERS, dtype=np.int64)
    place = plan.others["users"]
    column = cells.columns[place]
    numbers = [int(text) if _WHOLE.fullmatch(text) else -2 for text in column.values]
    found = np.array([*numbers, ALL_USERS], dtype=np.int64)[column.codes]
    wrong = ((found < 0) | (found > MOST_USERS)) & (column.codes >= 0)

    def why(row: int) -> Reason:
        return Reason(
            "row.unreadable-number",
            plan.name(place),
            f"{column.text(row)!r} is no number of users",
            "Write a whole number without signs, or leave it empty if all were affected.",
        )

    docket.reject(wrong, why)
    return found


def _check_times(docket: Docket, rows: _Rows, plan: Plan, complete_until: int | None) -> None:
    name = plan.name(plan.times.get("until", plan.item))
    backwards = Reason(
        "row.times-out-of-order",
        name,
        "the outage ends before it starts",
        "Correct one of the two times.",
    )
    docket.reject(rows.until < rows.since, lambda row: backwards)
    if complete_until is None:
        return
    told = np.where(rows.until == FOREVER, rows.since, np.maximum(rows.since, rows.until))
    early = Reason(
        "row.not-yet",
        plan.name(next(iter(plan.times.values()))),
        "the time lies after the moment until which the file is complete",
        "Correct the time, or say that the file is complete until later.",
    )
    docket.reject(told > complete_until, lambda row: early)


def _first_of_each(docket: Docket, rows: _Rows, cells: Cells, plan: Plan) -> NDArray[np.bool_]:
    def why(row: int, first: int) -> Reason:
        line = int(cells.lines[first])
        return Reason(
            "row.conflict",
            plan.name(plan.item),
            f"{rows.component.text(row)!r} stands in line {line} already with this time, and "
            "with other values",
            "Keep one of the two; of several probes at one time, map the column that numbers them.",
        )

    key: list[NDArray[np.integer]] = [rows.component.codes, rows.since, rows.attempt]
    return keep_first(docket, key, [rows.until, rows.status, rows.users], why)
