"""The cases of the outlook: how many there are, and that each says something of its own."""

from tests.engine.service_levels.outlook.cases import all_cases


def test_at_least_40_cases_are_worked_by_hand() -> None:
    assert len(all_cases()) >= 40


def test_each_case_says_something_of_its_own() -> None:
    assert len(set(all_cases())) == len(all_cases())
