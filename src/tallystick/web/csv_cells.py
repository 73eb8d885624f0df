"""Rows as a CSV file that a spreadsheet opens without running any of it."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.spreadsheets import guarded


def safe_cell(value: object) -> str:
    """Return a cell's text; text that could be a formula gets an apostrophe, numbers stay."""
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        return _number(value)
    return guarded(plain_text(value))


def plain_text(value: object) -> str:
    """Return a value's text as it is; empty text for None."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        return _number(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _number(value: float | Decimal | Fraction) -> str:
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV document (RFC 4180) with a byte order mark, so that Excel reads UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(label) for label in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
