"""Where a table's rows come from: a queryset, narrowed in the database, or a list."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db.models import F, Q, QuerySet

from tallystick.web.csv_cells import safe_cell
from tallystick.web.table_columns import Column


class Source(Protocol):
    """Rows that can be narrowed, ordered and cut."""

    def matching(self, columns: Sequence[Column], text: str) -> "Source":
        """Keep rows in which each word of the text occurs in some column."""
        ...

    def where(self, column: Column, value: str) -> "Source":
        """Keep rows whose column has this value."""
        ...

    def ordered(self, column: Column, descending: bool) -> "Source":
        """Order by a column; empty values come last either way."""
        ...

    def count(self) -> int:
        """Return how many rows are left."""
        ...

    def cut(self, start: int, stop: int) -> list[Any]:
        """Return the rows from start to stop."""
        ...


class QuerySource:
    """Rows of the database: one query to count, one to read."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows

    def matching(self, columns: Sequence[Column], text: str) -> Source:
        """Match in the database, whatever the case."""
        rows = self.rows
        for word in text.split():
            anywhere = Q()
            for column in columns:
                anywhere |= Q(**{f"{column.lookup}__icontains": word})
            rows = rows.filter(anywhere)
        return QuerySource(rows)

    def where(self, column: Column, value: str) -> Source:
        """Filter on equality."""
        return QuerySource(self.rows.filter(**{column.lookup: value}))

    def ordered(self, column: Column, descending: bool) -> Source:
        """Order in the database; the primary key settles ties, so that pages never overlap."""
        field = F(column.lookup)
        first = field.desc(nulls_last=True) if descending else field.asc(nulls_last=True)
        return QuerySource(self.rows.order_by(first, "-pk" if descending else "pk"))

    def count(self) -> int:
        """Count in the database."""
        return self.rows.count()

    def cut(self, start: int, stop: int) -> list[Any]:
        """Read one stretch."""
        return list(self.rows[start:stop])


class ListSource:
    """Rows that were computed."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows

    def matching(self, columns: Sequence[Column], text: str) -> Source:
        """Match in what the CSV file would show, whatever the case."""
        sought = text.casefold().split()

        def fits(row: Any) -> bool:
            hay = "\n".join(safe_cell(column.exported(row)).casefold() for column in columns)
            return all(word in hay for word in sought)

        return ListSource([row for row in self.rows if fits(row)])

    def where(self, column: Column, value: str) -> Source:
        """Compare as text."""
        return ListSource([row for row in self.rows if str(column.value(row)) == value])

    def ordered(self, column: Column, descending: bool) -> Source:
        """Sort in memory; equal rows keep their order."""

        def key(row: Any) -> Any:
            value = _ordering_value(column, row)
            return value.casefold() if isinstance(value, str) else value

        filled = [row for row in self.rows if _ordering_value(column, row) is not None]
        empty = [row for row in self.rows if _ordering_value(column, row) is None]
        return ListSource(sorted(filled, key=key, reverse=descending) + empty)

    def count(self) -> int:
        """Count the list."""
        return len(self.rows)

    def cut(self, start: int, stop: int) -> list[Any]:
        """Slice the list."""
        return list(self.rows[start:stop])


def _ordering_value(column: Column, row: Any) -> Any:
    if not column.order_by:
        return column.value(row)
    return row.get(column.order_by) if isinstance(row, Mapping) else getattr(row, column.order_by)


def source_of(rows: QuerySet[Any] | Sequence[Any]) -> Source:
    """Return rows as something a table can narrow."""
    return QuerySource(rows) if isinstance(rows, QuerySet) else ListSource(rows)
