"""The time to exit: known distributions, order of tasks, and the same answer each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.dependency.exit_time import Task, time_to_exit
from tallystick.engine.service_levels.outlook import beta


def test_certain_tasks_take_what_they_take() -> None:
    tasks = [Task(10, 10, 10), Task(20, 20, 20, after=(0,)), Task(5, 5, 5)]

    assert time_to_exit(tasks) == 30


def test_one_task_has_the_quantile_of_its_beta_distribution() -> None:
    days = time_to_exit([Task(20, 30, 60)])

    assert days == pytest.approx(20 + 40 * beta.point(0.8, 2, 4), abs=0.05)


def test_tasks_side_by_side_are_done_when_the_slower_is() -> None:
    # Both by then with a chance of 0.8: each by then with its square root.
    days = time_to_exit([Task(20, 30, 60), Task(20, 30, 60)])

    assert days == pytest.approx(20 + 40 * beta.point(0.8**0.5, 2, 4), abs=0.4)


def test_tasks_in_a_row_lie_below_the_sum_of_their_quantiles() -> None:
    row = [Task(20, 30, 60), Task(20, 30, 60, (0,)), Task(20, 30, 60, (1,)), Task(5, 10, 30, (2,))]

    days = time_to_exit(row)

    assert days == pytest.approx(123.6, abs=0.2)  # two million free draws
    assert days < 3 * time_to_exit(row[:1]) + time_to_exit([Task(5, 10, 30)])


def test_the_same_tasks_give_the_same_days() -> None:
    tasks = [Task(20, 30, 60), Task(1, 2, 9, (0,))]

    assert time_to_exit(tasks) == time_to_exit(tasks)


def test_nothing_to_do_takes_no_time() -> None:
    assert time_to_exit([]) == 0


@pytest.mark.parametrize("days", [(3, 2, 4), (1, 5, 4), (-1, 0, 1)])
def test_days_that_do_not_rise_are_refused(days: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="do not rise"):
        Task(*days)


def test_a_task_after_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="stand before"):
        time_to_exit([Task(1, 2, 3, after=(0,))])


@given(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)))
def test_a_quantile_lies_between_the_least_and_the_most(three: tuple[int, int, int]) -> None:
    least, likely, most = sorted(three)

    assert least <= time_to_exit([Task(least, likely, most)]) <= most
