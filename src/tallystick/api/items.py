"""The items behind a measurement, and the working of one of them."""

from datetime import datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Out, SafePage
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.evidence import ItemEvidence, read_evidence
from tallystick.engine.service_levels.flags import WORDS, Flag
from tallystick.engine.service_levels.outcomes import ItemVerdict, Reason
from tallystick.engine.service_levels.working import Interval, Kind, Working, show_working
from tallystick.engine.values import FOREVER, State, moment, seconds
from tallystick.records.held import relieved_behind, spans_behind
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path

operations = Operations(tags=["Service levels"])


class ItemOut(Out):
    """
    What became of one item, or of one of its cycles; `over` is negative if it was kept.

    Durations are working seconds, but for `elapsed`, round the clock. `first_due` is when it was
    due under the limit that held first; `value` is what a level counts of an attribute.
    """

    id: str
    cycle: int
    opened: datetime
    due: datetime | None
    first_due: datetime | None
    done: datetime | None
    limit: int
    counted: int
    paused: int
    elapsed: int
    over: int
    value: float
    verdict: ItemVerdict
    reason: Reason
    odd: list[str] = Field(description="What looks wrong in its history.")


class Items(Out):
    """A page of items, those furthest over their limit first; `more` says if others follow."""

    items: list[ItemOut]
    more: bool


class ItemsAsked(SafePage):
    """Which items."""

    verdict: ItemVerdict | None = None
    id: Annotated[str, Field(max_length=200)] | None = Field(None, description="One item.")


class WorkingAsked(In):
    """Whose working."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    cycle: int | None = Field(
        None, ge=0, le=1_000_000, description="Where each cycle is judged; else what decided."
    )


class IntervalOut(Out):
    """
    A stretch of the item's life that counts in one way, and why.

    `line` and `origin` say which line of which file, by its digest, brought the state.
    """

    since: datetime
    until: datetime
    seconds: int
    state: State
    kind: Kind
    why: str
    line: int
    origin: str


class WorkingOut(Out):
    """How an item's outcome came about: the counted intervals add up to `counted`, exactly."""

    item: str
    service_level: str
    window: str
    cycle: int
    opened: datetime
    due: datetime | None
    first_due: datetime | None
    done: datetime | None
    limit: int
    counted: int
    paused: int
    elapsed: int
    verdict: ItemVerdict
    reason: Reason
    odd: list[str]
    intervals: list[IntervalOut]


def _at(instant: int | None) -> datetime | None:
    return None if instant is None or instant >= FOREVER else moment(instant)


def _item(row: ItemEvidence) -> ItemOut:
    same = (
        "id", "cycle", "limit", "counted", "paused", "elapsed", "over", "value", "verdict",
        "reason",
    )  # fmt: skip
    return ItemOut(
        opened=moment(row.opened),
        due=_at(row.due),
        first_due=_at(row.first_due),
        done=_at(row.done),
        odd=[WORDS[flag] for flag in Flag(row.odd)],
        **{name: getattr(row, name) for name in same},
    )


def _interval(interval: Interval) -> IntervalOut:
    same = ("seconds", "state", "kind", "why", "line", "origin")
    return IntervalOut(
        since=moment(interval.since),
        until=moment(interval.until),
        **{name: getattr(interval, name) for name in same},
    )


def _working(working: Working) -> WorkingOut:
    same = (
        "item", "service_level", "window", "cycle", "limit", "counted", "paused", "elapsed",
        "verdict", "reason",
    )  # fmt: skip
    return WorkingOut(
        opened=moment(working.opened),
        due=_at(working.due),
        first_due=_at(working.first_due),
        done=_at(working.done),
        odd=list(working.odd),
        intervals=[_interval(each) for each in working.intervals],
        **{name: getattr(working, name) for name in same},
    )


@operations.reads("/measurements/{measurement_id}/items", "measurement_items", Items)
def items(request: ViewerRequest, measurement_id: str, asked: Query[ItemsAsked]) -> Items:
    """Return what became of the items of a measurement's window."""
    measurement = find(Measurement, request.viewer, measurement_id)
    path = evidence_path(measurement.evidence)
    if not path.exists():
        return Items(items=[], more=False)
    rows = read_evidence(
        path,
        window=measurement.window,
        verdict=asked.verdict,
        item=asked.id,
        size=asked.limit + 1,
        offset=asked.offset,
    )
    shown = [_item(row) for row in rows[: asked.limit]]
    return Items(items=shown, more=len(rows) > asked.limit)


@operations.reads("/measurements/{measurement_id}/working", "item_working", WorkingOut)
def working(request: ViewerRequest, measurement_id: str, asked: Query[WorkingAsked]) -> WorkingOut:
    """Show the working of one item: every interval, how it counts, and why."""
    measurement = find(Measurement, request.viewer, measurement_id, "agreement")
    terms = read_agreement(measurement.agreement.document)
    level = next(each for each in terms.service_levels if each.id == measurement.service_level)
    shown = show_working(
        spans_behind(measurement, asked.id),
        asked.id,
        level,
        terms,
        seconds(measurement.data_until),
        relieved=relieved_behind(measurement),
        cycle=asked.cycle,
    )
    return _working(shown)
