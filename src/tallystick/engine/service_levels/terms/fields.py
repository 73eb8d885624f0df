"""The fields of an agreement: how each is read from a document and written back."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from tallystick.engine.service_levels.terms.goals import Goal, goal_text, read_goal
from tallystick.engine.service_levels.terms.hours import (
    WEEK,
    WeeklyHours,
    hours_document,
    read_hours,
    read_shifts,
)
from tallystick.engine.service_levels.terms.moments import check_year
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.quantities import limit_text, read_limit
from tallystick.engine.service_levels.terms.zones import read_zone

_ZONE_DATA = re.compile(r"(19|20)\d{2}[a-z]", re.ASCII)


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
    check_year(day)
    return day


def _read_zone_data(value: Any) -> Any:
    if isinstance(value, str) and _ZONE_DATA.fullmatch(value):
        return value
    raise problem(
        "agreement.zone-data-unreadable",
        f"{str(value)[:80]!r} is not a release of the IANA time-zone database",
        "Write its year and letter: 2026a.",
    )


def _read_standing(value: Any) -> WeeklyHours:
    hours = value if isinstance(value, tuple) else read_shifts(value)
    if sum(end - start for shifts in hours for start, end in shifts) == WEEK:
        raise problem(
            "agreement.maintenance-without-end",
            "standing maintenance fills the whole week, so nothing would ever be measured",
            'Write the hours in which the service may be down, such as sun: ["02:00-06:00"].',
        )
    return hours


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
StandingHours = Annotated[
    WeeklyHours,
    BeforeValidator(_read_standing),
    PlainSerializer(hours_document),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "examples": [{"sun": ["02:00-06:00"]}],
        }
    ),
]
Target = Annotated[
    Goal,
    BeforeValidator(lambda value: value if isinstance(value, Goal) else read_goal(value)),
    PlainSerializer(goal_text),
    WithJsonSchema({"type": "string", "examples": ["95%", "<= 5%", "<= 8h", ">= 4.2"]}),
]
DayLength = Annotated[
    int,
    BeforeValidator(lambda value: value if isinstance(value, int) else read_limit(value)),
    PlainSerializer(limit_text),
    WithJsonSchema({"type": "string", "examples": ["8h", "24h"]}),
]
ZoneDataVersion = Annotated[
    str,
    BeforeValidator(_read_zone_data),
    WithJsonSchema({"type": "string", "pattern": "^(19|20)[0-9]{2}[a-z]$", "examples": ["2026a"]}),
]
Country = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{2}$")]
Holidays = Annotated[tuple[Day, ...], AfterValidator(lambda days: tuple(sorted(set(days))))]
