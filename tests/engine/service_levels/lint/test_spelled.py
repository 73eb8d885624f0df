"""What a stored version leaves to the format is written out where the lint asks for it."""

import pytest

from tallystick.engine.service_levels.agreement import (
    agreement_document,
    agreement_hash,
    read_agreement,
)
from tallystick.engine.service_levels.lint import lint
from tallystick.engine.service_levels.lint.spelled import spelled_out
from tallystick.engine.service_levels.templates.texts import TEMPLATES
from tests.engine.service_levels.builders import an_agreement
from tests.engine.service_levels.lint.documents import filled_in


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_stored_version_says_again_what_was_said(name: str) -> None:
    terms = read_agreement(filled_in(name))

    spelled = spelled_out(terms)

    assert lint(agreement_document(terms)) != []
    assert lint(spelled) == []
    assert agreement_hash(read_agreement(spelled)) == agreement_hash(terms)


def test_what_has_no_default_stays_open() -> None:
    spelled = spelled_out(an_agreement())

    codes = {finding.code for finding in lint(spelled)}
    assert "measuring.no-data-source" in codes
    assert "figures.empty-window-unsaid" not in codes
    assert spelled["service_levels"][0]["nothing_due"] == "neither"
