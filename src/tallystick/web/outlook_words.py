"""The outlook of a service level in sentences: budget, forecast, drift, and what it promises."""

from dataclasses import dataclass
from fractions import Fraction

from tallystick.engine.service_levels.outlook.attainability import expected_breaches
from tallystick.engine.service_levels.outlook.budget import Budget, Standing
from tallystick.engine.service_levels.outlook.burn import DAY, HOUR, AlertKind, firing
from tallystick.engine.service_levels.outlook.control_chart import Pattern, Side, Signal
from tallystick.engine.service_levels.outlook.level import LevelOutlook, Prospect
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Goal
from tallystick.web.components.figures import figure, goal_words
from tallystick.web.components.words import duration, month, number
from tallystick.web.counts import counted, listed


@dataclass(frozen=True, slots=True)
class Said:
    """
    A few words that stand out, a status for them, and the sentence that explains them.

    `figure` and `detail` are the same words where a figure stands large.
    """

    short: str
    status: str
    sentence: str
    figure: str = ""
    detail: str = ""


def chance_words(chance: float) -> str:
    """Write a chance in whole per cent; what is not certain never reads as certain."""
    if chance in (0, 1):
        return "100%" if chance else "0%"
    if chance > 0.99:
        return "over 99%"
    return "under 1%" if chance < 0.01 else f"{round(chance * 100)}%"


def budget_said(outlook: LevelOutlook, level: ServiceLevel) -> Said | None:
    """Say how many more misses the window that is not over can bear; None if it is not known."""
    budget, running = outlook.budget, outlook.running
    if budget is None or running is None:
        return None
    missed, more = counted(budget.missed, "miss", "misses"), f"in {month(running.window)}"
    held = f"{_held(budget, level, more)}; {missed} so far."
    if budget.standing is Standing.LOST:
        # More items than expected could still make up for the misses.
        at_that = " At that volume it cannot be met any more." if budget.further else ""
        sentence = f"{held}{at_that}{_needed(budget)}"
        return Said("Overspent", "missed", sentence, "0", f"more may be missed {more}")
    if budget.standing is Standing.SAFE and budget.pending + budget.further:
        sentence = f"{held} Even if all that is expected is missed, it is met."
        return Said("Safe", "met", sentence, "Safe", more)
    left = counted(budget.left, "more miss", "more misses") if budget.left else "None left"
    status = "open-in-time" if budget.left else "open"
    sentence = f"{held}{_needed(budget)}"
    return Said(left, status, sentence, number(budget.left), f"more may be missed {more}")


def _held(budget: Budget, level: ServiceLevel, window: str) -> str:
    of = counted(budget.whole, "item")
    whole = f"{of} {window}" if budget.further else f"{of} so far {window}"
    held = f"Of {whole}, {number(budget.allowed)} may be missed"
    if budget.further:
        held += f" ({number(budget.further)} of them are still expected)"
    few = level.low_volume
    if few.allowances or few.one_miss_forgiven:
        held += ", before the agreement's rules for few items"
    return held


def _needed(budget: Budget) -> str:
    needed = budget.kept_needed
    if not needed:
        return ""
    return f" It stands at the target again after {number(needed)} kept in a row."


def forecast_said(outlook: LevelOutlook) -> Said | None:
    """Say how likely the window that is not over is met; None where there is no forecast."""
    forecast, running = outlook.forecast, outlook.running
    if forecast is None or running is None:
        return None
    short = chance_words(forecast.chance)
    status = "met" if forecast.chance >= 0.9 else "missed" if forecast.chance < 0.5 else "open"
    misses = round(forecast.misses, 1)
    sentence = (
        f"The chance that {month(running.window)} is met is {short}; "
        f"{misses:g} {'miss is' if misses == 1 else 'misses are'} to be expected by its end."
    )
    return Said(short, status, sentence, short, f"for {month(running.window)}")


def burn_said(outlook: LevelOutlook) -> Said | None:
    """Say whether the window's budget burns too fast; None where no alert could ever fire."""
    able = [alert for alert in outlook.alerts if alert.can_fire]
    if not able:
        return None
    loudest = firing(able)
    if loudest is None:
        longest = duration(able[-1].rule.long)
        return Said("Steady", "met", f"Nothing burnt too fast over the last {longest}.")
    long, short = duration(loudest.rule.long), duration(loudest.rule.short)
    if loudest.long is None:
        said = f"The target allows no miss, and there was one in the last {short}."
        return Said("Nothing may be missed", "missed", said)
    times = f"{float(loudest.long):.1f} times"
    return Said(
        f"{times} too fast",
        "missed" if loudest.rule.kind is AlertKind.PAGE else "open",
        f"The misses of the last {long}, and of the last {short}, spend the budget {times} as "
        f"fast as the window can bear; from {float(loudest.factor):.1f} times on it is said."
        + _gone(outlook),
    )


