"""`build_assets`: browser assets from installed packages into the home."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tallystick.web.assets import build_assets


class Command(BaseCommand):
    """Make what the browser needs and no package serves as it is."""

    help = "Build browser assets from installed packages; quick where they are built."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build them under the home."""
        build_assets(Path(settings.HOME) / "assets")
