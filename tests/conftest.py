"""Fixtures that every folder of tests may use."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from tests.cast import Cast
from tests.racing import a_file_of_its_own, committed

# No test times itself: a busy machine is no finding.
hypothesis_settings.register_profile("calm", deadline=None)
hypothesis_settings.load_profile("calm")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    # Attempts are counted by a person's key, and each test's first person has the same one.
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """Return one person for each part, stored."""
    return Cast()


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    """Give a test its own data directory."""
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def race(db: None, tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Give a context for what `tests.racing` does: set up before it, race and look inside it."""
    if connection.vendor == "sqlite":
        return lambda: a_file_of_its_own(tmp_path / "race.sqlite3")
    return committed
