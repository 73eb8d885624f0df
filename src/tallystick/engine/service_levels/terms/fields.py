"""The fields of an agreement: how each is read from a document and written back."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from tallystick.engine.service_levels.terms.hours import WeeklyHours, hours_document, read_hours
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.quantities import (
    limit_text,
    read_limit,
    read_share,
    share_text,
)
from tallystick.engine.service_levels.terms.zones import read_zone
from tallystick.engine.values import STATES, State


def _read_day(value: Any) -> Any:
    day = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise problem(
            "agreement.date-unreadable",
            f"{value!r} is not a date",
            "Write year, month and day: 2012-01-31.",
        )
    if not 1970 <= day.year <= 2200:
        raise problem(
            "agreement.date-out-of-range",
            f"the year {day.year} lies outside 1970 to 2200",
            "Check the year.",
        )
    return day


def _in_order(states: tuple[State, ...]) -> tuple[State, ...]:
    return tuple(sorted(states, key=STATES.index))


Slug = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
]
Line = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=300)
]
Paragraph = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=4000)
]
Zone = Annotated[
    str, BeforeValidator(read_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Rome"]})
]
Day = Annotated[
    date,
    BeforeValidator(_read_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2012-01-31"]}),
]
Hours = Annotated[
    WeeklyHours,
    BeforeValidator(lambda value: value if isinstance(value, tuple) else read_hours(value)),
    PlainSerializer(hours_document),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "always"},
                {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
            ],
            "examples": [{"mon-fri": ["08:00-12:30", "13:30-18:00"]}],
        }
    ),
]
Limit = Annotated[
    int,
    BeforeValidator(read_limit),
    PlainSerializer(limit_text),
    WithJsonSchema({"type": "string", "examples": ["8h", "90m", "1h30m"]}),
]
Target = Annotated[
    Fraction,
    BeforeValidator(read_share),
    PlainSerializer(share_text),
    WithJsonSchema({"type": "string", "pattern": "%$", "examples": ["95%", "99.5%"]}),
]
States = Annotated[tuple[State, ...], AfterValidator(_in_order)]
Holidays = Annotated[tuple[Day, ...], AfterValidator(lambda days: tuple(sorted(set(days))))]