def _gone(outlook: LevelOutlook) -> str:
    """Say when the budget is gone at the pace of the alert that fires; empty without a window."""
    if outlook.running is None:
        return ""
    window, gone = month(outlook.running.window), outlook.gone_after
    if gone is None:
        return f" At this pace the budget of {window} still lasts to its end."
    if gone == 0:
        return f" No more may be missed in {window}."
    return f" At this pace the budget of {window} is gone {_in_words(gone)}."


def _in_words(seconds: Fraction) -> str:
    """Say how soon, in whole days or hours, cut off: "in 9 days", "in 30 hours"."""
    if seconds < HOUR:
        return "within the hour"
    if seconds < 2 * DAY:
        return f"in {counted(int(seconds // HOUR), 'hour')}"
    return f"in {counted(int(seconds // DAY), 'day')}"


def drift_said(outlook: LevelOutlook) -> str:
    """Name the signals that make a level green but drifting; empty if it is not."""
    return listed([signal_words(signal, outlook) for signal in outlook.drifting])


def signal_words(signal: Signal, outlook: LevelOutlook) -> str:
    """Say what a signal is and where it lies."""
    side = "below" if signal.side is Side.BELOW else "above"
    first, last = (month(outlook.charted[n].window) for n in (signal.first, signal.last))
    return {
        Pattern.BEYOND_LIMITS: f"{last} lies {side} the natural limits",
        Pattern.RUN_OF_EIGHT: f"eight in a row lie {side} their mean, {first} to {last}",
        Pattern.TREND_OF_SIX: f"six in a row, each {side} the one before, {first} to {last}",
    }.get(signal.pattern, f"{signal.pattern} up to {last}")


def signals_said(outlook: LevelOutlook) -> list[str]:
    """Return every signal of the chart, newest first, as sentences."""
    said = [signal_words(signal, outlook) for signal in reversed(outlook.chart.signals)]
    return [f"{each[:1].upper()}{each[1:]}." for each in said]


def prospect_said(prospect: Prospect, goal: Goal) -> list[str]:
    """Say in sentences whether the target can be promised, the trap of few items first."""
    windows, at = prospect.windows, prospect.attainability
    whole = int(windows.whole)
    said = [*_trap(prospect, goal)]
    said.append(
        f"{number(int(windows.kept))} of the last {counted(whole, 'window')} "
        f"{'was' if windows.kept == 1 else 'were'} met. By that alone, the next is met with a "
        f"chance of {chance_words(float(prospect.next_met))}, and of the next twelve "
        f"{float(expected_breaches(windows)):.1f} are not."
    )
    said.append(
        f"{_seen(prospect, goal)} At the usual {counted(prospect.volume, 'item')} a "
        f"window, one meets {goal_words(goal)} with a chance of {chance_words(at.chance)}"
        + (": it can be promised." if at.attainable else ": fewer than nine windows in ten.")
    )
    needed, safe = Fraction(prospect.needed), prospect.promisable
    at_most = goal.direction is Direction.AT_MOST
    if at_most:
        needed, safe = 1 - needed, 1 - safe
    side = "at most " if at_most else ""
    said.append(
        f"To meet it nine times in ten takes a true share of {side}{figure(needed, goal)}; what "
        f"experience supports is a promise of {side}{figure(safe, goal)}."
    )
    return said


def _seen(prospect: Prospect, goal: Goal) -> str:
    """Say how many items were kept, or counted against it, and what that tells of the rest."""
    items, (low, high) = prospect.items, prospect.likely
    count, did = items.kept, "were kept"
    if goal.direction is Direction.AT_MOST:
        count, did, low, high = items.missed, "counted against it", 1 - high, 1 - low
    least, most = (figure(Fraction(bound), goal) for bound in (low, high))
    return (
        f"{number(int(count))} of {number(int(items.whole))} items {did}: the true share lies "
        f"between {least} and {most} (nine times in ten)."
    )


def _trap(prospect: Prospect, goal: Goal) -> list[str]:
    if not prospect.attainability.trap:
        return []
    least = prospect.least
    rest = (
        f"From {counted(least, 'item')} on, one may be missed."
        if least
        else "No volume allows one."
    )
    return [
        f"Zero-miss trap: of the usual {counted(prospect.volume, 'item')} a window not a single "
        f"one may be missed under {goal_words(goal)}. {rest}"
    ]


def mean_words(outlook: LevelOutlook, goal: Goal) -> str:
    """Say the mean and the natural limits of the figures; empty below six of them."""
    limits = outlook.chart.limits
    if limits is None:
        return ""
    return f"Mean {figure(limits.mean, goal)} of {counted(len(outlook.chart.values), 'window')}."
