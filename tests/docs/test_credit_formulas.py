"""The formulas of the page about credits come to what it says."""

import re

import pytest

from tests.docs.conftest import ROOT
from tests.engine.service_levels.formulas import comes_to

PAGE = (ROOT / "docs" / "explanation" / "credits.md").read_text(encoding="utf-8")
FORMULAS = re.findall(r"`([^`]+ = -?[\d,.]+ EUR)`", PAGE)


def test_the_page_shows_formulas() -> None:
    assert len(FORMULAS) >= 12


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_of_the_page_comes_to_its_amount(formula: str) -> None:
    assert comes_to(formula) is not None
