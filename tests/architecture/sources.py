"""The product's own files, parsed once."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "tallystick"


def files_of(*folders: str) -> list[Path]:
    """Return the Python files under folders of the product, migrations apart."""
    return [
        path
        for folder in folders
        for path in sorted((PRODUCT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    """Return `folder/file.py:line`."""
    return f"{path.relative_to(PRODUCT)}:{getattr(node, 'lineno', 0)}"
