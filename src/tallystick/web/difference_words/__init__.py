"""What changed between two agreements in plain words: one sentence for each changed clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.engine.service_levels.agreement import agreement_document
from tallystick.engine.service_levels.difference import Change, ChangeKind, Path, differences
from tallystick.engine.service_levels.terms import Agreement, Calendar, ServiceLevel
from tallystick.web.agreement_words.dealings import statement_facts
from tallystick.web.agreement_words.levels import level_words
from tallystick.web.components.words import sentence, words
from tallystick.web.difference_words.calendars import calendar_value, holidays_words
from tallystick.web.difference_words.levels import level_value
from tallystick.web.difference_words.values import labelled, lowered, term_words, value_words

_OWN_CLAUSES = frozenset({"charges", "credits", "relief", "renewal"})
"""Parts of a document whose keys are clauses each."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A changed clause: what it is of, what became of it, and the sentence that says so."""

    about: str
    kind: ChangeKind
    sentence: str


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both documents, as terms and as plain values."""

    old: Agreement
    new: Agreement
    documents: tuple[Mapping[str, Any], Mapping[str, Any]]


def changed_clauses(old: Agreement, new: Agreement) -> list[Clause]:
    """
    Return a sentence for each clause that differs, in the order of the new document.

    The number of the version differs always and is left out; nothing else is.
    """
    sides = _Sides(old, new, (agreement_document(old), agreement_document(new)))
    changes = [each for each in differences(*sides.documents) if each.path != ("version",)]
    clauses: dict[Path, Change] = {}
    for each in changes:
        path = _clause_of(each.path)
        whole = Change(path, ChangeKind.CHANGED, None, None)
        clauses.setdefault(path, each if each.path == path else whole)
    return [_worded(change, sides) for change in clauses.values()]


def _clause_of(path: Path) -> Path:
    if path[0] in {"service_levels", "calendars"}:
        return path[:3]
    return path[:2] if path[0] in _OWN_CLAUSES else path[:1]


def _worded(change: Change, sides: _Sides) -> Clause:
    path = change.path
    if change.kind is ChangeKind.REORDERED:
        return Clause("Service levels", change.kind, "They stand in another order; none changed.")
    if path[0] == "service_levels":
        return _of_level(change, sides)
    if path[0] == "calendars":
        return _of_calendar(change, sides)
    about = sentence(path[0]) if len(path) > 1 else "The agreement"
    if path == ("in_force",):
        said = [term_words(each.in_force) for each in (sides.old, sides.new)]
        return Clause(about, change.kind, f"The term was {said[0]}; now it is {said[1]}.")
    if path == ("statements",):
        return Clause("Statements", ChangeKind.CHANGED, _statements(sides))
    old, new = (_found(each, path) for each in sides.documents)
    return Clause(about, change.kind, labelled(path[-1], change.kind, old, new))


def _statements(sides: _Sides) -> str:
    # Left out, the days have their defaults; words of the document would not tell them.
    pairs = zip(
        statement_facts(sides.old.statements), statement_facts(sides.new.statements), strict=True
    )
    return " ".join(
        f"{label}: was {lowered(old)}; now {lowered(new)}."
        for (label, old), (_, new) in pairs
        if old != new
    )


def _found(document: Mapping[str, Any], path: Sequence[str]) -> str:
    value: Any = document
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value_words(value)


def _of_level(change: Change, sides: _Sides) -> Clause:
    name, kind = change.path[1], change.kind
    old, new = _level(sides.old, name), _level(sides.new, name)
    if new is None or old is None:
        return _came_or_went(new, sides.new) if new else _came_or_went(old, sides.old, gone=True)
    about = new.name
    field = change.path[2]
    said = [level_value(field, old, sides.old), level_value(field, new, sides.new)]
    if said[0] == said[1]:
        # What the words do not tell apart, the document does.
        said = [_found(_entry(each, name), (field,)) for each in sides.documents]
    return Clause(about, kind, labelled(field, kind, *said))


def _came_or_went(level: ServiceLevel | None, terms: Agreement, *, gone: bool = False) -> Clause:
    if level is None:
        raise ValueError("a service level that neither document has cannot change")
    promise = level_words(level, terms).promise
    if gone:
        return Clause(
            level.name, ChangeKind.REMOVED, f"This service level is gone. It said: {promise}"
        )
    return Clause(level.name, ChangeKind.ADDED, f"This service level is new: {promise}")


def _level(terms: Agreement, name: str) -> ServiceLevel | None:
    return next((each for each in terms.service_levels if each.id == name), None)


def _entry(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(each for each in document["service_levels"] if each["id"] == name)


def _of_calendar(change: Change, sides: _Sides) -> Clause:
    name, kind = change.path[1], change.kind
    about = f"Calendar {words(name)}"
    old: Calendar | None = sides.old.calendars.get(name)
    new: Calendar | None = sides.new.calendars.get(name)
    if old is None or new is None:
        return Clause(about, kind, f"This calendar is {'new' if old is None else 'gone'}.")
    field = change.path[2]
    if field == "holidays":
        return Clause(about, kind, holidays_words(old.holidays, new.holidays))
    said = [calendar_value(field, name, each) for each in (old, new)]
    if said[0] == said[1]:
        said = [_found(each, change.path) for each in sides.documents]
    return Clause(about, kind, labelled(field, kind, *said))
