"""Credit notes against the cases worked by hand."""

import pytest

from tests.engine.service_levels.credit_cases import (
    CreditCase,
    answers,
    credit_cases,
    year_text,
)
from tests.engine.service_levels.formulas import comes_to

CASES = credit_cases()
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def test_at_least_80_cases_are_worked_by_hand() -> None:
    assert len({case.name for case in CASES}) >= 80


@each_case
def test_the_notes_say_what_was_worked_by_hand(case: CreditCase) -> None:
    got = answers(case.notes())

    assert got == {key: case.expected(key) for key in got}


@each_case
def test_each_formula_comes_to_its_amount(case: CreditCase) -> None:
    lines = [line for note in case.notes() for line in note.lines]

    assert [comes_to(line.formula) for line in lines] == [line.amount for line in lines]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "totals" in case.stated], ids=lambda case: case.name
)
def test_the_totals_are_as_worked_by_hand(case: CreditCase) -> None:
    got = [str(note.total) for note in case.notes()]

    assert got == case.expected("totals")


@pytest.mark.parametrize(
    "case", [case for case in CASES if "charge" in case.stated], ids=lambda case: case.name
)
def test_the_charge_shows_its_formula(case: CreditCase) -> None:
    assert case.notes()[0].charge_formula == case.stated["charge"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "year" in case.stated], ids=lambda case: case.name
)
def test_the_year_stands_as_worked_by_hand(case: CreditCase) -> None:
    assert year_text(case.notes()[-1]) == case.stated["year"]
