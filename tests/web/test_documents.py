"""The page that lists the components."""

import re
from pathlib import Path

import pytest

from tallystick.web.templatetags import form_parts, ui

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "components.md"
# Drawn by base.html and by other components only.
_OF_THE_FRAME = {"current_theme", "product_version", "theme_menu", "nav_link", "initials", "stat"}
NAMES = sorted(
    name
    for name in {*ui.register.tags, *ui.register.filters, *form_parts.register.tags}
    if not name.startswith("end") and name not in _OF_THE_FRAME
)


@pytest.mark.parametrize("name", NAMES)
def test_each_component_is_listed(name: str) -> None:
    assert re.search(rf"(\{{% |\\\||`){name}\b", PAGE.read_text(encoding="utf-8"))
