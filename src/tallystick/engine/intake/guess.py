"""A table without a mapping -> a proposed mapping, what speaks for it, and what must be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tallystick.engine.intake.columns import Cells, joined, read_cells
from tallystick.engine.intake.instants import (
    AmbiguousDateOrder,
    Problem,
    ZoneNeeded,
    date_order,
    read_times,
)
from tallystick.engine.intake.mapping import Mapping, Shape, Time, read_mapping
from tallystick.engine.intake.table import RawTable
from tallystick.engine.intake.words import rank_of, state_of
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Coded

_ENOUGH_ROWS = 50_000
_MOST_STATES = 60
_ITEM_TIMES = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
_ATTRIBUTES = ("priority", "customer", "category")


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """What is thought of one column: our name for it ("" if none), and why."""

    position: int  # counted from 1
    header: str
    meaning: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not tell: the path in the mapping to fill in, and the question."""

    place: str
    text: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping document; it is complete when there are no questions."""

    document: dict[str, Any]
    notes: tuple[ColumnNote, ...]
    questions: tuple[Question, ...]

    def mapping(self) -> Mapping:
        """Return the proposal as a mapping. Raises MappingRefused if it lacks what is needed."""
        return read_mapping(self.document)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One column of the sample."""

    position: int
    header: str
    column: Coded
    time_share: float

    @property
    def distinct(self) -> int:
        return len(self.column.values)

    @property
    def is_time(self) -> bool:
        return self.time_share >= 0.9


def guess_mapping(table: RawTable, source: str = "export") -> Guess:
    """
    Propose a mapping from the headers and the first 50,000 rows of a table.

    Nothing is guessed that would change a number in silence: the zone, the order of day and
    month, and states that are not recognised become questions.
    """
    width = len(table.header)
    cells = read_cells(islice(table.rows, _ENOUGH_ROWS), width, range(width))
    seen = [_look(cells, position, name) for position, name in enumerate(table.header)]
    found = _find_columns(seen, len(cells.lines))
    shape = Shape.EVENT_LOG if "at" in found else Shape.ITEM_TABLE
    states = _find_states(seen, found, shape)
    questions = _time_questions(found) + _missing(found, states, shape)
    raw = joined([column.column for column in states], " / ").values if states else ()
    known = {text: str(state) for text in raw if (state := state_of(text))}
    questions += _state_questions(raw, known)
    document = {
        "mapping": 1,
        "shape": str(shape),
        "source": source,
        "columns": _columns(found, states, table.header),
        "attributes": _attributes(seen, found, states, table.header),
        "states": known,
    }
    notes = tuple(_note(column, found, states) for column in seen)
    return Guess(document, notes, tuple(questions))


def _look(cells: Cells, position: int, header: str) -> _Seen:
    column = cells.columns[position]
    sample = column.values[:200]
    utc = Time(zone="UTC")
    times = read_times(sample, utc, "day-first", header).problem == Problem.NONE
    months = read_times(sample, utc, "month-first", header).problem == Problem.NONE
    share = float((times | months).sum()) / len(sample) if sample else 0.0
    return _Seen(position, header, column, share)


def _find_columns(seen: Sequence[_Seen], rows: int) -> dict[str, _Seen]:
    times = [column for column in seen if column.is_time]
    others = [column for column in seen if not column.is_time]
    # A column that is still empty is known by its header alone.
    likely = [column for column in seen if column.is_time or not column.distinct]
    found = {name: column for name in _ITEM_TIMES if (column := _best(likely, name))}
    at = _best(times, "at")
    item = _best(others, "item") or _most_like_ids(others, rows)
    if item:
        found["item"] = item
    repeats = item is not None and item.distinct < 0.9 * rows
    if times and (repeats or not found.get("opened")):
        return {name: column for name, column in found.items() if name == "item"} | {
            "at": at or times[0]
        }
    return found


