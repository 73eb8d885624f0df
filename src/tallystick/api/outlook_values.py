"""What the outlook of a service level gives, field by field."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from tallystick.api.values import Out, cut
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.outlook.budget import Budget, Standing
from tallystick.engine.service_levels.outlook.burn import Alert, AlertKind
from tallystick.engine.service_levels.outlook.control_chart import Chart, Pattern, Signal
from tallystick.engine.service_levels.outlook.level import LevelOutlook, Prospect
from tallystick.engine.service_levels.outlook.queues import Live, Urgency
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Unit, goal_text
from tallystick.engine.values import moment
from tallystick.records.measurements import Measurement


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
    gone_after_seconds: int | None = Field(
        description="Until no more may be missed, at the pace of the first alert that fires; null "
        "where none fires, or where the budget lasts until the window is over."
    )


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
    share_from: float = Field(description="The true share of kept items lies, nine times in ten,")
    share_to: float = Field(description="between `share_from` and `share_to`.")
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
            used=cut(each.used),
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
        factor=cut(alert.factor),
        long=None if alert.long is None else cut(alert.long),
        short=None if alert.short is None else cut(alert.short),
        fires=alert.fires,
        can_fire=alert.can_fire,
    )


def _budget(outlook: LevelOutlook) -> BudgetOut | None:
    budget: Budget | None = outlook.budget
    if budget is None or outlook.running is None:
        return None
    same = (
        "kept", "missed", "pending", "further", "whole", "allowed", "left", "standing",
        "kept_needed",
    )  # fmt: skip
    spent = None if budget.spent is None else cut(budget.spent)
    values = {name: getattr(budget, name) for name in same}
    gone = outlook.gone_after
    return BudgetOut(
        window=outlook.running.window,
        spent=spent,
        gone_after_seconds=None if gone is None else int(gone),
        **values,
    )


def _chart(outlook: LevelOutlook | None) -> ChartOut:
    if outlook is None:
        return ChartOut(points=[], mean=None, lower=None, upper=None, signals=[])
    chart: Chart = outlook.chart
    limits = chart.limits
    return ChartOut(
        points=[
            PointOut(window=each.window, value=cut(value), verdict=each.verdict)
            for each, value in zip(outlook.charted, chart.values, strict=True)
        ],
        mean=cut(limits.mean) if limits else None,
        lower=cut(limits.lower) if limits else None,
        upper=cut(limits.upper) if limits else None,
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
        next_met=cut(found.next_met),
        items=int(found.items.whole),
        items_kept=int(found.items.kept),
        volume=found.volume,
        share_from=found.likely[0],
        share_to=found.likely[1],
        rate_needed=found.needed,
        promisable=cut(found.promisable),
        least_volume=found.least,
        **{name: getattr(at, name) for name in same},
    )
