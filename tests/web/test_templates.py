"""What the strict content security policy asks of every template and stylesheet."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "tallystick" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEETS = sorted((WEB / "static").rglob("*.css"))
FORBIDDEN = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE
)


def _name(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_needs_what_the_policy_refuses(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=_name)
def test_each_stylesheet_is_loaded_somewhere(path: Path) -> None:
    name = path.relative_to(WEB / "static").as_posix()

    assert any(name in template.read_text(encoding="utf-8") for template in TEMPLATES)


@pytest.mark.parametrize("path", SHEETS, ids=_name)
def test_no_stylesheet_asks_another_site(path: Path) -> None:
    assert "//" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", [s for s in SHEETS if s.name not in {"tokens.css", "print.css"}], ids=_name
)
def test_colours_come_from_the_tokens(path: Path) -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")) == []
