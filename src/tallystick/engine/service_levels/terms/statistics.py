"""How the figures of many items become one: a share, a mean, a median or a percentile."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from tallystick.engine.service_levels.terms.problems import problem

_PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d{1,3})?)", re.ASCII)


class StatisticKind(StrEnum):
    """What is drawn from the figures of the items."""

    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"
    PERCENTILE = "percentile"


@dataclass(frozen=True, slots=True)
class Statistic:
    """
    A statistic; `rank` is the share of a percentile.

    A percentile is the nearest rank: the smallest figure that at least that share of the figures
    does not exceed (Hyndman and Fan 1996, definition 1). A median of an even number is the mean of
    the middle two.
    """

    kind: StatisticKind = StatisticKind.SHARE
    rank: Fraction = Fraction(0)

    def __str__(self) -> str:
        """Return the one spelling: `share`, `mean`, `median`, `p95`."""
        if self.kind is not StatisticKind.PERCENTILE:
            return str(self.kind)
        return f"p{float(self.rank * 100):g}"


def _read_statistic(value: Any) -> Statistic:
    if isinstance(value, Statistic):
        return value
    text = value if isinstance(value, str) else ""
    if text in {StatisticKind.SHARE, StatisticKind.MEAN, StatisticKind.MEDIAN}:
        return Statistic(StatisticKind(text))
    found = _PERCENTILE.fullmatch(text)
    if found and Fraction(found.group(1)):
        return Statistic(StatisticKind.PERCENTILE, Fraction(found.group(1)) / 100)
    raise problem(
        "agreement.not-one-of",
        f"{str(value)[:80]!r} is not a statistic",
        "Write share, mean, median, or a percentile such as p95.",
    )


Statistics = Annotated[
    Statistic,
    BeforeValidator(_read_statistic),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["share", "mean", "median", "p95"]}),
]
