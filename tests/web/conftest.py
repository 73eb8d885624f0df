"""A real Chromium, and the gallery it looks at."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tallystick.web.assets import build_assets
from tests.web.gallery.site import gallery_server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium, quiet and without a sandbox (tests may run as root)."""
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [*quiet, "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def built_assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the assets once; the font takes a while."""
    assets: Path = tmp_path_factory.mktemp("assets")
    build_assets(assets)
    return assets


@pytest.fixture(scope="module")
def gallery(built_assets: Path) -> Iterator[str]:
    """Serve the gallery, whose settings hold for this module alone; gives its address."""
    with gallery_server(settings, built_assets) as address:
        yield address
