"""The whole outlook of one service level, put together from measurements and outcomes."""

from fractions import Fraction
from typing import Any

import pytest

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.outlook.burn import DAY, HOUR
from tallystick.engine.service_levels.outlook.control_chart import Pattern
from tallystick.engine.service_levels.outlook.level import (
    LevelOutlook,
    level_outlook,
    prospect_of,
)
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.terms.goals import read_goal
from tests.engine.service_levels.builders import a_level_document, an_agreement, at, histories

MID_MARCH = at("2012-03-16T12:00+01:00")


def opened(day: str, hours: int) -> list[tuple[int, str]]:
    """Return an item that is opened at nine in winter and done hours later."""
    nine = at(f"{day}T09:00+01:00")
    return [(nine, "new"), (nine + 3600 * hours, "resolved")]


def the_outlook(*, with_outcomes: bool = True, **changes: Any) -> LevelOutlook:
    """Return the outlook of a level in the middle of March, after two months of two items."""
    agreement = an_agreement(service_levels=[a_level_document(**changes)])
    level = agreement.service_levels[0]
    days = ["2012-01-10", "2012-01-20", "2012-02-06", "2012-02-27", "2012-03-05"]
    spans = histories({day: opened(day, 2 + number) for number, day in enumerate(days)})
    outcomes = measure(spans, level, agreement, MID_MARCH)
    measured = tally(outcomes, level, agreement, MID_MARCH)
    return level_outlook(level, agreement, measured, outcomes if with_outcomes else None, MID_MARCH)


def a_month(number: int, kept: int, of: int = 1000) -> Measurement:
    """Return the measurement of a month in 2012, met at 95 %."""
    goal = read_goal("95%")
    verdict = Verdict.MET if goal.kept_by(Fraction(kept, of)) else Verdict.MISSED
    return Measurement("resolution", f"2012-{number:02}", kept, of, 0, goal, verdict, of)


def test_the_month_that_is_not_over_is_the_running_one() -> None:
    outlook = the_outlook()

    assert outlook.running is not None
    assert outlook.running.window == "2012-03"
    assert [each.window for each in outlook.charted] == ["2012-01", "2012-02"]


def test_the_budget_expects_what_came_after_this_point_of_earlier_months() -> None:
    budget = the_outlook().budget

    # One item of January and one of February were opened after their middle.
    assert budget is not None
    assert (budget.kept, budget.missed, budget.further) == (1, 0, 1)


def test_without_evidence_there_is_a_budget_and_no_forecast() -> None:
    outlook = the_outlook(with_outcomes=False)

    assert outlook.budget is not None
    assert outlook.forecast is None


@pytest.mark.parametrize(
    "changes",
    [
        {"statistic": "mean", "targets": [], "target": "<= 8h"},
        {"measure": "volume", "targets": [], "target": "<= 500"},
    ],
)
def test_a_figure_that_is_no_share_has_a_chart_and_no_budget(changes: dict[str, Any]) -> None:
    outlook = the_outlook(**changes)

    assert len(outlook.chart.values) == 2
    assert (outlook.budget, outlook.forecast, outlook.prospect) == (None, None, None)


def test_six_falling_months_above_target_are_green_but_drifting() -> None:
    agreement = an_agreement()
    falling = [a_month(number, 996 - number) for number in range(1, 7)]

    outlook = level_outlook(
        agreement.service_levels[0], agreement, falling, None, at("2012-07-02T12:00+02:00")
    )

    assert [signal.pattern for signal in outlook.drifting] == [Pattern.TREND_OF_SIX]


def test_the_prospect_of_few_items_tells_of_the_trap() -> None:
    prospect = prospect_of(read_goal("95%"), [a_month(n, 12, 12) for n in range(1, 13)])

    assert prospect is not None
    assert (prospect.volume, prospect.attainability.trap, prospect.least) == (12, True, 20)
    assert prospect.next_met == Fraction(25, 26)
    assert round(prospect.needed, 3) == 0.991
    assert prospect.likely == (pytest.approx(0.9868, abs=1e-4), 1.0)


def test_a_level_in_which_nothing_was_decided_has_no_prospect() -> None:
    assert prospect_of(read_goal("95%"), []) is None


def test_two_misses_in_two_hours_burn_the_budget_of_the_running_month_too_fast() -> None:
    agreement = an_agreement(
        service_levels=[a_level_document(target="99.9%", targets=[{"limit": "1h"}])]
    )
    level, nine = agreement.service_levels[0], at("2012-03-16T09:00+01:00")
    late = {f"T{n}": [(nine + 60 * n, "new")] for n in range(2)}
    outcomes = measure(histories(late), level, agreement, MID_MARCH)
    measured = tally(outcomes, level, agreement, MID_MARCH)

    outlook = level_outlook(level, agreement, measured, outcomes, MID_MARCH)

    # Both fell due around ten, two hours before: only they happened, so all that happened is bad.
    assert [(alert.rule.long // 3600, alert.fires) for alert in outlook.alerts] == [
        (1, False),
        (6, False),
        (24, True),
        (72, True),
    ]


def burning_at_noon(*misses: int, target: str = "95%", kept: int = 97) -> LevelOutlook:
    """Return the outlook of March on the sixteenth: items kept on its first day, some late now."""
    agreement = an_agreement(
        service_levels=[a_level_document(target=target, targets=[{"limit": "1h"}])]
    )
    level, nine = agreement.service_levels[0], at("2012-03-16T09:00+01:00")
    first = at("2012-03-01T09:00+01:00")
    items = {f"K{n}": [(first, "new"), (first + 60, "resolved")] for n in range(kept)}
    late = {f"T{n}": [(nine, "new")] for n in misses}
    outcomes = measure(histories(items | late), level, agreement, MID_MARCH)
    measured = tally(outcomes, level, agreement, MID_MARCH)
    return level_outlook(level, agreement, measured, outcomes, MID_MARCH)


def test_at_the_pace_of_an_alert_a_budget_is_gone_in_some_days() -> None:
    outlook = burning_at_noon(1, 2, 3)

    # Of 100 items five may be missed, and three were: two fifths are left. All that happened
    # lately is bad, 20 times the twentieth allowed. March has a day on which the clocks change.
    march = 31 * DAY - HOUR
    assert outlook.budget is not None
    assert outlook.budget.left == 2
    assert outlook.gone_after == Fraction(2, 5) * march / 20


def test_a_budget_that_is_overspent_is_gone_already() -> None:
    assert burning_at_noon(1, 2, 3, kept=7).gone_after == 0


def test_a_budget_that_lasts_until_the_month_is_over_is_not_gone() -> None:
    quiet = burning_at_noon(1, target="40%", kept=400)

    assert any(alert.fires for alert in quiet.alerts)
    assert quiet.gone_after is None


def test_without_an_alert_no_pace_is_told() -> None:
    assert burning_at_noon().gone_after is None


def test_without_items_there_is_no_alert() -> None:
    assert the_outlook(with_outcomes=False).alerts == ()
