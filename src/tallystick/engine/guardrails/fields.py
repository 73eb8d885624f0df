"""The kinds of value that a snapshot is made of."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

_LONGEST = 100
_FARTHEST = 40
_MOST = 10**40
_LAST_YEAR = 9000


_LARGE = 1_000_000_000_000_000


def _published(least: int, most: int) -> WithJsonSchema:
    """Return how a decimal is published: the bounds of a number, or the number as text."""
    number = {"type": "number", "minimum": least, "maximum": most}
    return WithJsonSchema({"anyOf": [number, {"type": "string", "examples": ["12.5"]}]})


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


def _decimal(value: Any, expected: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(f"expected {expected}")
    if isinstance(value, int) and abs(value) < _MOST:
        return Decimal(value)
    # The shortest decimal that names the float is what the file said.
    text = "" if isinstance(value, int) else str(value)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() > _FARTHEST or len(text) > _LONGEST:
        raise ValueError(f"expected {expected}, not {text[:40]!r}")
    # An exact fraction of 1e-999999 would fill the memory.
    return number if number.adjusted() >= -_FARTHEST else Decimal(0)


def _as_share(value: Any) -> Any:
    return _decimal(value, "a share between 0 and 1")


def _as_number(value: Any) -> Any:
    return _decimal(value, "a number such as 12 or 12.5")


@lru_cache(maxsize=4_096)
def _a_window_that_was(value: str) -> str:
    """Refuse a window that no calendar has, such as 2027-02-30 or 2027-W53."""
    year, _, rest = value.partition("-")
    try:
        if rest.startswith("W"):
            date.fromisocalendar(int(year), int(rest[1:]), 1)
        elif len(rest) == len("03-01"):
            date.fromisoformat(value)
        date(int(year), 1, 1)
    except ValueError:
        raise ValueError(f"there is no {value} in any calendar") from None
    if int(year) > _LAST_YEAR:
        raise ValueError(f"expected a year up to {_LAST_YEAR}, not {year}")
    return value


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

Share = Annotated[Decimal, BeforeValidator(_as_share), Field(ge=0, le=1), _published(0, 1)]
"""A part of a whole between 0 and 1, kept as an exact decimal."""

Number = Annotated[
    Decimal, BeforeValidator(_as_number), Field(ge=-_LARGE, le=_LARGE), _published(-_LARGE, _LARGE)
]
"""A number, kept as an exact decimal."""

Amount = Annotated[
    Decimal, BeforeValidator(_as_number), Field(ge=0, le=_LARGE), _published(0, _LARGE)
]
"""A sum of money, or any other quantity that is not below nothing, kept exactly."""

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""How many there were."""

DayCount = Annotated[int, Field(ge=0, le=36_500)]
"""A number of days, at most a century."""

Rating = Annotated[int, Field(ge=1, le=5)]
"""A rating from 1, the least, to 5."""

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""A currency by its ISO 4217 code."""

Window = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}(-((0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|W(0[1-9]|[1-4]\d|5[0-3])|Q[1-4]))?$"
    ),
    AfterValidator(_a_window_that_was),
]
"""A year, quarter, month, week or day: "2027", "2027-Q1", "2027-03", "2027-W09", "2027-03-01"."""
