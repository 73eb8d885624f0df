"""How long an item may take, or when it is due, by what the item is."""

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.fields import Line
from tallystick.engine.service_levels.terms.matches import Conditions
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.quantities import Duration, read_duration

_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
CLOSE = -1
"""The hour of a due day that stands for the end of its last shift."""


def _read_hour(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and CLOSE <= value <= 86_400:
        return value
    if value == "close":
        return CLOSE
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found and int(found.group(1)) < 24 and int(found.group(2)) < 60:
        return int(found.group(1)) * 3600 + int(found.group(2)) * 60
    raise problem(
        "agreement.hour-unreadable",
        f"{str(value)[:80]!r} is not an hour of the day",
        'Write it in 24-hour time and quotes, such as "16:00", or `close`.',
    )


def _hour_text(hour: int) -> str:
    return "close" if hour == CLOSE else f"{hour // 3600:02}:{hour % 3600 // 60:02}"


Hour = Annotated[
    int,
    BeforeValidator(_read_hour),
    PlainSerializer(_hour_text),
    WithJsonSchema({"type": "string", "examples": ["16:00", "close"]}),
]
Limit = Annotated[
    Duration,
    BeforeValidator(lambda value: value if isinstance(value, Duration) else read_duration(value)),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["8h", "90m", "1h30m", "2d"]}),
]


class DueRule(Terms):
    """
    An instant that is due: a date in the data, or a day counted from the start.

    `from` names the attribute with the date; a date without an hour is due when that local day
    ends. `working_days` counts days on which the calendar opens, after the day of the start: 0 is
    the day of the start itself if it opens and the hour still lies ahead, else the next day that
    opens. `at` is the hour of that day.
    """

    from_: Annotated[Line | None, Field(alias="from")] = None
    working_days: Annotated[int, Field(strict=True, ge=0, le=366)] | None = None
    at: Hour = CLOSE

    @model_validator(mode="after")
    def _say_one(self) -> Self:
        if (self.from_ is None) == (self.working_days is None):
            raise problem(
                "agreement.due-unclear",
                "the due instant comes either from the data or from a number of working days",
                "Write one of `from` and `working_days`.",
            )
        return self


class LimitRule(Terms):
    """
    What holds for the items whose attributes match: a limit of working time, or a due instant.

    `when` are the conditions; without it, everything. `limit` is working time, such as 8h or 2d.
    `round_the_clock` is a second clock: time that may pass in all, hours of the calendar or not,
    less what pauses. Both must be kept.
    """

    always_spelled = frozenset({"when"})

    when: Conditions = ()
    limit: Limit | None = None
    round_the_clock: Limit | None = None
    due: DueRule | None = None

    @model_validator(mode="after")
    def _say_one(self) -> Self:
        if (self.limit is None) == (self.due is None):
            raise problem(
                "agreement.limit-or-due",
                "an item has either a limit or a due instant",
                "Write one of `limit` and `due`.",
            )
        if self.round_the_clock and self.due:
            raise problem(
                "agreement.limit-or-due",
                "a due instant is one on every clock",
                "Leave `round_the_clock` out.",
                at=".round_the_clock",
            )
        return self
