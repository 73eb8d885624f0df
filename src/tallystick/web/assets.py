"""What pages and documents need from packages, made at set-up: the font."""

import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import fontpkg_ibm_plex_sans
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# Google's latin and latin-ext sets, and the arrows and signs that the pages write.
_RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x0259, 0x0259),
    (0x02B0, 0x02DD),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x2044),
    (0x20A0, 0x20C0),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
)


_PRINT_WEIGHTS = {"Regular": 400, "SemiBold": 600}
"""A typeset document asks for a weight by its name, which a variable font does not have."""


def build_assets(directory: Path) -> list[Path]:
    """Write the fonts of pages and of documents, unless they are there; return their paths."""
    fonts = directory / "fonts"
    made: dict[Path, Callable[[TTFont], TTFont]] = {fonts / "plex-sans.woff2": _for_pages} | {
        fonts / "print" / f"plex-sans-{name.lower()}.ttf": partial(_for_print, weight)
        for name, weight in _PRINT_WEIGHTS.items()
    }
    missing = [target for target in made if not target.is_file()]
    if missing:
        letters = _upright_subset()
        for target in missing:
            _write(made[target](TTFont(BytesIO(letters))), target)
    return list(made)


def _write(font: TTFont, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # A process that is stopped half-way must not leave half a font.
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        font.save(part)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)


def _for_pages(font: TTFont) -> TTFont:
    """Return one width and all weights from 100 to 700."""
    instantiateVariableFont(font, {"wdth": 100}, inplace=True)
    font.flavor = "woff2"
    return font


def _for_print(weight: int, font: TTFont) -> TTFont:
    """Return one weight of one width, under its own name."""
    axes = {"wdth": 100, "wght": weight}
    return instantiateVariableFont(font, axes, inplace=True, updateFontNames=True)


def _upright_subset() -> bytes:
    source = fontpkg_ibm_plex_sans.ROOT / "files" / "IBMPlexSans[wdth,wght].ttf"
    font = TTFont(source)
    options = Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in _RANGES for code in range(low, high + 1)])
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()
