"""Only actions write rows, and doors read them only through `visible_to`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, files_of, place, tree_of

WRITES = frozenset(
    {
        "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "save",
        "delete", "adelete", "asave",
    }
)  # fmt: skip
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
# Saving is also what fonts do.
NO_ROWS = {"web/assets.py": "saves a font file"}
DOORS = ["web", "api", "cli", "jobs"]


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def _writes_in(path: Path) -> list[str]:
    if str(path.relative_to(PRODUCT)) in NO_ROWS:
        return []
    return [
        place(path, call)
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
    ]


@pytest.mark.parametrize("folder", [*DOORS, "records", "site"])
def test_only_actions_write_rows(folder: str) -> None:
    files = files_of(folder)

    assert files
    assert [write for path in files for write in _writes_in(path)] == []


def _unscoped_reads(tree: ast.Module) -> list[ast.Attribute]:
    """Return each use of `.objects` that is not followed by `.visible_to`."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    scoped = {id(node.value) for node in attributes if node.attr == "visible_to"}
    return [node for node in attributes if node.attr in MANAGERS and id(node) not in scoped]


@pytest.mark.parametrize("folder", ["web", "api"])
def test_doors_read_rows_only_through_visible_to(folder: str) -> None:
    files = files_of(folder)

    assert files
    assert [place(path, node) for path in files for node in _unscoped_reads(tree_of(path))] == []


def test_the_check_sees_an_unscoped_read() -> None:
    tree = ast.parse("Lesson.objects.filter(pk=1)\nLesson.objects.visible_to(viewer)\n")

    found = [node.lineno for node in _unscoped_reads(tree)]

    assert found == [1]
