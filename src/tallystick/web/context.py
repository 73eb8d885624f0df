"""What every page knows: who is looking."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the viewer; None before sign-in."""
    return {"viewer": getattr(request, "viewer", None)}
