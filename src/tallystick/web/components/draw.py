"""Components from their templates."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString


def draw(component: str, request: HttpRequest | None = None, /, **values: Any) -> SafeString:
    """Return a component's HTML; its template escapes what it is given."""
    return SafeString(get_template(f"components/{component}.html").render(values, request))
