"""The font made at set-up."""

from pathlib import Path

from fontTools.ttLib import TTFont

from tallystick.web.assets import build_assets


def test_the_font_is_small_variable_and_knows_latin_letters(tmp_path: Path) -> None:
    path = build_assets(tmp_path)

    with TTFont(path) as font:
        weights = [axis.axisTag for axis in font["fvar"].axes]
        known = set(font.getBestCmap())
    assert path.stat().st_size < 100_000
    assert weights == ["wght"]
    assert {ord(letter) for letter in "Aß\u0142\u0151\u20ac\u2013"} <= known


def test_a_second_set_up_keeps_the_font(tmp_path: Path) -> None:
    path = tmp_path / "fonts" / "plex-sans.woff2"
    path.parent.mkdir()
    path.write_bytes(b"made before")

    build_assets(tmp_path)

    assert path.read_bytes() == b"made before"
