"""Icons from the heroicons package as inline SVG; they never carry meaning alone."""

from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_micro, heroicon_mini, heroicon_outline


def icon(name: str, size: int = 20) -> SafeString:
    """Return a decorative icon, 16, 20 or 24 pixels or larger; raises for an unknown name."""
    draw = {16: heroicon_micro, 20: heroicon_mini}.get(size, heroicon_outline)
    attributes: dict[str, object] = {"class": "icon", "aria_hidden": "true", "focusable": "false"}
    return SafeString(draw(name, size=size, **attributes))
