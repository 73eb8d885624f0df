"""All measurements of one service level, and its evidence -> everything its outlook says."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

import numpy as np

from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.attainability import (
    YEAR,
    Attainability,
    attainability,
    least_volume,
    next_window,
    promisable,
    rate_needed,
)
from tallystick.engine.service_levels.outlook.budget import Budget, budget_of
from tallystick.engine.service_levels.outlook.burn import (
    Alert,
    alerts,
    events,
    exhausted_after,
    firing,
)
from tallystick.engine.service_levels.outlook.control_chart import (
    Chart,
    Signal,
    control_chart,
    drifting,
)
from tallystick.engine.service_levels.outlook.forecast import Forecast, forecast_window
from tallystick.engine.service_levels.outlook.jeffreys import Experience, likely_share
from tallystick.engine.service_levels.outlook.past import further_items, worth_of
from tallystick.engine.service_levels.terms import Agreement, MeasureKind, ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.engine.service_levels.windows import Window, windows_of


@dataclass(frozen=True, slots=True)
class Prospect:
    """
    What the windows of a year teach about promising the target.

    `volume` is their usual number of items, the median; `windows` how many were met and missed;
    `next_met` the chance that the next is met, by them alone; `attainability` the same by their
    items; `likely` the bounds of the true share of kept ones, nine times in ten; `needed` the true
    share that the target takes at this volume; `promisable` the highest share that holds nine
    times in ten; `least` the volume from which one miss is allowed.
    """

    volume: int
    windows: Experience
    items: Experience
    next_met: Fraction
    attainability: Attainability
    likely: tuple[float, float]
    needed: float
    promisable: Fraction
    least: int | None


@dataclass(frozen=True, slots=True)
class LevelOutlook:
    """
    The outlook of one service level at an instant.

    `chart` has a value for each of `charted`, the windows that are over and have a figure.
    `running` is the measurement of the window that is not over. Its `budget` and `forecast`, and
    `prospect`, are None where the target is no share of items, or nothing is known of them; there
    are no `alerts` then either. An alert says how fast the budget of that window burns.
    `gone_after` are the seconds until, at the pace of the one that fires, no more may be missed;
    None where none fires, or where the budget lasts until the window is over.
    """

    chart: Chart
    charted: tuple[Measurement, ...]
    drifting: tuple[Signal, ...]
    running: Measurement | None
    budget: Budget | None
    forecast: Forecast | None
    prospect: Prospect | None
    alerts: tuple[Alert, ...] = ()
    gone_after: Fraction | None = None


def level_outlook(
    level: ServiceLevel,
    agreement: Agreement,
    measured: Sequence[Measurement],
    outcomes: Outcomes | None,
    as_of: int,
) -> LevelOutlook:
    """
    Return the outlook at `as_of`, from measurements and outcomes that were made up to it.

    `measured` are the level's measurements in order of time; without `outcomes` there is no
    forecast, and the budget weighs what is decided and pending alone.
    """
    windows = windows_of(agreement, level.window)
    places = {window.text: place for place, window in enumerate(windows)}
    known = [each for each in measured if each.window in places]
    over = [each for each in known if windows[places[each.window]].end <= as_of]
    running = next((e for e in reversed(known) if e not in over), None)
    charted = tuple(each for each in over if has_figure(each))
    chart = control_chart([each.value or Fraction(0) for each in charted])
    met = [each.verdict is Verdict.MET for each in charted]
    place = places[running.window] if running else -1
    budget, forecast = _ahead(level, windows, running, place, outcomes, as_of)
    burning: tuple[Alert, ...] = ()
    gone_after: Fraction | None = None
    if budget and forecast and outcomes:
        burning = _alerts(level, windows[place], outcomes, as_of)
        gone_after = _gone_after(budget, burning, windows[place], as_of)
    return LevelOutlook(
        chart=chart,
        charted=charted,
        drifting=drifting(chart, met, level.target.direction),
        running=running,
        budget=budget,
        forecast=forecast,
        prospect=prospect_of(level.target, charted) if counts_items(level) else None,
        alerts=burning,
        gone_after=gone_after,
    )


def has_figure(measured: Measurement) -> bool:
    """Return whether there is a figure that was judged."""
    return measured.value is not None and measured.verdict is not Verdict.NOT_MEASURED


def counts_items(level: ServiceLevel) -> bool:
    """Return whether the level's figure is a share of items, each of which is kept or missed."""
    return level.target.unit is Unit.SHARE and has_items(level)


