"""The working of an availability: every interval of the service or of one of its components."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Out, cut
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.availability import Figure, Interval, Kind
from tallystick.engine.values import moment
from tallystick.records.measurements import Measurement
from tallystick.records.signals import show_behind

operations = Operations(tags=["Service levels"])


class NotAvailability(Refusal):
    """The measurement is of items, which have a working of their own."""

    code = "working.not-availability"


class PartAsked(In):
    """What to show."""

    component: Annotated[str, Field(max_length=200)] = Field(
        "", description="One component; by default the whole service."
    )


class FigureOut(Out):
    """
    What became of the service hours; the four parts add up to those that had passed.

    Seconds, or seconds times users. `availability` is up / (up + down), cut off after six
    decimals; null where too little is measured.
    """

    up: int
    down: int
    excused: int
    unmeasured: int
    availability: float | None


class StretchOut(Out):
    """
    A stretch that counts in one way, and why.

    `component` decides it, as the lines `line` to `last_line` of the file `origin`, by its
    digest, tell; empty and 0 where no single one does.
    """

    since: datetime
    until: datetime
    seconds: int
    kind: Kind
    why: str
    component: str
    line: int
    last_line: int
    origin: str
    up: int
    down: int
    excused: int
    unmeasured: int


class AvailabilityOut(Out):
    """How an availability came about: each part of the intervals adds up to that of the figure."""

    service_level: str
    window: str
    component: str
    figure: FigureOut
    components: dict[str, FigureOut]
    intervals: list[StretchOut]


PARTS = ("up", "down", "excused", "unmeasured")


def _figure(figure: Figure) -> FigureOut:
    parts: dict[str, Any] = {name: getattr(figure, name) for name in PARTS}
    share = figure.availability
    return FigureOut(availability=None if share is None else cut(share), **parts)


def _stretch(interval: Interval) -> StretchOut:
    same = ("seconds", "kind", "why", "component", "line", "last_line", "origin", *PARTS)
    return StretchOut(
        since=moment(interval.since),
        until=moment(interval.until),
        **{name: getattr(interval, name) for name in same},
    )


@operations.reads(
    "/measurements/{measurement_id}/availability", "availability_working", AvailabilityOut
)
def working(
    request: ViewerRequest, measurement_id: str, asked: Query[PartAsked]
) -> AvailabilityOut:
    """Show the working of an availability: every interval, how it counts, and why."""
    measurement = find(Measurement, request.viewer, measurement_id, "agreement")
    terms = read_agreement(measurement.agreement.document)
    level = terms.service_level(measurement.service_level)
    if level.availability is None:
        raise NotAvailability(
            f"{level.id} measures {level.measure}, not availability",
            place="measurement",
            remedy="Ask for its items instead.",
        )
    behind = show_behind(measurement, level, terms, asked.component)
    return AvailabilityOut(
        service_level=level.id,
        window=measurement.window,
        component=asked.component,
        figure=_figure(behind.working.figure),
        components={name: _figure(each) for name, each in behind.components.items()},
        intervals=[_stretch(each) for each in behind.working.intervals],
    )
