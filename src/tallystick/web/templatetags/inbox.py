"""The inbox in the top bar; built in, as the tags of `ui` are."""

from typing import Any

from django import template
from django.template import Context

from tallystick.records.inbox import unread_of
from tallystick.web.inbox.entries import badge

register = template.Library()


@register.inclusion_tag("components/inbox_link.html", takes_context=True)
def inbox_link(context: Context) -> dict[str, Any]:
    """Draw the way to the inbox with the count of what is unread."""
    count = badge(unread_of(context["viewer"]))
    return {"count": count, "current": context["request"].path.startswith("/inbox/")}
