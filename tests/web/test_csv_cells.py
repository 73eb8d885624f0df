"""CSV files that no spreadsheet can be made to run."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.web.csv_cells import csv_text, safe_cell

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20a",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, "-5"),
        (Decimal("-0.50"), "-0.50"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(3), "3"),
        (None, ""),
        (True, "True"),
        (datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00+00:00"),
    ],
)
def test_numbers_and_moments_stay_what_they_are(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
)
def test_no_cell_of_a_file_starts_a_formula(cells: list[str]) -> None:
    text = csv_text(["head"], [cells]).removeprefix("\ufeff")

    read = list(csv.reader(io.StringIO(text, newline="")))

    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row
    )
