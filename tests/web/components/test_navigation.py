"""Steps and pages."""

import pytest

from tallystick.web.components.navigation import page_numbers, steps_of


def test_steps_before_the_current_one_are_done() -> None:
    steps = steps_of("upload, map, preview, commit", "preview")

    assert [step.state for step in steps] == ["done", "done", "current", "ahead"]


def test_a_finished_way_has_no_step_ahead() -> None:
    steps = steps_of(["define", "select"], "select", finished=True)

    assert {step.state for step in steps} == {"done"}


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (6, 12, [1, 2, None, 5, 6, 7, None, 11, 12]),
    ],
)
def test_page_numbers_leave_out_the_far_ones(
    current: int, last: int, shown: list[int | None]
) -> None:
    assert page_numbers(current, last) == shown
