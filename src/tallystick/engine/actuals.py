"""A file of values that were measured (CSV or .xlsx) -> values by day, row by row with reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.table import open_table
from tallystick.engine.intake.words import plain
from tallystick.engine.objectives import figure_in
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import decimal_text

MOST_ROWS, LONGEST_NOTE = 1_000, 300
FIRST = date(1970, 1, 1)

COLUMN_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "on": (
            "on", "day", "date", "measured on", "as of", "datum", "tag", "stichtag", "fecha",
            "dia", "data",
        ),
        "value": (
            "value", "actual", "figure", "measured", "result", "wert", "ist", "istwert", "valor",
            "valore",
        ),
        "note": ("note", "comment", "remark", "bemerkung", "kommentar", "nota", "comentario"),
    }
)  # fmt: skip
"""The headings of a file of values, the surest first."""


class NoValueColumn(Refusal):
    """No column of the file holds the days, or none the values."""

    code = "actuals.no-value-column"


class TooManyValues(Refusal):
    """The file is longer than one import takes."""

    code = "actuals.too-many-rows"


class ValueRefused(Refusal):
    """A value is no number, or its day lies ahead."""

    code = "actuals.value-refused"


@dataclass(frozen=True, slots=True)
class ActualRow:
    """
    A row: its line, its day, its value and note, or what is wrong with it.

    `held` is whether the very value is kept for that day already.
    """

    line: int
    on: date | None = None
    value: Decimal | None = None
    note: str = ""
    problem: str = ""
    held: bool = False

    @property
    def is_new(self) -> bool:
        """Return whether the row would be stored."""
        return not self.problem and not self.held


def read_actuals(path: Path, *, today: date, kept: Mapping[date, Decimal]) -> list[ActualRow]:
    """
    Read a file of values; `kept` are those that stand for a day already.

    A day takes one value. What stands is corrected by a person and not by a file, so another
    value for its day is kept out with that reason.

    Raises:
        NoValueColumn, TooManyValues, and whatever `open_table` refuses a file for
    """
    with open_table(path, limits=Limits(max_rows=MOST_ROWS + 1)) as table:
        places = _places(table.header)
        rows = list(_rows(table.rows, places, today, kept))
    if len(rows) > MOST_ROWS:
        raise TooManyValues(
            f"The file has more than {MOST_ROWS:,} rows.",
            place="file",
            remedy="Split it into several files.",
        )
    return rows


def value_in(text: str) -> Decimal:
    """
    Return the number that was written.

    Raises:
        ValueRefused
    """
    found = figure_in(text)
    if found is None:
        raise ValueRefused(
            f"“{text[:40]}” is no number." if text.strip() else "There is no value.",
            place="value",
            remedy="Write the number alone, such as 12.5.",
        )
    return Decimal(found.numerator) / Decimal(found.denominator)


def check_day(on: date, today: date) -> None:
    """
    Let only a day go on that has come.

    Raises:
        ValueRefused
    """
    if not FIRST <= on <= today:
        raise ValueRefused(
            f"{on} lies ahead: nothing was measured then." if on > today else f"{on} is too early.",
            place="on",
            remedy="Give the day on which it was measured.",
        )


def _places(header: Sequence[str]) -> dict[str, int]:
    known = {plain(column): place for place, column in reversed(list(enumerate(header)))}
    found = {
        name: hits[0]
        for name, words in COLUMN_WORDS.items()
        if (hits := [known[word] for word in words if word in known])
    }
    for name, heading in (("on", "date"), ("value", "value")):
        if name not in found:
            raise NoValueColumn(
                f"No column is called “{heading}”.",
                place="file",
                remedy="Call the columns date, value and note.",
            )
    return found


def _rows(
    rows: Iterable[tuple[int, list[str]]],
    places: Mapping[str, int],
    today: date,
    kept: Mapping[date, Decimal],
) -> Iterator[ActualRow]:
    seen: dict[date, int] = {}
    for line, cells in rows:
        row = _row(line, {name: cells[at].strip() for name, at in places.items()}, today, kept)
        if row.on and not row.problem:
            first = seen.setdefault(row.on, line)
            if first != line:
                row = ActualRow(line, problem=f"Its day stands on line {first} already.")
        yield row


def _row(
    line: int, told: Mapping[str, str], today: date, kept: Mapping[date, Decimal]
) -> ActualRow:
    try:
        # A workbook gives days with a time of day.
        on = date.fromisoformat(told["on"][:10])
    except ValueError:
        said = f"“{told['on'][:40]}” is no day" if told["on"] else "It has no day"
        return ActualRow(line, problem=f"{said}; write it as 2027-01-31.")
    try:
        value = value_in(told["value"])
        check_day(on, today)
    except ValueRefused as refusal:
        return ActualRow(line, problem=refusal.message)
    if len(told.get("note", "")) > LONGEST_NOTE:
        return ActualRow(line, problem=f"Its note has more than {LONGEST_NOTE} characters.")
    stands = kept.get(on)
    if stands is not None and stands != value:
        return ActualRow(
            line,
            problem=f"{decimal_text(stands)} stands for {on} already; correct it on the page.",
        )
    return ActualRow(line, on, value, told.get("note", ""), held=stands is not None)
