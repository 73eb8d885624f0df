"""What the outlook of a service level gives, field by field."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Literal

from pydantic import Field

from tallystick.api.values import Out
from tallystick.engine.service_levels.measurement import Verdict, truncated
from tallystick.engine.service_levels.outlook.budget import Budget, Standing
from tallystick.engine.service_levels.outlook.burn import Alert, AlertKind
from tallystick.engine.service_levels.outlook.control_chart import Chart, Pattern, Signal
from tallystick.engine.service_levels.outlook.level import LevelOutlook, Prospect
from tallystick.engine.service_levels.outlook.queues import Live, Urgency
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Unit, goal_text
from tallystick.engine.values import moment
from tallystick.records.measurements import Measurement


class LevelSummary(Out):
    """
    How a service level stands: its newest window that is over, and the one that is not.

    `value` is in `unit`, cut off after six decimals.
    """

    service_level: str
    name: str
    measure: str
    target: str = Field(description="As the agreement spells it.")
    unit: Unit
    direction: Direction
    newest: str | None = Field(description="The window.")
    value: float | None
    verdict: Verdict | None
    met: int = Field(description="Of the windows that are over and have a figure, those met.")
    windows: int = Field(description="How many those are.")
    running: str | None = Field(description="The window that is not over.")
    drifting: bool = Field(
        description="All met, and a signal on the wrong side reaches the newest."
    )


class Levels(Out):
    """Every service level of an agreement, in its order."""

    levels: list[LevelSummary]


class BudgetOut(Out):
    """The error budget of the window that is not over, in items or seconds."""

    window: str
    kept: int
    missed: int
    pending: int
    further: int = Field(description="Expected before the window ends.")
    whole: int
    allowed: int
    left: int
    spent: float | None = Field(description="Misses as a part of the whole window's budget.")
    standing: Standing
    kept_needed: int | None


class ForecastOut(Out):
    """The chance that the window is met, and the misses to expect in it by its end."""

    chance: float = Field(ge=0, le=1)
    misses: float = Field(ge=0)


class AlertOut(Out):
    """
    How fast the window's budget burns over a long and a short stretch; it fires if both are faster
    than `factor`, which a low target cannot reach. A rate is null where nothing happened.
    """

    kind: AlertKind
    long_seconds: int
    short_seconds: int
    factor: float
    long: float | None
    short: float | None
    fires: bool
    can_fire: bool


class SignalOut(Out):
    """A pattern that chance alone seldom makes, from one window to another."""

    pattern: Pattern
    side: Literal["above", "below"] = Field(description="Of the mean; where a trend leads.")
    first: str
    last: str


class PointOut(Out):
    """The figure of a window."""

    window: str
    value: float
    verdict: Verdict


class ChartOut(Out):
    """An XmR chart; its limits are null below six figures."""

    points: list[PointOut]
    mean: float | None
    lower: float | None
    upper: float | None
    signals: list[SignalOut]


class ProspectOut(Out):
    """What the last twelve windows teach about promising the target."""

    windows: int
    windows_met: int
    next_met: float = Field(description="The chance of the next window, by the windows alone.")
    items: int
    items_kept: int
    volume: int = Field(description="The usual number of items of a window.")
    allowed: int = Field(description="Misses that such a window may hold.")
    chance: float = Field(description="Of meeting one, by its items.")
    breaches: float = Field(description="To expect in twelve windows.")
    trap: bool = Field(description="A single miss breaks the window.")
    attainable: bool
    rate_needed: float
    promisable: float
    least_volume: int | None = Field(description="From which one miss is allowed.")


class OutlookOut(Out):
    """The outlook of a service level as of the instant up to which the data tells."""

    service_level: str
    name: str
    target: str
    unit: Unit
    direction: Direction
    as_of: datetime | None
    budget: BudgetOut | None
    forecast: ForecastOut | None
    alerts: list[AlertOut]
    chart: ChartOut
    drifting: list[SignalOut]
    prospect: ProspectOut | None


class LiveOut(Out):
    """An open item against its limit; `left` is negative beyond it."""

    id: str
    urgency: Urgency
    opened: datetime
    due: datetime | None
    limit: int
    counted: int
    left: int
    used: float

    @classmethod
    def of(cls, each: Live) -> "LiveOut":
        """Return an open item of the engine."""
        return cls(
            id=each.id,
            urgency=each.urgency,
            opened=moment(each.opened),
            due=None if each.due is None else moment(each.due),
            limit=each.limit,
            counted=each.counted,
            left=each.left,
            used=_cut(each.used),
        )


def summary_out(level: ServiceLevel, outlook: LevelOutlook | None) -> LevelSummary:
    """Return how a level stands."""
    charted = outlook.charted if outlook else ()
    newest = charted[-1] if charted else None
    value = newest.value if newest else None
    running = outlook.running if outlook else None
    return LevelSummary(
        service_level=level.id,
        name=level.name,
        measure=level.measure.value,
        target=goal_text(level.target),
        unit=level.target.unit,
        direction=level.target.direction,
        newest=newest.window if newest else None,
        value=None if value is None else _cut(value),
        verdict=newest.verdict if newest else None,
        met=sum(each.verdict is Verdict.MET for each in charted),
        windows=len(charted),
        running=running.window if running else None,
        drifting=bool(outlook and outlook.drifting),
    )


def outlook_out(
    level: ServiceLevel, newest: Measurement | None, outlook: LevelOutlook | None
) -> OutlookOut:
    """Return the outlook of a level; empty where nothing was measured."""
    forecast = outlook.forecast if outlook else None
    return OutlookOut(
        service_level=level.id,
        name=level.name,
        target=goal_text(level.target),
        unit=level.target.unit,
        direction=level.target.direction,
        as_of=newest.data_until if newest else None,
        budget=_budget(outlook) if outlook else None,
        forecast=ForecastOut(chance=forecast.chance, misses=forecast.misses) if forecast else None,
        alerts=[_alert(each) for each in outlook.alerts] if outlook else [],
        chart=_chart(outlook),
        drifting=_signals(outlook.drifting, outlook) if outlook else [],
        prospect=_prospect(outlook.prospect) if outlook and outlook.prospect else None,
    )


def _alert(alert: Alert) -> AlertOut:
    return AlertOut(
        kind=alert.rule.kind,
        long_seconds=alert.rule.long,
        short_seconds=alert.rule.short,
        factor=_cut(alert.factor),
        long=None if alert.long is None else _cut(alert.long),
        short=None if alert.short is None else _cut(alert.short),
        fires=alert.fires,
        can_fire=alert.can_fire,
    )


def _cut(value: Fraction) -> float:
    return float(truncated(value))


def _budget(outlook: LevelOutlook) -> BudgetOut | None:
    budget: Budget | None = outlook.budget
    if budget is None or outlook.running is None:
        return None
    same = (
        "kept", "missed", "pending", "further", "whole", "allowed", "left", "standing",
        "kept_needed",
    )  # fmt: skip
    spent = None if budget.spent is None else _cut(budget.spent)
    values = {name: getattr(budget, name) for name in same}
    return BudgetOut(window=outlook.running.window, spent=spent, **values)


def _chart(outlook: LevelOutlook | None) -> ChartOut:
    if outlook is None:
        return ChartOut(points=[], mean=None, lower=None, upper=None, signals=[])
    chart: Chart = outlook.chart
    limits = chart.limits
    return ChartOut(
        points=[
            PointOut(window=each.window, value=_cut(value), verdict=each.verdict)
            for each, value in zip(outlook.charted, chart.values, strict=True)
        ],
        mean=_cut(limits.mean) if limits else None,
        lower=_cut(limits.lower) if limits else None,
        upper=_cut(limits.upper) if limits else None,
        signals=_signals(chart.signals, outlook),
    )


def _signals(signals: Sequence[Signal], outlook: LevelOutlook) -> list[SignalOut]:
    return [
        SignalOut(
            pattern=each.pattern,
            side=each.side.value,
            first=outlook.charted[each.first].window,
            last=outlook.charted[each.last].window,
        )
        for each in signals
    ]


def _prospect(found: Prospect) -> ProspectOut:
    at = found.attainability
    same = ("allowed", "chance", "breaches", "trap", "attainable")
    return ProspectOut(
        windows=int(found.windows.whole),
        windows_met=int(found.windows.kept),
        next_met=_cut(found.next_met),
        items=int(found.items.whole),
        items_kept=int(found.items.kept),
        volume=found.volume,
        rate_needed=found.needed,
        promisable=_cut(found.promisable),
        least_volume=found.least,
        **{name: getattr(at, name) for name in same},
    )
