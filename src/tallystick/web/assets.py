"""What the pages need from packages, made at set-up: the font."""

import tempfile
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


def build_assets(directory: Path) -> Path:
    """Write `fonts/plex-sans.woff2` under the directory, unless it is there; return its path."""
    target = directory / "fonts" / "plex-sans.woff2"
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    font = _upright_subset()
    # A process that is stopped half-way must not leave half a font.
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        font.save(part)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)
    return target


def _upright_subset() -> TTFont:
    source = fontpkg_ibm_plex_sans.ROOT / "files" / "IBMPlexSans[wdth,wght].ttf"
    font = TTFont(source)
    options = Options(flavor="woff2", layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in _RANGES for code in range(low, high + 1)])
    subsetter.subset(font)
    # The pages use one width; all weights from 100 to 700 stay.
    instantiateVariableFont(font, {"wdth": 100}, inplace=True)
    font.flavor = "woff2"
    return font
