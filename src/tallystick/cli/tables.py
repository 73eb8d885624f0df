"""Rows of text -> a table for a terminal, or CSV."""

import csv
import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table


def as_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table with aligned columns; numbers stand to the right."""
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(header):
        numeric = all(row[place].replace(".", "", 1).isdigit() or not row[place] for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*row)
    out = io.StringIO()
    Console(file=out, width=200, no_color=True, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().rstrip("\n")
