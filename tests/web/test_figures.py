"""Figures in words: cut off to the wrong side, so that a miss never reads as met."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.terms.goals import Unit, read_goal
from tallystick.engine.service_levels.window_words import window_words
from tallystick.web.components.figures import (
    change,
    figure,
    goal_words,
    minimum_words,
    money,
    money_about,
)

MINUS = "\u2212"


@pytest.mark.parametrize(
    ("value", "goal", "said"),
    [
        ("18999/20000", "95%", "94.99%"),
        ("50001/1000000", "<= 5%", "5.01%"),
        ("28810", "<= 8h", "8 h 1 min"),
        ("90", "<= 2m", "1 min 30 s"),
        ("4199/1000", ">= 4.2", "4.19"),
        ("501", "<= 500", "501"),
        ("65533", "<= 70000", "65\u202f533"),
    ],
)
def test_a_figure_is_cut_off_to_the_wrong_side(value: str, goal: str, said: str) -> None:
    assert figure(Fraction(value), read_goal(goal)) == said


@given(st.fractions(0, 1, max_denominator=10**6), st.sampled_from(["95%", "<= 5%"]))
def test_a_share_that_misses_never_reads_as_kept(share: Fraction, goal: str) -> None:
    stated = read_goal(goal)

    read = Fraction(figure(share, stated).removesuffix("%")) / 100

    assert stated.kept_by(share) or not stated.kept_by(read)


@pytest.mark.parametrize(
    ("goal", "said", "least"),
    [
        ("95%", "95%", "95%"),
        ("<= 5%", "at most 5%", "5%"),
        ("<= 8h", "at most 8 h", "8 h"),
        (">= 4.2", "at least 4.2", "4.2"),
    ],
)
def test_a_goal_says_its_side_and_a_minimum_does_not(goal: str, said: str, least: str) -> None:
    assert (goal_words(read_goal(goal)), minimum_words(read_goal(goal))) == (said, least)


@pytest.mark.parametrize(
    ("difference", "unit", "said"),
    [
        ("1/3", Unit.SHARE, "+33.33 points"),
        ("-1/200", Unit.SHARE, f"{MINUS}0.50 points"),
        ("0", Unit.SHARE, "0.00 points"),
        ("-5400", Unit.SECONDS, f"{MINUS}1 h 30 min"),
        ("1/4", Unit.NUMBER, "+0.25"),
    ],
)
def test_a_change_is_written_in_its_unit(difference: str, unit: Unit, said: str) -> None:
    assert change(Fraction(difference), unit) == said


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("4000.00", "EUR", "4,000.00 EUR"),
        ("0", "EUR", "0.00 EUR"),
        ("-66.5", "EUR", f"{MINUS}66.50 EUR"),
        ("1200", "JPY", "1,200 JPY"),
    ],
)
def test_money_has_the_decimals_of_its_currency(amount: str, currency: str, said: str) -> None:
    assert money(Decimal(amount), currency) == said


@pytest.mark.parametrize(
    ("window", "said", "short"),
    [
        ("2026-03", "March 2026", "Mar 26"),
        ("2026-03-05", "5 Mar 2026", "5 Mar"),
        ("2026-W10", "W10 2026", "W10 26"),
        ("2026-Q1", "Q1 2026", "Q1 26"),
        ("2026", "2026", "2026"),
        ("2026-13", "2026-13", "2026-13"),
        ("something", "something", "something"),
    ],
)
def test_a_window_of_any_kind_is_written_in_words(window: str, said: str, short: str) -> None:
    assert (window_words(window), window_words(window, short=True)) == (said, short)


def test_an_estimate_is_written_in_whole_units() -> None:
    assert money_about(Decimal("2428833.33"), "EUR") == "2,428,833 EUR"
    assert money_about(Decimal("-0.4"), "EUR") == "0 EUR"
    assert money_about(Decimal("-128333.7"), "EUR") == f"{MINUS}128,334 EUR"
