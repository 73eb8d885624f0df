"""The font made at set-up."""

from pathlib import Path

from fontTools.ttLib import TTFont

from tallystick.web.assets import build_assets


def test_the_font_is_small_variable_and_knows_latin_letters(tmp_path: Path) -> None:
    path, *_ = build_assets(tmp_path)

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


def test_each_weight_of_a_document_is_a_font_of_its_own(tmp_path: Path) -> None:
    _, *paths = build_assets(tmp_path)

    weights = []
    for path in paths:
        with TTFont(path) as font:
            assert "fvar" not in font
            weights.append(font["OS/2"].usWeightClass)
    assert weights == [400, 600]
