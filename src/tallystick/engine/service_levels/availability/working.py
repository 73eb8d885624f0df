"""The availability of a window -> every interval of it, with its reason and its source line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

import numpy as np

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.availability.excuses import NOT_EXCUSED, Excuse
from tallystick.engine.service_levels.availability.figures import Figure
from tallystick.engine.service_levels.availability.losses import track_of
from tallystick.engine.service_levels.availability.measure import signal_rules, whole_of
from tallystick.engine.service_levels.availability.reasons import Reasons, Source
from tallystick.engine.service_levels.availability.timeline import (
    Part,
    Rules,
    Timeline,
    figures_of,
    timeline_of,
)
from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.availability import AvailabilityTerms, Formula
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.signals import Signals


class UnknownComponent(Refusal):
    """The service has no component of this name."""

    code = "working.unknown-component"


class Kind(StrEnum):
    """What an interval is in the figure."""

    UP = "up"
    DOWN = "down"
    TOO_SHORT = "too-short"
    EXCUSED = "excused"
    MAINTENANCE = "maintenance"
    UNMEASURED = "unmeasured"
    OUT_OF_HOURS = "out-of-hours"
    HOLIDAY = "holiday"


_CLOSED = frozenset({Kind.OUT_OF_HOURS, Kind.HOLIDAY})


@dataclass(frozen=True, slots=True)
class Interval:
    """
    A stretch [since, until) that counts in one way.

    `component` and its lines are those that decide; empty and 0 where no single one does. The
    lines are the first and the last of the rows behind the stretch. The four parts are those of
    `Figure`.
    """

    since: int
    until: int
    kind: Kind
    why: str
    component: str = ""
    line: int = 0
    last_line: int = 0
    origin: str = ""
    up: int = 0
    down: int = 0
    excused: int = 0
    unmeasured: int = 0

    @property
    def seconds(self) -> int:
        """Return how long the interval lasts."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class AvailabilityWorking:
    """
    How the availability of a window came about.

    The intervals touch and reach from the start of the window to its end, or to the instant of
    measuring; each of their four parts adds up to that of the figure.
    """

    component: str  # empty for the service as a whole
    figure: Figure
    intervals: tuple[Interval, ...]


def show_availability(
    signals: Signals,
    terms: AvailabilityTerms,
    calendar: Calendar,
    window: Window,
    as_of: int,
    *,
    component: str = "",
    excused: Iterable[Excuse] = (),
) -> AvailabilityWorking:
    """
    Return every interval of a window, of the service or of one of its components.

    Raises:
        WrongSignals: if the signals are not of the kind that the terms name.
        UnknownComponent: if the service has no such component.
    """
    rules = signal_rules(signals, terms, calendar, [window], as_of, excused)
    whole = terms.components or whole_of(signals.components)
    names = list(whole.names())
    if component and component not in names:
        raise UnknownComponent(
            f"the service has no component {component!r}",
            place=component,
            remedy=f"Its components are: {', '.join(names)}.",
        )
    part: Part = component or whole
    tracks = {name: track_of(signals, name, terms, as_of) for name in names}
    timeline = timeline_of(part, tracks, rules)
    reasons = Reasons(signals, timeline, tracks, rules)
    raw = [_told(stretch, timeline, rules, reasons) for stretch in _within(timeline, window)]
    return AvailabilityWorking(
        component=component,
        figure=figures_of(timeline, rules)[0],
        intervals=tuple(_nights_whole(_by_hours(_merged(raw), rules.working))),
    )


def _within(timeline: Timeline, window: Window) -> range:
    """Return the stretches of a window; its edges are edges of the timeline."""
    first, last = np.searchsorted(timeline.edges, [window.start, window.end])
    stretches = len(timeline.edges) - 1
    return range(min(int(first), stretches), min(int(last), stretches))


def _told(stretch: int, timeline: Timeline, rules: Rules, reasons: Reasons) -> Interval:
    """Return a stretch with its reason; its parts are those of one second of service hours."""
    excuse, loss = int(timeline.excuse[stretch]), timeline.loss
    users, since = rules.terms.users, int(timeline.edges[stretch])
    bare = Interval(since, int(timeline.edges[stretch + 1]), Kind.UP, "")
    if excuse != NOT_EXCUSED and rules.terms.formula is Formula.LESS_MAINTENANCE:
        return replace(bare, kind=Kind.MAINTENANCE, why=rules.excuses[excuse].why, excused=users)
    if not loss.known[stretch]:
        source = reasons.unknown(stretch)
        why = reasons.why_unknown(source)
        return replace(_from(bare, source), kind=Kind.UNMEASURED, why=why, unmeasured=users)
    affected, charged = int(loss.affected[stretch]), int(loss.charged[stretch])
    if not affected:
        source = reasons.up(stretch)
        why = f"{source.component} is up." if source.component else "The service is up."
        return replace(_from(bare, source), why=why, up=users)
    source = reasons.affected(stretch)
    bare = _from(bare, source)
    if timeline.short[stretch]:
        return replace(bare, kind=Kind.TOO_SHORT, why=reasons.why_short(source), up=users)
    if excuse != NOT_EXCUSED:
        why = f"{source.component} is down. {rules.excuses[excuse].why}"
        kind, charged = Kind.MAINTENANCE, 0
    elif charged:
        kind, why = Kind.DOWN, reasons.why_down(stretch, source)
    else:
        kind, why = Kind.EXCUSED, reasons.why_excused(source)
    return replace(
        bare, kind=kind, why=why, up=users - affected, down=charged, excused=affected - charged
    )


def _from(bare: Interval, source: Source) -> Interval:
    return replace(
        bare,
        component=source.component,
        line=source.line,
        last_line=source.line,
        origin=source.origin,
    )


def _merged(raw: Iterable[Interval]) -> Iterator[Interval]:
    """Give the stretches with those that touch and say the same made one."""
    open_: Interval | None = None
    for each in raw:
        if open_ is None:
            open_ = each
        elif _sayings(open_) == _sayings(each):
            lines = [line for line in (open_.line, each.line) if line]
            first, last = min(lines, default=0), max([open_.last_line, each.last_line])
            open_ = replace(open_, until=each.until, line=first, last_line=last)
        else:
            yield open_
            open_ = each
    if open_ is not None:
        yield open_


def _sayings(each: Interval) -> tuple[object, ...]:
    parts = (each.up, each.down, each.excused, each.unmeasured)
    return each.kind, each.why, each.component, each.origin, parts


def _nights_whole(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Give the intervals, of those out of hours the ones that touch and say the same made one."""

    def run_of(each: Interval) -> tuple[object, ...]:
        return (each.kind, each.why) if each.kind in _CLOSED else (each.since,)

    for _, run in groupby(intervals, key=run_of):
        first, *others = run
        yield replace(first, until=others[-1].until) if others else first


def _by_hours(whole: Iterable[Interval], working: WorkingTime) -> Iterator[Interval]:
    """Part intervals at the calendar's edges, and weigh their parts by their length."""
    for each in whole:
        for part in working.stretches_between(each.since, each.until):
            if not part.is_open:
                # Whatever the service was meanwhile, the calendar decides.
                closed = Kind.HOLIDAY if part.holiday else Kind.OUT_OF_HOURS
                yield Interval(part.since, part.until, closed, part.why_closed)
                continue
            length = part.until - part.since
            yield replace(
                each,
                since=part.since,
                until=part.until,
                up=each.up * length,
                down=each.down * length,
                excused=each.excused * length,
                unmeasured=each.unmeasured * length,
            )
