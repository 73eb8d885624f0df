"""What commands ask of a path."""

from pathlib import Path

import click


def a_file() -> click.Path:
    """Return the type of an argument that is a readable file."""
    return click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
