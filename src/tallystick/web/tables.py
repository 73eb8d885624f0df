"""The data table: columns and rows in, the view that the address asks for out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict

from tallystick.engine.refusals import Refusal
from tallystick.web.components.navigation import page_numbers
from tallystick.web.components.words import number
from tallystick.web.table_columns import Cell, Column, cells_of
from tallystick.web.table_files import FILE_LABELS, FileKind, file_response
from tallystick.web.table_sources import Source, source_of

PAGE_ROWS = 50
MOST_FILE_ROWS = 100_000
_LONGEST_TEXT = 200
_FILE_KINDS = frozenset(FileKind)

__all__ = ["Column", "Empty", "Table", "TooManyRows"]


class TooManyRows(Refusal):
    """A view is too long for one file."""

    code = "table.too-many-rows"


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in a table that has no rows at all: what, why, and what to do."""

    heading: str
    text: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head, ready to draw; `sort` is ascending, descending or empty."""

    column: Column
    url: str
    sort: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice in the filter form."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


class Table:
    """
    A table in the state that the address holds: text filter, choices, order and page.

    `asked` is `request.GET`; what it says of unknown columns, orders or values is ignored.
    `caption` names the table for all; `sort` is the order at first, `-key` for descending,
    empty for the rows' own. Two tables on one page need different `name`s, which prefix their
    parameters. `wide` is for more columns than a page holds: the table scrolls in its own box.
    `letters` is for one whose columns hold a few letters each: their heads break.
    `narrow` is for few and short ones: they stand side by side on a telephone too. `page_rows` is
    how many rows stand on a page.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: QuerySet[Any] | Sequence[Any],
        asked: QueryDict,
        *,
        caption: str,
        empty: Empty,
        sort: str = "",
        name: str = "",
        wide: bool = False,
        letters: bool = False,
        narrow: bool = False,
        filtering: bool = True,
        page_rows: int = PAGE_ROWS,
    ) -> None:
        self.columns = columns
        self.asked = asked
        self.caption = caption
        self.empty = empty
        self.first_sort = sort
        self.name = name
        self.wide, self.letters = wide, letters
        self.narrow = narrow
        self.filtering = filtering
        self.page_rows = page_rows
        self._all = source_of(rows)

    # --- what the address asks for

    def parameter(self, name: str) -> str:
        """Return the parameter's name in the address."""
        return f"{self.name}-{name}" if self.name else name

    def _asked(self, name: str) -> str:
        # A NUL cannot be stored, hence not sought; PostgreSQL would refuse the query.
        return self.asked.get(self.parameter(name), "").replace("\0", "")[:_LONGEST_TEXT].strip()

    @property
    def text(self) -> str:
        """Return the text that rows must contain."""
        return self._asked("q")

    @property
    def sort(self) -> str:
        """Return the order in force, as in the address."""
        wanted = self._asked("sort")
        known = {column.key for column in self.columns if column.sortable}
        return wanted if wanted.removeprefix("-") in known else self.first_sort

    @cached_property
    def choices(self) -> list[Choice]:
        """Return the filter's choices, one for each column with options."""
        found = []
        for column in self.columns:
            asked = self._asked(column.key)
            known = asked in {value for value, _ in column.options}
            chosen = asked if known else ""
            if column.options:
                name = self.parameter(column.key)
                found.append(Choice(name, column.label, column.options, chosen))
        return found

    @property
    def narrowed(self) -> bool:
        """Return whether a filter is in force."""
        return bool(self.text) or any(choice.chosen for choice in self.choices)

    # --- the words of the template

    @property
    def id_prefix(self) -> str:
        """Return what the ids of the filter's controls start with."""
        return f"filter-{self.name}" if self.name else "filter"

    @property
    def text_parameter(self) -> str:
        """Return the parameter of the text filter."""
        return self.parameter("q")

    @property
    def sort_parameter(self) -> str:
        """Return the parameter of the order."""
        return self.parameter("sort")

    @property
    def count_words(self) -> str:
        """Say how many rows the view has, and which of them this page shows."""
        noun = "row" if self.count == 1 else "rows"
        if self.last_page == 1:
            return f"{number(self.count)} {noun}"
        first = (self.page - 1) * self.page_rows + 1
        last = min(self.count, first + self.page_rows - 1)
        return f"{number(first)} to {number(last)} of {number(self.count)} {noun}"

    # --- the rows

    @cached_property
    def _view(self) -> Source:
        view = self._all
        if self.text:
            searched = [column for column in self.columns if column.searchable]
            view = view.matching(searched, self.text)
        with_options = [column for column in self.columns if column.options]
        for column, choice in zip(with_options, self.choices, strict=True):
            if choice.chosen:
                view = view.where(column, choice.chosen)
        return self._in_order(view)

    def _in_order(self, view: Source) -> Source:
        key = self.sort.removeprefix("-")
        for column in self.columns:
            if column.key == key:
                return view.ordered(column, self.sort.startswith("-"))
        return view

    @cached_property
    def count(self) -> int:
        """Return how many rows the view has."""
        return self._view.count()

    @property
    def last_page(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.count // self.page_rows))

    @property
    def page(self) -> int:
        """Return the number of the page shown; a number out of range becomes the nearest."""
        asked = self._asked("page")
        # The digits are bounded before they become a number, and the number by the rows there are.
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        return min(max(1, wanted), self.last_page)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """Return the cells of the page shown."""
        start = (self.page - 1) * self.page_rows
        rows = self._view.cut(start, start + self.page_rows) if self.count else []
        return cells_of(self.columns, list(rows))

    # --- the addresses of other views

    def url(self, **changes: str) -> str:
        """Return the address of this view with some parameters changed; empty ones go."""
        query = self.asked.copy()
        for name, value in changes.items():
            query[self.parameter(name)] = value
            if not value:
                del query[self.parameter(name)]
        return f"?{query.urlencode()}"

    @property
    def files(self) -> list[tuple[str, str]]:
        """Return (name, address) of this view as each kind of file."""
        return [(label, self.url(format=kind, page="")) for kind, label in FILE_LABELS.items()]

    @property
    def clear_url(self) -> str:
        """Return the address without filters."""
        names = [column.key for column in self.columns if column.options]
        return self.url(**dict.fromkeys(["q", "page", *names], ""))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what the filter form must carry along from the address."""
        own = {self.parameter(n) for n in ("q", "page", "sort", "format")}
        own |= {choice.name for choice in self.choices}
        return [(n, v) for n, values in self.asked.lists() for v in values if n not in own]

    @property
    def heads(self) -> list[Head]:
        """Return the columns' heads with the address that sorts by each."""
        key, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        heads = []
        for column in self.columns:
            current = column.key == key
            turned = f"-{column.key}" if current and not down else column.key
            url = self.url(sort=turned, page="") if column.sortable else ""
            sort = ("descending" if down else "ascending") if current and column.sortable else ""
            heads.append(Head(column, url, sort))
        return heads

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Return (value, label) of every order, for the choice on narrow screens."""
        return [
            (sign + column.key, column.label + words)
            for column in self.columns
            if column.sortable
            for sign, words in (("", ", ascending"), ("-", ", descending"))
        ]

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        """Return (number, address) of the pages to link to; None stands for a gap."""
        numbers = page_numbers(self.page, self.last_page)
        return [(n, self.url(page=str(n)) if n else "") for n in numbers]

    # --- the view as a file

    @property
    def wants_file(self) -> bool:
        """Return whether the address asks for the view as a file."""
        return self._asked("format") in _FILE_KINDS

    def file(self, name: str) -> HttpResponse:
        """
        Return all rows of this view, in this order, as the file that the address asks for.

        Raises:
            TooManyRows: if there are more than fit one file.
        """
        if self.count > MOST_FILE_ROWS:
            raise TooManyRows(
                f"This view has {self.count} rows; a file holds {MOST_FILE_ROWS}.",
                remedy="Narrow the view with its filter, then download it again.",
            )
        asked = self._asked("format")
        columns = [column for column in self.columns if column.in_files]
        return file_response(
            FileKind(asked) if asked in _FILE_KINDS else FileKind.CSV,
            name,
            [column.label for column in columns],
            [[column.exported(row) for column in columns] for row in self._view.cut(0, self.count)],
        )
