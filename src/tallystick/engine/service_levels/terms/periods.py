"""The windows in which a service level is measured: days to years, apart or rolling."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from tallystick.engine.service_levels.terms.problems import problem

_ROLLING = re.compile(r"rolling-(\d{1,3})-(days|weeks|months|quarters)", re.ASCII)


class Period(StrEnum):
    """A stretch of the calendar, in the zone of the agreement; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WindowRule:
    """Windows of `reach` periods, a new one with every period; 1 is apart, more is rolling."""

    period: Period
    reach: int = 1

    def __str__(self) -> str:
        """Return the one spelling: `month`, `rolling-3-months`."""
        return str(self.period) if self.reach == 1 else f"rolling-{self.reach}-{self.period}s"


def read_window_rule(value: Any) -> WindowRule:
    """Return the windows that a text such as `month` or `rolling-12-months` states."""
    if isinstance(value, str) and value in set(Period):
        return WindowRule(Period(value))
    found = _ROLLING.fullmatch(value) if isinstance(value, str) else None
    if found and int(found.group(1)) > 1:
        return WindowRule(Period(found.group(2).removesuffix("s")), int(found.group(1)))
    raise problem(
        "agreement.not-one-of",
        f"{str(value)[:80]!r} is not a window",
        "Write day, week, month, quarter, year, or such as rolling-3-months.",
    )


Windows = Annotated[
    WindowRule,
    BeforeValidator(
        lambda value: value if isinstance(value, WindowRule) else read_window_rule(value)
    ),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": _ROLLING.pattern.join(("^(day|week|month|quarter|year|", ")$")),
            "examples": ["month", "rolling-3-months"],
        }
    ),
]
