"""What a column of a table is, and how one cell of it is read, shown and exported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.template.loader import get_template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from tallystick.web.components.words import ABSENT, day, moment_html, number, percent

MOST_BRIEF = 26  # letters of label and text that fit half the width of a telephone


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column.

    `key` names a dictionary's key or an attribute, with `__` to follow a relation. `format`
    turns the value into what is shown; `template` draws the cell instead, given `row` and
    `value`; `link` gives the address of the row. `plain` gives the value for files where
    the stored one would not do. `options`, (value, label) pairs, add a choice to the filter.
    For a queryset, a key that is not a database field needs `order_by`, or neither `sortable`
    nor `searchable`. A column whose cells say themselves what they are, such as a link Change, is
    not `labelled` where labels stand beside cells.
    """

    key: str
    label: str
    numeric: bool = False
    sortable: bool = True
    searchable: bool = True
    format: Callable[[Any], str] | None = None
    template: str = ""
    link: Callable[[Any], str] | None = None
    plain: Callable[[Any], object] | None = None
    options: Sequence[tuple[str, str]] = ()
    order_by: str = ""
    in_files: bool = True
    labelled: bool = True

    @property
    def lookup(self) -> str:
        """Return the database field that sorts and filters this column."""
        return self.order_by or self.key

    def value(self, row: Any) -> Any:
        """Return the row's value; None where a relation on the way is empty."""
        for part in self.key.split("__"):
            if row is None:
                return None
            row = row.get(part) if isinstance(row, Mapping) else getattr(row, part, None)
        return row() if callable(row) else row

    def exported(self, row: Any) -> object:
        """Return the value for a file."""
        value = self.value(row)
        return self.plain(value) if self.plain else value

    def shown(self, row: Any, value: Any) -> str:
        """Return the cell of a row's value as text or as safe HTML."""
        if self.template:
            return get_template(self.template).render({"row": row, "value": value})
        return _usual(self.format(value) if self.format else value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to draw."""

    label: str
    text: str
    numeric: bool
    link: str
    brief: bool = False
    day: bool = False
    """A date, which is not broken over two lines."""


def cells_of(columns: Sequence[Column], rows: Sequence[Any]) -> list[list[Cell]]:
    """Return the cells of some rows; a column is brief where each of its texts is."""
    drawn = [[_cell(column, row) for column in columns] for row in rows]
    brief = [all(_fits_half(cell) for cell in cells) for cells in zip(*drawn, strict=True)]
    return [
        [replace(cell, brief=one) for cell, one in zip(cells, brief, strict=True)]
        for cells in drawn
    ]


def _cell(column: Column, row: Any) -> Cell:
    link = column.link(row) if column.link else ""
    value, label = column.value(row), column.label if column.labelled else ""
    text = column.shown(row, value)
    return Cell(label, text, column.numeric, link, day=type(value) is date)


def _fits_half(cell: Cell) -> bool:
    return len(cell.label) + len(strip_tags(cell.text).strip()) <= MOST_BRIEF


def _usual(value: Any) -> str:
    if value is None or value == "" or value == ABSENT:
        return SafeString(f'<span class="absent">{ABSENT}</span>')
    if isinstance(value, datetime):
        return moment_html(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Fraction):
        return percent(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    return str(value)
