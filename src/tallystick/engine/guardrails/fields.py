"""The kinds of value that a snapshot is made of."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints


def _as_text(value: Any) -> Any:
    """Accept a number where text is asked for: `target: 8` means "8"."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    return str(value)


def _as_day(value: Any) -> Any:
    if isinstance(value, datetime) or not isinstance(value, str | date):
        raise ValueError("expected a day such as 2027-01-31")
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"expected a day such as 2027-01-31, not {value[:40]!r}") from None


def _as_share(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("expected a share between 0 and 1")
    try:
        # The shortest decimal that names the float is what the file said.
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"expected a share between 0 and 1, not {str(value)[:40]!r}") from None


Day = Annotated[date, BeforeValidator(_as_day)]
"""A calendar day; a moment is refused."""

Text = Annotated[
    Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True)] | None,
    BeforeValidator(_as_text),
]
"""Text, or nothing; a number is taken as its text."""

Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    BeforeValidator(_as_text),
]
"""A short text that must be there."""

Share = Annotated[Decimal, BeforeValidator(_as_share), Field(ge=0, le=1)]
"""A part of a whole between 0 and 1, kept as an exact decimal."""

Window = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}(-((0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|W(0[1-9]|[1-4]\d|5[0-3])|Q[1-4]))?$"
    ),
]
"""A year, quarter, month, week or day: "2027", "2027-Q1", "2027-03", "2027-W09", "2027-03-01"."""
