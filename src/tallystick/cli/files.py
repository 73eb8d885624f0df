"""What commands ask of a path, and how they write a folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def a_file() -> click.Path:
    """Return the type of an argument that is a readable file."""
    return click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """
    Give a folder to write to, whose files move to `target` once all of them are written.

    Whatever stops the work before, an interrupt too, leaves `target` as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        yield Path(folder)
        target.mkdir(exist_ok=True)
        for file in sorted(Path(folder).iterdir()):
            file.replace(target / file.name)
