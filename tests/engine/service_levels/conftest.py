"""Fixtures for the tests of service levels."""

import pytest

from tallystick.engine.service_levels import calendars, windows
from tallystick.engine.service_levels.kernel import working_days
from tallystick.engine.service_levels.terms import zones


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept() -> None:
    # A mutant is tested in a fork of a process that has computed these answers without it.
    for kept in (
        windows._windows,
        calendars._covering_years,
        working_days._instant,
        zones.pieces,
    ):
        kept.cache_clear()
