"""Looked-at columns -> a proposed mapping of probes, service states or outages, if they tell."""

from collections.abc import Sequence

import numpy as np

from tallystick.engine.intake.guess_parts import (
    ColumnNote,
    Guess,
    Question,
    Seen,
    best,
    named,
    time_questions,
)
from tallystick.engine.intake.shapes import INVALID, Shape
from tallystick.engine.intake.words import status_of
from tallystick.engine.signals import Status

_MOST_WORDS = 20
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}


def guess_signals(seen: Sequence[Seen], source: str, header: Sequence[str]) -> Guess | None:
    """
    Return a proposed mapping, or None where the table does not look like signals.

    A table with a component and both ends of something is one of outages; one with a component,
    a time and a column of nothing but words for up and down is one of probes or of states.
    """
    found = _outages(seen) or _statuses(seen)
    if not found:
        return None
    shape, questions = Shape.OUTAGES, list[Question]()
    key, words = "excuses", dict[str, str]()
    if "excused" in found:
        words = {raw: _YES_NO[raw.lower()] for raw in found["excused"].column.values}
    if "status" in found:
        shape, questions = _kind_of_row(found)
        key = "results" if shape is Shape.PROBES else "states"
        words = _words(found["status"], shape)
        found["result" if shape is Shape.PROBES else "state"] = found.pop("status")
    document = {
        "mapping": 1,
        "shape": str(shape),
        "source": source,
        "columns": {name: named(column, header) for name, column in found.items()},
        key: words,
    }
    times = [column for column in found.values() if column.is_time]
    notes = tuple(_note(column, found) for column in seen)
    return Guess(document, notes, (*time_questions(times), *questions))


def _outages(seen: Sequence[Seen]) -> dict[str, Seen]:
    # An end may still be empty throughout: its header alone tells it.
    times = [column for column in seen if column.is_time or not column.distinct]
    others = [column for column in seen if not column.is_time]
    found = {
        "component": best(others, "component"),
        "since": best(times, "since"),
        "until": best(times, "until"),
    }
    known = {name: column for name, column in found.items() if column}
    if len(known) < len(found) or best(seen, "opened"):
        return {}
    if users := best([column for column in others if _whole_numbers(column)], "users"):
        known["users"] = users
    excused = best(others, "excused")
    if excused and excused.distinct and all(w.lower() in _YES_NO for w in excused.column.values):
        known["excused"] = excused
    return known


def _whole_numbers(column: Seen) -> bool:
    return all(text.isdecimal() for text in column.column.values)


def _statuses(seen: Sequence[Seen]) -> dict[str, Seen]:
    times = [column for column in seen if column.is_time]
    told = [column for column in seen if _tells_status(column)]
    component = best([column for column in seen if column not in told], "component")
    if not times or len(told) != 1 or not component:
        return {}
    at = best(times, "at") or times[0]
    return {"component": component, "at": at, "status": told[0]}


def _tells_status(column: Seen) -> bool:
    words = {status_of(text) for text in column.column.values[: _MOST_WORDS + 1]}
    few = 0 < column.distinct <= _MOST_WORDS
    return few and None not in words and not words.isdisjoint({Status.UP, Status.DOWN})


def _kind_of_row(found: dict[str, Seen]) -> tuple[Shape, list[Question]]:
    """Tell probes, which mostly say the same again, from states, which never do."""
    status = found["status"].column
    if Status.MAINTENANCE in map(status_of, status.values):
        return Shape.SERVICE_STATES, []
    component = found["component"].column.codes
    order = np.argsort(component, kind="stable")
    follows = np.diff(component[order]) == 0
    again = np.diff(status.codes[order]) == 0
    repeats, pairs = int((follows & again).sum()), int(follows.sum())
    if 2 * repeats > pairs:
        return Shape.PROBES, []
    if pairs and not repeats:
        return Shape.SERVICE_STATES, []
    shapes = (str(Shape.PROBES), str(Shape.SERVICE_STATES))
    text = "Is each row an attempt to use the component, or the state that it changed to?"
    return Shape.PROBES, [Question("shape", text, shapes)]


def _words(column: Seen, shape: Shape) -> dict[str, str]:
    words = {raw: status for raw in column.column.values if (status := status_of(raw))}
    probes = shape is Shape.PROBES
    return {
        raw: INVALID if probes and status is Status.UNKNOWN else str(status)
        for raw, status in words.items()
    }


def _note(column: Seen, found: dict[str, Seen]) -> ColumnNote:
    meanings = [name for name, other in found.items() if other.position == column.position]
    return ColumnNote(column.position + 1, column.header, "".join(meanings[:1]), column.why)
