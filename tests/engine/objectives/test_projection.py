"""Where objectives head: known lines, a plain second opinion, and when nothing is projected."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.objectives import (
    Actual,
    Band,
    Direction,
    Projection,
    Reached,
    TooFew,
    project,
)
from tallystick.engine.objectives.projection import ProjectionRefused
from tallystick.engine.objectives.theil_sen import median_lines, one_line
from tests.engine.objectives.builders import NEW_YEAR, YEAR_END, actuals, an_aim


def projected(*args: object, **named: object) -> Projection:
    """Return a projection that is one."""
    found = project(*args, **{"seed": 1} | named)  # type: ignore[arg-type]
    assert isinstance(found, Projection)
    return found


def test_a_straight_line_is_projected_without_any_doubt() -> None:
    # A point every three days: 100 on day 300, which is 28 October.
    found = projected(an_aim(), actuals([0, 10, 20, 30, 40]))

    assert found.slope == Band(*[pytest.approx(1 / 3)] * 3)
    assert found.reached == Reached(*[date(2027, 10, 28)] * 3)
    assert found.attained.middle == pytest.approx(1.2)
    assert found.late is False


def test_lower_is_projected_as_higher_is() -> None:
    aim = an_aim(direction=Direction.LOWER, baseline=100, target=0)

    found = projected(aim, actuals([100, 90, 80, 70, 60]))

    assert found.reached.p50 == date(2027, 10, 28)


def test_a_line_that_is_too_slow_is_late() -> None:
    found = projected(an_aim(), actuals([0, 5, 10, 15]))

    assert found.reached.p50 == NEW_YEAR + timedelta(days=600)
    assert found.attained.middle == pytest.approx(364 / 600)
    assert found.late is True


@pytest.mark.parametrize("values", [[10, 10, 10, 10], [40, 30, 20, 10]])
def test_a_line_that_never_gets_there_has_no_day(values: list[int]) -> None:
    found = projected(an_aim(), actuals(values))

    assert found.reached == Reached(None, None, None)
    assert found.late is True


def test_one_odd_month_does_not_move_the_slope() -> None:
    found = projected(an_aim(), actuals([0, 10, 20, 90, 40, 50, 60]))

    assert found.slope.middle == pytest.approx(1 / 3)
    assert found.reached.p50 == date(2027, 10, 28)


def test_noise_opens_the_band_around_the_middle() -> None:
    found = projected(an_aim(), actuals([0, 14, 17, 33, 38, 52, 57]))

    assert found.slope.low < found.slope.middle < found.slope.high
    assert found.reached.p10 is not None
    assert found.reached.p50 is not None
    assert found.reached.p90 is not None
    assert found.reached.p10 < found.reached.p50 < found.reached.p90


def test_what_is_there_already_was_reached_by_the_last_day() -> None:
    found = projected(an_aim(target=30), actuals([0, 10, 20, 30, 40]))

    assert found.reached.p50 == NEW_YEAR + timedelta(days=90)


def test_what_is_there_and_falls_again_was_reached_by_the_last_day() -> None:
    found = projected(an_aim(target=30), actuals([80, 70, 60, 50, 40]))

    assert found.reached.p50 == NEW_YEAR + timedelta(days=120)
    assert found.attained.middle == 0


def test_what_is_to_be_maintained_has_no_day_of_attainment() -> None:
    aim = an_aim(direction=Direction.MAINTAIN, target=50, tolerance=2)

    found = projected(aim, actuals([50, 51, 49, 50, 51, 49]))

    assert (found.reached, found.late) == (Reached(None, None, None), None)
    assert found.attained.middle == 1


@pytest.mark.parametrize("days", [0, 1, 2])
def test_of_fewer_than_three_days_nothing_is_projected(days: int) -> None:
    on_few_days = actuals([1] * days) + [Actual(NEW_YEAR, 2)] * min(days, 3)

    assert project(an_aim(), on_few_days, seed=1) == TooFew(days)


def test_the_same_seed_gives_the_same_answer_and_stands_in_it() -> None:
    values = actuals([0, 14, 17, 33, 38, 52, 57])

    one, two, other = (project(an_aim(), values, seed=seed) for seed in (7, 7, 8))

    assert one == two
    assert one != other
    assert isinstance(one, Projection)
    assert (one.seed, one.draws, one.values) == (7, 1_000, 7)


def test_the_order_in_which_values_come_does_not_matter() -> None:
    values = actuals([0, 14, 17, 33, 38, 52, 57])

    assert project(an_aim(), values[::-1], seed=1) == project(an_aim(), values, seed=1)


def test_of_many_values_as_many_are_taken_as_the_band_needs() -> None:
    found = projected(an_aim(), actuals(range(1_000), every=1), draws=50)

    assert found.values == 120
    assert found.slope.middle == pytest.approx(1)


def test_a_day_beyond_the_calendar_is_never() -> None:
    found = projected(an_aim(target=10**9), actuals([0, 1, 2, 3], every=300))

    assert found.reached.p50 is None


@pytest.mark.parametrize("draws", [0, 10_001])
def test_what_cannot_be_drawn_is_refused(draws: int) -> None:
    with pytest.raises(ProjectionRefused):
        project(an_aim(), actuals([1, 2, 3]), seed=1, draws=draws)


def slow_line(points: list[tuple[int, int]]) -> tuple[float, float] | None:
    """Return the line of median slope by two plain medians; None for points on one place."""
    slopes = [
        (later[1] - first[1]) / (later[0] - first[0])
        for first, later in combinations(sorted(points), 2)
        if later[0] != first[0]
    ]
    if not slopes:
        return None
    slope = median(slopes)
    return slope, median(value - slope * at for at, value in points)


points = st.lists(st.tuples(st.integers(0, 12), st.integers(-20, 20)), min_size=3, max_size=12)


@given(points)
def test_the_line_is_that_of_two_plain_medians(given_points: list[tuple[int, int]]) -> None:
    expected = slow_line(given_points)
    if expected is None:
        return
    at, values = (np.asarray(each, dtype=np.float64) for each in zip(*given_points, strict=True))

    found = one_line(at, values)

    assert (found.slopes[0], found.starts[0]) == pytest.approx(expected)


@settings(max_examples=50)
@given(points)
def test_points_drawn_again_give_the_line_of_the_points_that_were_drawn(
    given_points: list[tuple[int, int]],
) -> None:
    if len({at for at, _ in given_points}) < 2:
        return
    at, values = (np.asarray(each, dtype=np.float64) for each in zip(*given_points, strict=True))
    size = len(given_points)

    found = median_lines(at, values, 20, np.random.default_rng(5))

    counts = np.random.default_rng(5).multinomial(size, np.full(size, 1 / size), size=20)
    drawn = [
        [point for point, count in zip(given_points, row, strict=True) for _ in range(count)]
        for row in counts.tolist()
    ]
    lines = [line for line in map(slow_line, drawn) if line is not None]
    assert list(zip(found.slopes, found.starts, strict=True)) == [
        pytest.approx(line) for line in lines
    ]


def test_the_band_holds_what_comes_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(0)
    held = 0
    for number in range(200):
        line = [25 * month * 90 / 364 + chance.normal(0, 6) for month in range(1, 13)]
        values = [Fraction(each).limit_denominator(1_000) for each in line]
        late = [Actual(each.on + timedelta(days=25), each.value) for each in actuals(values, 25)]
        found = projected(an_aim(), late, seed=number, draws=200)
        held += found.value.low <= 90 <= found.value.high

    assert 0.72 <= held / 200 <= 0.88


@settings(max_examples=50)
@given(st.lists(st.integers(0, 100), min_size=3, max_size=10))
def test_bands_and_days_stand_in_their_order(values: list[int]) -> None:
    found = projected(an_aim(), actuals(values), draws=60)

    for band in (found.slope, found.value, found.attained):
        assert band.low <= band.middle <= band.high
    never = date.max
    days = [each or never for each in (found.reached.p10, found.reached.p50, found.reached.p90)]
    assert days == sorted(days)
    assert found.late is (found.reached.p50 is None or found.reached.p50 > YEAR_END)
