"""What every page knows: who is looking, and in a demo who could sign in."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the viewer, None before sign-in, and then the demo's log-ins if it is one."""
    viewer = getattr(request, "viewer", None)
    return {"viewer": viewer, "demo_accounts": [] if viewer else _demo_accounts()}


def _demo_accounts() -> list[dict[str, str]]:
    # Only `tallystick demo` writes this file, into a home that holds nothing else.
    path = Path(settings.HOME) / "demo"
    if not path.is_file():
        return []
    accounts: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return accounts
