import pytest

from tallystick.actions.one_by_one import one_by_one


def test_a_fault_of_one_keeps_none_of_the_others_waiting() -> None:
    done: list[int] = []

    with pytest.raises(ExceptionGroup) as failed:
        one_by_one([4, 0, 2], lambda number: done.append(4 // number))

    assert done == [1, 2]
    [fault] = failed.value.exceptions
    assert isinstance(fault, ZeroDivisionError)


def test_what_came_of_each_is_returned_in_order() -> None:
    assert one_by_one([4, 1, 2], lambda number: 4 // number) == [1, 4, 2]
