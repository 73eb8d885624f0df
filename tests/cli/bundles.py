"""A bundle as somebody else hands it over: its files changed, with or without their digests."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tallystick.cli.main import main
from tallystick.engine.canonical import canonical_bytes, digest

Files = dict[str, bytes]


def verified(path: Path, *options: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["verify", str(path), *options])


def rewritten(path: Path, change: Callable[[Files], None]) -> Path:
    """Return a copy of a bundle with its files changed."""
    files = files_of(path)
    change(files)
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def restated(files: Files, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the bundle says of itself."""
    document = json.loads(files["bundle.json"])
    change(document)
    files["bundle.json"] = canonical_bytes(document)


def files_of(path: Path) -> Files:
    """Return what a bundle holds."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_its_digest(path: Path, name: str, data: bytes) -> Path:
    """Return a copy of a bundle with another file, of which the bundle states the digest."""

    def swapped(files: Files) -> None:
        files[name] = data
        restated(files, lambda document: _told(document, name, digest(data)))

    return rewritten(path, swapped)


def _told(document: dict[str, Any], name: str, told: str) -> None:
    document["files"][name] = told
    if name == "agreement.json":
        document["agreement"] = told
