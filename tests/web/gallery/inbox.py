"""The inbox in the gallery's top bar: three things are unread."""

from typing import Any

from django import template
from django.template import Context

from tallystick.web.inbox.entries import badge

register = template.Library()


@register.inclusion_tag("components/inbox_link.html", takes_context=True)
def inbox_link(context: Context) -> dict[str, Any]:
    """Draw the way to the inbox with its count."""
    return {"count": badge(3), "current": False}