def _best(columns: Sequence[_Seen], meaning: str) -> _Seen | None:
    ranked = [
        (rank, column.position, column)
        for column in columns
        if (rank := rank_of(column.header, meaning)) is not None
    ]
    return min(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _most_like_ids(columns: Sequence[_Seen], rows: int) -> _Seen | None:
    """Return the column without empty cells that has the most distinct values."""
    full = [column for column in columns if rows and (column.column.codes >= 0).all()]
    return max(full, key=lambda column: column.distinct, default=None)


def _find_states(seen: Sequence[_Seen], found: dict[str, _Seen], shape: Shape) -> list[_Seen]:
    taken = {column.position for column in found.values()}
    few = [
        column
        for column in seen
        if column.position not in taken and not column.is_time and column.distinct <= _MOST_STATES
    ]
    named = [column for column in few if rank_of(column.header, "state") is not None]
    if not named and shape is Shape.EVENT_LOG:
        named = [column for column in few if any(map(state_of, column.column.values))][:1]
    return named[:2]


def _time_questions(found: dict[str, _Seen]) -> list[Question]:
    columns = {
        column.header: column.column.values for name, column in found.items() if name != "item"
    }
    questions = []
    order = "day-first"
    try:
        order = date_order(columns, Time())
    except AmbiguousDateOrder as problem:
        questions.append(_asked("time.order", problem, ("day-first", "month-first")))
    try:
        for header, values in columns.items():
            read_times(values, Time(), order, header)
    except ZoneNeeded as problem:
        questions.append(_asked("time.zone", problem))
    return questions


def _asked(place: str, problem: Refusal, values: tuple[str, ...] = ()) -> Question:
    return Question(place, f"{problem.place}: {problem.message}.", values)


def _missing(found: dict[str, _Seen], states: Sequence[_Seen], shape: Shape) -> list[Question]:
    log = shape is Shape.EVENT_LOG
    needed = {"item": "identifies the item", "at" if log else "opened": "tells when"}
    questions = [
        Question(f"columns.{name}", f"Which column {what}?")
        for name, what in needed.items()
        if name not in found
    ]
    if log and not states:
        questions.append(Question("columns.state", "Which column tells what the item changed to?"))
    return questions


def _state_questions(raw: Sequence[str], known: dict[str, str]) -> list[Question]:
    open_ = tuple(text for text in raw if text not in known)
    return [Question("states", "Which state does each of these mean?", open_)] if open_ else []


def _columns(
    found: dict[str, _Seen], states: Sequence[_Seen], header: Sequence[str]
) -> dict[str, Any]:
    columns: dict[str, Any] = {name: _named(column, header) for name, column in found.items()}
    if states:
        names = [_named(column, header) for column in states]
        columns["state"] = names[0] if len(names) == 1 else names
    return columns


def _named(column: _Seen, header: Sequence[str]) -> str | int:
    unique = column.header and list(header).count(column.header) == 1
    return column.header if unique else column.position + 1


def _attributes(
    seen: Sequence[_Seen], found: dict[str, _Seen], states: Sequence[_Seen], header: Sequence[str]
) -> dict[str, str | int]:
    taken = {column.position for column in [*found.values(), *states]}
    # A column with one value throughout tells items apart in nothing.
    free = [column for column in seen if column.position not in taken and column.distinct > 1]
    best = {name: column for name in _ATTRIBUTES if (column := _best(free, name))}
    return {name: _named(column, header) for name, column in best.items()}


def _note(column: _Seen, found: dict[str, _Seen], states: Sequence[_Seen]) -> ColumnNote:
    meanings = [name for name, other in found.items() if other.position == column.position]
    meanings += ["state" for other in states if other.position == column.position]
    if column.is_time:
        why = f"{column.time_share:.0%} of its values read as times"
    else:
        why = f"{column.distinct} different values"
    return ColumnNote(column.position + 1, column.header, "".join(meanings[:1]), why)
