"""A table without a mapping -> a proposed mapping, what speaks for it, and what must be asked."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from tallystick.engine.intake.columns import joined, read_cells
from tallystick.engine.intake.guess_parts import (
    ColumnNote,
    Guess,
    Question,
    Seen,
    best,
    look,
    named,
    time_questions,
)
from tallystick.engine.intake.guess_signals import guess_signals
from tallystick.engine.intake.shapes import Shape
from tallystick.engine.intake.table import RawTable
from tallystick.engine.intake.words import rank_of, state_of

_ENOUGH_ROWS = 50_000
_MOST_STATES = 60
_ITEM_TIMES = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
_ATTRIBUTES = ("priority", "customer", "category")


def guess_mapping(table: RawTable, source: str = "export") -> Guess:
    """
    Propose a mapping from the headers and the first 50,000 rows of a table.

    Nothing is guessed that would change a number in silence: the zone, the order of day and
    month, and states that are not recognised become questions.
    """
    width = len(table.header)
    cells = read_cells(islice(table.rows, _ENOUGH_ROWS), width, range(width))
    seen = [look(cells, position, name) for position, name in enumerate(table.header)]
    if signals := guess_signals(seen, source, table.header):
        return signals
    found = _find_columns(seen, len(cells.lines))
    shape = Shape.EVENT_LOG if "at" in found else Shape.ITEM_TABLE
    states = _find_states(seen, found, shape)
    times = [column for name, column in found.items() if name != "item"]
    questions = time_questions(times) + _missing(found, states, shape)
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


def _find_columns(seen: Sequence[Seen], rows: int) -> dict[str, Seen]:
    times = [column for column in seen if column.is_time]
    others = [column for column in seen if not column.is_time]
    # A column that is still empty is known by its header alone.
    likely = [column for column in seen if column.is_time or not column.distinct]
    found = {name: column for name in _ITEM_TIMES if (column := best(likely, name))}
    at = best(times, "at")
    item = best(others, "item") or _most_like_ids(others, rows)
    if item:
        found["item"] = item
    repeats = item is not None and item.distinct < 0.9 * rows
    if times and (repeats or not found.get("opened")):
        return {name: column for name, column in found.items() if name == "item"} | {
            "at": at or times[0]
        }
    return found


def _most_like_ids(columns: Sequence[Seen], rows: int) -> Seen | None:
    """Return the column without empty cells that has the most distinct values."""
    full = [column for column in columns if rows and (column.column.codes >= 0).all()]
    return max(full, key=lambda column: column.distinct, default=None)


def _find_states(seen: Sequence[Seen], found: dict[str, Seen], shape: Shape) -> list[Seen]:
    taken = {column.position for column in found.values()}
    few = [
        column
        for column in seen
        if column.position not in taken and not column.is_time and column.distinct <= _MOST_STATES
    ]
    told = [column for column in few if rank_of(column.header, "state") is not None]
    if not told and shape is Shape.EVENT_LOG:
        told = [column for column in few if any(map(state_of, column.column.values))][:1]
    return told[:2]


def _missing(found: dict[str, Seen], states: Sequence[Seen], shape: Shape) -> list[Question]:
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
    found: dict[str, Seen], states: Sequence[Seen], header: Sequence[str]
) -> dict[str, Any]:
    columns: dict[str, Any] = {name: named(column, header) for name, column in found.items()}
    if states:
        names = [named(column, header) for column in states]
        columns["state"] = names[0] if len(names) == 1 else names
    return columns


def _attributes(
    seen: Sequence[Seen], found: dict[str, Seen], states: Sequence[Seen], header: Sequence[str]
) -> dict[str, str | int]:
    taken = {column.position for column in [*found.values(), *states]}
    # A column with one value throughout tells items apart in nothing.
    free = [column for column in seen if column.position not in taken and column.distinct > 1]
    likely = {name: column for name in _ATTRIBUTES if (column := best(free, name))}
    return {name: named(column, header) for name, column in likely.items()}


def _note(column: Seen, found: dict[str, Seen], states: Sequence[Seen]) -> ColumnNote:
    meanings = [name for name, other in found.items() if other.position == column.position]
    meanings += ["state" for other in states if other.position == column.position]
    return ColumnNote(column.position + 1, column.header, "".join(meanings[:1]), column.why)
