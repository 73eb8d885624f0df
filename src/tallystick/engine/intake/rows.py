"""Columns of cells -> the times and states of rows; what cannot be read rejects its row."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import UNCHANGED_STATE
from tallystick.engine.intake.columns import Cells, Clock, joined
from tallystick.engine.intake.docket import Docket, Reason
from tallystick.engine.intake.instants import (
    MISSING,
    YEARS,
    Problem,
    Times,
    date_order,
    instants_of,
    read_times,
)
from tallystick.engine.intake.mapping import SAME, Mapping
from tallystick.engine.intake.plan import Plan
from tallystick.engine.values import STATES, Coded, Instants

_UNKNOWN = -2
_REQUIRED_TIMES = ("at", "opened")
_TIME_PROBLEMS = {
    Problem.EMPTY: ("row.no-time", "the time is missing", "Fill it in."),
    Problem.UNREADABLE: (
        "row.unreadable-time",
        "{!r} cannot be read as a date and time",
        "Write it as 2025-04-03T14:50:00, or set time.format in the mapping.",
    ),
    Problem.SERIAL: (
        "row.serial-time",
        "{!r} looks like a spreadsheet's serial number, not a date",
        "Format the column as date and time in the spreadsheet and save it again.",
    ),
    Problem.DATE_ONLY: (
        "row.date-without-time",
        "{!r} has no time of day",
        "Export the time of day too; or set time.format to count from midnight.",
    ),
    Problem.OUT_OF_RANGE: (
        "row.time-out-of-range",
        "{!r} " + f"is not within the years {YEARS[0]} to {YEARS[1]}",
        "Correct the year.",
    ),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file as typed columns, in source order; rejected rows hold no meaning."""

    item: Coded
    times: MappingOf[str, Instants]  # MISSING where an optional time is empty
    state: NDArray[np.int8]  # position in STATES, or UNCHANGED_STATE
    line: NDArray[np.int64]
    attributes: MappingOf[str, Coded]


def read_row_times(
    docket: Docket, cells: Cells, plan: Plan, mapping: Mapping
) -> dict[str, Instants]:
    """
    Return each time column, by our name, as one instant per row.

    Raises:
        AmbiguousDateOrder, ZoneNeeded
    """
    texts = {
        plan.name(place): cells.dates.get(place, cells.columns[place].values)
        for place in plan.times.values()
        if place in cells.columns
    }
    order = date_order(texts, mapping.time)
    columns = {}
    for name, place in plan.times.items():
        times = _times_of_rows(cells, place, mapping, order, plan.name(place))
        columns[name] = np.where(times.problem == Problem.EMPTY, MISSING, times.at)
        wrong = times.problem != Problem.NONE
        if name not in _REQUIRED_TIMES:
            wrong &= times.problem != Problem.EMPTY
        column = cells.clocks[place] if place in cells.clocks else cells.columns[place]
        _reject_times(docket, wrong, times.problem, column, plan.name(place))
    return columns


def _times_of_rows(cells: Cells, place: int, mapping: Mapping, order: str, name: str) -> Times:
    if place in cells.clocks:
        return instants_of(cells.clocks[place], mapping.time, name)
    column = cells.columns[place]
    times = read_times(column.values, mapping.time, order, name)
    # The last entries answer for code -1, an empty cell.
    return Times(
        np.append(times.at, MISSING)[column.codes],
        np.append(times.problem, np.int8(Problem.EMPTY))[column.codes],
    )


def _reject_times(
    docket: Docket,
    wrong: NDArray[np.bool_],
    problem: NDArray[np.int8],
    column: Coded | Clock,
    name: str,
) -> None:
    def why(row: int) -> Reason:
        code, sentence, remedy = _TIME_PROBLEMS[Problem(int(problem[row]))]
        return Reason(code, name, sentence.format(column.text(row)), remedy)

    docket.reject(wrong, why)


def read_row_states(docket: Docket, cells: Cells, plan: Plan, mapping: Mapping) -> NDArray[np.int8]:
    """Return the state of each row; UNCHANGED_STATE throughout where no state is mapped."""
    if not plan.states:
        return np.full(len(cells.lines), UNCHANGED_STATE, dtype=np.int8)
    column = joined([cells.columns[place] for place in plan.states], " / ")
    known = {text.strip(): _code(state) for text, state in mapping.states.items()}
    table = [known.get(text, _UNKNOWN) for text in column.values]
    state = np.array([*table, _UNKNOWN], dtype=np.int8)[column.codes]
    name = " / ".join(plan.name(place) for place in plan.states)

    def why(row: int) -> Reason:
        if column.codes[row] < 0:
            return Reason("row.no-state", name, "the state is missing", "Fill it in.")
        text = column.text(row)
        remedy = f"Add {text!r} to `states` in the mapping, or correct the row."
        return Reason("row.unknown-state", name, f"{text!r} is mapped to no state", remedy)

    docket.reject(state == _UNKNOWN, why)
    return state


def _code(state: str) -> int:
    return UNCHANGED_STATE if state == SAME else [*STATES].index(state)  # type: ignore[arg-type]
