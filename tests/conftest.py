"""Fixtures that every folder of tests may use."""

from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings

from tests.cast import Cast

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
