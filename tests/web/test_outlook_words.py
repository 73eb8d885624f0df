"""The outlook in sentences: nothing uncertain reads as certain, and nothing lost as open."""

from fractions import Fraction
from typing import Any

import pytest

from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.outlook.budget import Budget, error_share
from tallystick.engine.service_levels.outlook.burn import DAY, HOUR, SLOTH, Alert
from tallystick.engine.service_levels.outlook.control_chart import control_chart, drifting
from tallystick.engine.service_levels.outlook.forecast import Forecast
from tallystick.engine.service_levels.outlook.level import LevelOutlook, prospect_of
from tallystick.engine.service_levels.terms.goals import Direction, read_goal
from tallystick.web.outlook_words import (
    budget_said,
    burn_said,
    chance_words,
    drift_said,
    forecast_said,
    prospect_said,
    signals_said,
)
from tests.engine.service_levels.builders import a_level_document, an_agreement

GOAL = read_goal("95%")
LEVEL = an_agreement().service_levels[0]
FEW = an_agreement(
    service_levels=[a_level_document(low_volume={"one_miss_forgiven": True})]
).service_levels[0]


def a_month(number: int, kept: int, of: int = 1000) -> Measurement:
    """Return the measurement of a month in 2012."""
    return Measurement("resolution", f"2012-{number:02}", kept, of, 0, GOAL, Verdict.MET, count=of)


def an_outlook(**changes: Any) -> LevelOutlook:
    """Return an outlook of six falling months, July being under way."""
    charted = tuple(a_month(n, 996 - n) for n in range(1, 7))
    chart = control_chart([each.value or GOAL.value for each in charted])
    usual = {
        "chart": chart,
        "charted": charted,
        "drifting": drifting(chart, [True] * 6, Direction.AT_LEAST),
        "running": a_month(7, 57, 60),
        "budget": None,
        "forecast": None,
        "prospect": None,
    }
    return LevelOutlook(**usual | changes)


def a_budget(kept: int, missed: int, **more: int) -> Budget:
    """Return a budget under 95 %."""
    return Budget(error_share(GOAL), kept, missed, **more)


@pytest.mark.parametrize(
    ("chance", "said"),
    [(1.0, "100%"), (0.9999, "over 99%"), (0.7, "70%"), (0.001, "under 1%"), (0.0, "0%")],
)
def test_only_what_is_certain_reads_as_certain(chance: float, said: str) -> None:
    assert chance_words(chance) == said


@pytest.mark.parametrize(
    ("budget", "short", "part"),
    [
        (a_budget(57, 3, further=40), "2 more misses", "Of 100 items in July 2012, 5 may be"),
        (a_budget(57, 0, further=3), "Safe", "Even if all that is expected is missed, it is met."),
        (a_budget(57, 3), "None left", "Of 60 items so far in July 2012, 3 may be missed"),
        (a_budget(10, 3), "Overspent", "at the target again after 47 kept in a row."),
        (a_budget(10, 3, further=4), "Overspent", "At that volume it cannot be met any more."),
        (a_budget(15, 1, further=4), "None left", "after 4 kept in a row."),
    ],
)
def test_a_budget_says_what_is_left(budget: Budget, short: str, part: str) -> None:
    said = budget_said(an_outlook(budget=budget), LEVEL)

    assert said is not None
    assert said.short == short
    assert part in said.sentence


def test_rules_for_few_items_are_named_beside_the_budget() -> None:
    said = budget_said(an_outlook(budget=a_budget(10, 3)), FEW)

    assert said is not None
    assert "before the agreement's rules for few items" in said.sentence


def test_a_forecast_names_the_month_and_the_misses() -> None:
    said = forecast_said(an_outlook(forecast=Forecast(0.69, 4.3)))

    assert said is not None
    assert said.sentence == (
        "The chance that July 2012 is met is 69%; 4.3 misses are to be expected by its end."
    )


def test_without_budget_and_forecast_nothing_is_said() -> None:
    assert budget_said(an_outlook(), LEVEL) is None
    assert forecast_said(an_outlook()) is None


def test_green_but_drifting_is_named_with_its_months() -> None:
    said = drift_said(an_outlook())

    assert said == "six in a row, each below the one before, January 2012 to June 2012"


def test_signals_are_sentences() -> None:
    assert signals_said(an_outlook())[0].endswith("January 2012 to June 2012.")


def test_under_at_most_a_promise_is_an_upper_bound() -> None:
    goal = read_goal("<= 10%")
    months = [
        Measurement("reopened", f"2012-{n:02}", 5, 50, 0, goal, Verdict.MET, count=50)
        for n in range(1, 13)
    ]
    prospect = prospect_of(goal, months)
    assert prospect is not None

    said = prospect_said(prospect, goal)

    assert "60 of 600 items counted against it" in said[1]
    assert "the true share lies between 8.13% and 12.16% (nine times in ten)" in said[1]
    assert "a true share of at most " in said[2]


def test_what_was_seen_tells_between_what_the_true_share_lies() -> None:
    prospect = prospect_of(GOAL, [a_month(n, 48, 50) for n in range(1, 13)])
    assert prospect is not None

    said = prospect_said(prospect, GOAL)

    assert "576 of 600 items were kept: the true share lies between 94.51% and 97.15%" in said[1]


def an_alert(*, long: Fraction | None = Fraction(4)) -> Alert:
    """Return the alert of a day that fires, at a burn rate of `long`."""
    return Alert(SLOTH[2], factor=Fraction(3), long=long, short=long, fires=True, can_fire=True)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (9 * DAY + 1, "At this pace the budget of July 2012 is gone in 9 days."),
        (2 * DAY - 1, "At this pace the budget of July 2012 is gone in 47 hours."),
        (HOUR, "At this pace the budget of July 2012 is gone in 1 hour."),
        (1, "At this pace the budget of July 2012 is gone within the hour."),
        (0, "No more may be missed in July 2012."),
        (None, "At this pace the budget of July 2012 still lasts to its end."),
    ],
)
def test_an_alert_says_when_the_budget_is_gone(seconds: int | None, said: str) -> None:
    gone = None if seconds is None else Fraction(seconds)

    burn = burn_said(an_outlook(alerts=(an_alert(),), gone_after=gone))

    assert burn is not None
    assert burn.short == "4.0 times too fast"
    assert burn.sentence.endswith(f"it is said. {said}")


def test_a_target_without_a_budget_has_no_pace() -> None:
    burn = burn_said(an_outlook(alerts=(an_alert(long=None),)))

    assert burn is not None
    assert burn.sentence == "The target allows no miss, and there was one in the last 2 h."
