"""Markdown pages -> their relative links and anchors that lead nowhere."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HTML = re.compile(r"\b(?:src|srcset|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_OUTWARD = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_NOT_OURS = {".venv", ".git", "var", "build", "node_modules", "dist"}


def markdown_files(root: Path) -> list[Path]:
    """Return every page of the project, hidden and generated folders apart."""
    return [
        path
        for path in sorted(root.rglob("*.md"))
        if not any(
            part in _NOT_OURS or part.startswith(".") for part in path.relative_to(root).parts
        )
    ]


def broken_links(root: Path) -> list[str]:
    """Return `page: target` for each relative link whose file or heading is not there."""
    return [
        f"{page.relative_to(root)}: {target}"
        for page in markdown_files(root)
        for target in _targets(page)
        if not _leads_somewhere(page, target)
    ]


def anchors_of(page: Path) -> set[str]:
    """Return the anchors that the headings of a page get."""
    seen: dict[str, int] = {}
    anchors: set[str] = set()
    for heading in _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        name = _anchor(heading)
        count = seen.get(name, 0)
        anchors.add(f"{name}-{count}" if count else name)
        seen[name] = count + 1
    return anchors


def _targets(page: Path) -> Iterator[str]:
    text = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    for target in (*_LINK.findall(text), *_HTML.findall(text)):
        if not _OUTWARD.match(target):
            yield target


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = page if not path else page.parent / path
    if not file.exists():
        return False
    return not anchor or (file.suffix == ".md" and anchor in anchors_of(file))


def _anchor(heading: str) -> str:
    """Return the anchor that a heading gets on the usual forges."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    kept = [
        letter
        for letter in shown.lower()
        if letter in "-_ " or unicodedata.category(letter)[0] in {"L", "N"}
    ]
    return "".join(kept).strip().replace(" ", "-")
