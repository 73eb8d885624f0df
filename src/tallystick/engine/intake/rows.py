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
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.plan import Plan
from tallystick.engine.intake.shapes import SAME
from tallystick.engine.values import STATES, Coded, Instants

_UNKNOWN = -2
_REQUIRED_TIMES = ("at", "opened", "since")
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
_MISSING_WORDS = {
    "states": ("row.no-state", "the state is missing", "Fill it in."),
    "results": ("row.no-result", "the result of the probe is missing", "Fill it in."),
}
_UNKNOWN_WORDS = {
    "states": (
        "row.unknown-state",
        "{!r} is mapped to no state",
        "Add {!r} to `states` in the mapping, or correct the row.",
    ),
    "results": (
        "row.unknown-result",
        "{!r} is mapped to no result of a probe",
        "Add {!r} to `results` in the mapping, or correct the row.",
    ),
    "excuses": (
        "row.unknown-excuse",
        "{!r} is mapped to neither yes nor no",
        "Add {!r} to `excuses` in the mapping, or correct the row.",
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
    name = " / ".join(plan.name(place) for place in plan.states)
    codes = {text: _code(state) for text, state in mapping.states.items()}
    return read_row_words(docket, column, name, "states", codes)


def read_row_words(
    docket: Docket,
    column: Coded,
    name: str,
    key: str,
    codes: MappingOf[str, int],
    *,
    empty: int | None = None,
) -> NDArray[np.int8]:
    """
    Return the code of each row's word, by the raw words that the mapping has under `key`.

    A word that is not mapped rejects its row, and so does an empty cell, unless it has a code.
    """
    known = {text.strip(): code for text, code in codes.items()}
    table = [known.get(text, _UNKNOWN) for text in column.values]
    table.append(_UNKNOWN if empty is None else empty)
    found = np.array(table, dtype=np.int8)[column.codes]

    def why(row: int) -> Reason:
        problems = _MISSING_WORDS if column.codes[row] < 0 else _UNKNOWN_WORDS
        code, sentence, remedy = problems[key]
        text = column.text(row)
        return Reason(code, name, sentence.format(text), remedy.format(text))

    docket.reject(found == _UNKNOWN, why)
    return found


def _code(state: str) -> int:
    return UNCHANGED_STATE if state == SAME else [*STATES].index(state)  # type: ignore[arg-type]
