"""What a party holds to verify a ledger with: the key that it noted, checkpoints that it kept."""

from pathlib import Path

from tallystick.engine.ledger.verifying import Handed


def key_of(given: str | None) -> str | None:
    """Return the key's line, of a file if there is one of that name."""
    if given and (path := Path(given)).is_file():
        return path.read_text(encoding="utf-8", errors="replace").strip()
    return given


def held_of(checkpoints: tuple[Path, ...]) -> list[Handed]:
    """Return the checkpoints of files, each named by its file."""
    return [
        Handed(path.read_text(encoding="utf-8", errors="replace"), path.name)
        for path in checkpoints
    ]
