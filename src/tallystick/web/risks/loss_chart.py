"""The loss-exceedance curve as a chart, and the exposure over time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import log10
from typing import Any

from tallystick.engine.risk import Assessed, OpenExposure, Point, exposure_by_day, tolerated
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.records.risk_prices import curve_in
from tallystick.records.risks import PrivateRiskStep, RiskStep, StepKind
from tallystick.web.axes import Scale, scale_for
from tallystick.web.components.words import day, percent
from tallystick.web.line_chart import AxisTick, LineChart, Series, Spot
from tallystick.web.risk_words import whole

_CHANCES = Scale(Fraction(0), Fraction(1), Fraction(1, 5))
_NONE = Goal(Fraction(0), Unit.NUMBER, Direction.AT_MOST)
_ROWS = ("0.9", "0.8", "0.5", "0.3", "0.2", "0.1", "0.05", "0.02", "0.01")
SHOWN_DAYS = 365


@dataclass(frozen=True, slots=True)
class _Losses:
    """The horizontal axis: powers of ten, so that small and large losses can both be read."""

    low: int
    high: int

    def x(self, loss: float) -> str:
        part = (log10(max(loss, 10**self.low)) - self.low) / (self.high - self.low)
        return f"{100 * min(part, 1):.2f}%"

    def ticks(self) -> list[AxisTick]:
        powers = range(self.low, self.high + 1)
        return [
            AxisTick(
                self.x(10**power),
                brief(Fraction(10**power)),
                "start" if power == self.low else "end" if power == self.high else "middle",
            )
            for power in powers
        ]


def loss_chart(document: Mapping[str, Any], appetite: Sequence[Sequence[str]] = ()) -> LineChart:
    """Return the curve of what is left, of what it was before, and the appetite if it is known."""
    left, before = (curve_in(document[part]["curve"]) for part in ("residual", "inherent"))
    borne = curve_in(appetite)
    losses = [float(each.loss) for each in (*left, *before, *borne) if each.loss >= 1]
    axis = _axis(losses)
    series = [
        Series("planned", "Before any response", _spots(before, axis)),
        Series("trend", "With all responses", _spots(left, axis)),
    ]
    if borne:
        series.append(Series("target", "Appetite", _borne(borne, axis)))
    currency = document["currency"]
    p80 = document["residual"]["p80"]
    return LineChart(
        title="The chance that a year costs so much or more",
        summary=f"Four years in five cost at most {whole(p80, currency)}; one in twenty costs "
        f"{whole(document['residual']['p95'], currency)} or more.",
        heights=_CHANCES.ticks(),
        ticks=axis.ticks(),
        series=series,
        # Where four years in five cost less than the axis begins with, the curve has no such point.
        marks=[(axis.x(float(p80)), _CHANCES.y(Fraction(1, 5)), f"P80: {whole(p80, currency)}")]
        if float(p80) >= 10**axis.low
        else [],
        heads=["Chance of at least", "Before", "With responses"],
        rows=[
            (
                percent(Decimal(chance), 0),
                [_loss_at(each, chance, currency) for each in (before, left)],
            )
            for chance in _ROWS
        ],
        up="Chance in a year",
        across=f"Loss in a year, {currency}; each mark is ten times the one before",
    )


def above_words(above: Sequence[Sequence[str]], budget: Sequence[Point], currency: str) -> str:
    """Say where the curve lies above the appetite, and by how much at worst."""
    points = curve_in(above)
    if not points:
        return ""
    worst = max(points, key=lambda each: each.chance - tolerated(each.loss, budget))
    borne = percent(tolerated(worst.loss, budget), 1)
    return (
        f"A loss of {whole(float(worst.loss), currency)} or more has a chance of "
        f"{percent(worst.chance, 1)}; you said you bear {borne}."
    )


def exposure_chart(
    steps: Iterable[RiskStep | PrivateRiskStep], currency: str, today: date
) -> LineChart | None:
    """Return what open risks were worth on each day of the last year; None if none is priced."""
    known = [each for each in _assessed(steps) if each.on <= today]
    if not known:
        return None
    first = max(min(each.on for each in known), today - timedelta(days=SHOWN_DAYS))
    series = exposure_by_day(known, since=min(first, today - timedelta(days=30)), until=today)
    scale = scale_for([each.expected for each in series], _NONE)
    span = max(len(series) - 1, 1)
    changes = _changes(series)
    spots: list[Spot] = []
    for place, each in changes:
        x = f"{100 * place / span:.2f}%"
        # A step, not a slope: an exposure holds until it is assessed anew.
        if spots:
            spots.append((x, spots[-1][1]))
        spots.append((x, scale.y(each.expected)))
    spots.append(("100.00%", spots[-1][1]))
    now = series[-1]
    return LineChart(
        title="What the open risks are worth a year, on average",
        summary=f"{whole(float(now.expected), currency)} today, {now.risks} "
        f"{'risk' if now.risks == 1 else 'risks'} priced.",
        heights=scale.ticks(brief),
        ticks=[
            AxisTick("0.00%", day(series[0].on), "start"),
            AxisTick("100.00%", day(today), "end"),
        ],
        series=[Series("trend", "Mean loss a year, after responses", spots)],
        marks=[],
        heads=["From", "Mean loss a year", "Risks"],
        rows=[
            (day(each.on), [whole(float(each.expected), currency), str(each.risks)])
            for _, each in reversed(changes)
        ],
        up=f"{currency} a year",
    )


def brief(amount: Fraction | int) -> str:
    """Write an amount as 250k or 1.5m: a chart has no room for seven digits."""
    for power, word in ((9, "bn"), (6, "m"), (3, "k")):
        if abs(amount) >= 10**power:
            return f"{float(amount / 10**power):g}{word}"
    return f"{float(amount):g}"


def _assessed(steps: Iterable[RiskStep | PrivateRiskStep]) -> Iterable[Assessed]:
    for step in steps:
        if step.expected is not None:
            yield Assessed(step.risk.public_id, step.on, step.expected)
        elif step.kind in (StepKind.CLOSED, StepKind.SHARED) or (
            step.kind == StepKind.OCCURRED and not step.document.get("again")
        ):
            yield Assessed(step.risk.public_id, step.on, None)


def _changes(series: Sequence[OpenExposure]) -> list[tuple[int, OpenExposure]]:
    found = [(0, series[0])]
    for place, each in enumerate(series):
        if (each.expected, each.risks) != (found[-1][1].expected, found[-1][1].risks):
            found.append((place, each))
    return found


def _axis(losses: Sequence[float]) -> _Losses:
    high = int(-(-log10(max([*losses, 10])) // 1))
    # The least losses say little; four powers of ten are what an eye can compare.
    low = max(int(log10(min([*losses, 10**high]))), high - 4, 0)
    return _Losses(min(low, high - 1), high)


def _spots(curve: Sequence[Point], axis: _Losses) -> list[Spot]:
    shown = [each for each in curve if each.loss >= 10**axis.low]
    ahead = [each for each in curve if each.loss < 10**axis.low][-1:]
    spots = [(axis.x(float(each.loss)), _CHANCES.y(each.chance)) for each in (*ahead, *shown)]
    return spots


def _borne(appetite: Sequence[Point], axis: _Losses) -> list[Spot]:
    """Return the appetite, which is straight in money, bent as the axis bends it."""
    steps = range(axis.low * 8, axis.high * 8 + 1)
    places = {Fraction(round(10 ** (each / 8), 2)) for each in steps}
    return [
        (axis.x(float(loss)), _CHANCES.y(tolerated(loss, appetite)))
        for loss in sorted(places | {each.loss for each in appetite})
    ]


def _loss_at(curve: Sequence[Point], chance: str, currency: str) -> str:
    reached = [each.loss for each in curve if each.chance >= Fraction(chance)]
    return whole(float(max(reached)), currency) if reached else whole(0, currency)
