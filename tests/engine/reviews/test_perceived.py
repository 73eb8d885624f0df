"""What answers say together, and what they do not say of a single person."""

from fractions import Fraction

import pytest

from tallystick.engine.reviews.perceived import (
    QUESTIONS,
    red_inside,
    side_result,
    watermelon_gap,
)


def answers(*marks: int) -> list[dict[str, int]]:
    """Return one answer for each mark, the same on every question."""
    return [dict.fromkeys(QUESTIONS, mark) for mark in marks]


def test_two_answers_say_nothing() -> None:
    result = side_result("client", answers(1, 1))

    assert (result.answers, result.questions, result.favourable, result.told) == (
        2,
        (),
        None,
        False,
    )


def test_three_answers_say_their_mean_and_how_many_are_content() -> None:
    result = side_result("provider", answers(5, 4, 3))

    assert {each.mean for each in result.questions} == {Fraction(4)}
    assert {each.favourable for each in result.questions} == {Fraction(2, 3)}
    assert result.favourable == Fraction(2, 3)


@pytest.mark.parametrize(
    ("met", "judged", "favourable", "gap", "red"),
    [
        (9, 10, Fraction(6, 10), Fraction(3, 10), True),
        (9, 10, Fraction(61, 100), Fraction(29, 100), False),
        (5, 10, Fraction(9, 10), Fraction(-4, 10), False),
        (0, 0, Fraction(1), None, False),
        (9, 10, None, None, False),
    ],
)
def test_the_gap_between_figures_and_people(
    met: int, judged: int, favourable: Fraction | None, gap: Fraction | None, red: bool
) -> None:
    found = watermelon_gap(met, judged, favourable)

    assert (found, red_inside(found)) == (gap, red)
