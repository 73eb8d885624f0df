import pytest

from tallystick.actions.one_by_one import one_by_one


def test_a_fault_of_one_keeps_none_of_the_others_waiting() -> None:
    done: list[int] = []

    with pytest.raises(ExceptionGroup) as failed:
        done.extend(one_by_one([4, 0, 2], lambda number: 4 // number))

    assert done == [1, 2]
    [fault] = failed.value.exceptions
    assert isinstance(fault, ZeroDivisionError)
