"""What guesses are made of: looked-at columns, notes, questions, and a proposed document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.engine.intake.columns import Cells
from tallystick.engine.intake.instants import (
    AmbiguousDateOrder,
    Problem,
    ZoneNeeded,
    date_order,
    read_times,
)
from tallystick.engine.intake.mapping import Mapping, Time, read_mapping
from tallystick.engine.intake.words import rank_of
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Coded


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
class Seen:
    """One column of the sample."""

    position: int
    header: str
    column: Coded
    time_share: float

    @property
    def distinct(self) -> int:
        """Return the number of its different values."""
        return len(self.column.values)

    @property
    def is_time(self) -> bool:
        """Return whether nearly all of its values read as times."""
        return self.time_share >= 0.9

    @property
    def why(self) -> str:
        """Say what its values are like."""
        if self.is_time:
            return f"{self.time_share:.0%} of its values read as times"
        return f"{self.distinct} different values"


def look(cells: Cells, position: int, header: str) -> Seen:
    """Look at one column of a sample."""
    column = cells.columns[position]
    sample = column.values[:200]
    utc = Time(zone="UTC")
    times = read_times(sample, utc, "day-first", header).problem == Problem.NONE
    months = read_times(sample, utc, "month-first", header).problem == Problem.NONE
    share = float((times | months).sum()) / len(sample) if sample else 0.0
    return Seen(position, header, column, share)


def best(columns: Sequence[Seen], meaning: str) -> Seen | None:
    """Return the column whose header tells most of a meaning, the first of equals."""
    ranked = [
        (rank, column.position, column)
        for column in columns
        if (rank := rank_of(column.header, meaning)) is not None
    ]
    return min(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def time_questions(times: Iterable[Seen]) -> list[Question]:
    """Return what columns of times do not tell: the order of day and month, and the zone."""
    columns = {column.header: column.column.values for column in times}
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


def named(column: Seen, header: Sequence[str]) -> str | int:
    """Return the column's header where that is its own, or else its position from 1."""
    unique = column.header and list(header).count(column.header) == 1
    return column.header if unique else column.position + 1