def has_items(level: ServiceLevel) -> bool:
    """Return whether items stand behind the level's figure; behind availability stands time."""
    return level.measure is not MeasureKind.AVAILABILITY


def _ahead(
    level: ServiceLevel,
    windows: Sequence[Window],
    running: Measurement | None,
    place: int,
    outcomes: Outcomes | None,
    as_of: int,
) -> tuple[Budget | None, Forecast | None]:
    if running is None or not counts_items(level):
        return None, None
    # A window that rolls shares its items with the ones before; its budget is that of all.
    if outcomes is None or level.window.reach > 1:
        return budget_of(running), None
    further = further_items(outcomes, windows, place, as_of)
    budget = budget_of(running, further=sum(further) // len(further) if further else 0)
    if level.target.direction is Direction.AT_MOST:
        # The items that such a figure counts are the missed ones; a forecast takes them for kept.
        return budget, None
    return budget, forecast_window(outcomes, level.target, windows, place, as_of)


def _alerts(
    level: ServiceLevel, window: Window, outcomes: Outcomes, as_of: int
) -> tuple[Alert, ...]:
    """Judge how fast the budget burns: an item is kept when it is done, and missed when due."""
    met, missed = (
        outcomes.verdict == ITEM_VERDICTS.index(verdict)
        for verdict in (ItemVerdict.MET, ItemVerdict.MISSED)
    )
    at = np.where(missed, np.minimum(outcomes.due, as_of), outcomes.done)[met | missed]
    happened = events(at, missed[met | missed].astype(np.int64))
    return alerts(happened, level.target, period=window.end - window.start, as_of=as_of)


def _gone_after(
    budget: Budget, burning: Sequence[Alert], window: Window, as_of: int
) -> Fraction | None:
    loudest = firing(burning)
    if loudest is None:
        return None
    # In whole misses: a budget of one and a half is gone with the first.
    left = budget.left / (budget.share * budget.whole) if budget.left > 0 else Fraction(0)
    gone = exhausted_after(left, loudest.long or Fraction(0), window.end - window.start)
    return None if gone is None or as_of + gone >= window.end else gone


def prospect_of(goal: Goal, over: Sequence[Measurement]) -> Prospect | None:
    """Return what the last twelve windows that are over teach; None if nothing was decided."""
    last = [each for each in over if each.denominator][-YEAR:]
    if not last:
        return None
    seen = [_experience(goal, each) for each in last]
    items = Experience(sum(each.kept for each in seen), sum(each.missed for each in seen))
    worth = worth_of(seen)
    taught = items if worth is None else items.as_if(worth)
    met = sum(each.verdict is Verdict.MET for each in last)
    windows = Experience(met, len(last) - met)
    volume = median_low(each.denominator for each in last)
    return Prospect(
        volume=volume,
        windows=windows,
        items=items,
        next_met=next_window(windows),
        attainability=attainability(goal, volume, taught),
        likely=likely_share(taught),
        needed=rate_needed(goal, volume),
        promisable=promisable(volume, taught),
        least=least_volume(goal),
    )


def _experience(goal: Goal, measured: Measurement) -> Experience:
    counts, others = measured.numerator, measured.denominator - measured.numerator
    at_least = goal.direction is Direction.AT_LEAST
    return Experience(counts, others) if at_least else Experience(others, counts)
