"""A statement of March with its bundle, for the commands that verify it."""

from pathlib import Path

import pytest

from tallystick.actions.issue_statement import issue_statement
from tallystick.records.bundles import write_bundle
from tallystick.records.statements import Statement
from tests.cast import TODAY, Cast
from tests.web.levels import CREDITED, CREDITS, a_measured_level


@pytest.fixture
def statement(cast: Cast, home: Path) -> Statement:
    """Return a statement of March with a missed level that costs a credit."""
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


@pytest.fixture
def bundle(statement: Statement, tmp_path: Path) -> Path:
    """Return its bundle."""
    path = tmp_path / "bundle.zip"
    with path.open("wb") as out:
        write_bundle(statement, out)
    return path
