"""What operations give of a track record: of a supplier, a criterion or a referee."""

from fractions import Fraction
from typing import Any

from pydantic import Field

from tallystick.api.values import Out
from tallystick.records.track_record import Named


class TrackRecordLine(Out):
    """How well promises of one kept; all but `pairs` is null below three of them."""

    name: str
    pairs: int
    bias: float | None = Field(description="The mean of promised less delivered.")
    shrunk: float | None = Field(description="What of it to rely on: n x bias / (n + 3).")
    error: float | None = Field(description="The mean distance, whichever way.")


def told(number: Fraction | None) -> float | None:
    """Return an exact figure with six decimals."""
    return None if number is None else round(float(number), 6)


def line_out(named: Named[Any]) -> TrackRecordLine:
    """Return a track record as operations give it."""
    record = named.record
    return TrackRecordLine(
        name=named.name,
        pairs=record.pairs,
        bias=told(record.bias),
        shrunk=told(record.shrunk),
        error=told(record.error),
    )
