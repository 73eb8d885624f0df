"""A file is read in one sitting, a function in one breath."""

import ast

from tests.architecture.sources import PRODUCT, files_of, place, tree_of

LONGEST_FILE = 300
LONGEST_FUNCTION = 50

# Files that read better whole, each with its reason.
LONGER_FOR_A_REASON: dict[str, str] = {}


def test_every_file_is_read_in_one_sitting() -> None:
    lengths = {
        str(path.relative_to(PRODUCT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files_of(".")
    }

    long = {name for name, lines in lengths.items() if lines > LONGEST_FILE}

    assert long == set(LONGER_FOR_A_REASON)


def test_every_function_is_read_in_one_breath() -> None:
    long = [
        place(path, node)
        for path in files_of(".")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(PRODUCT))
        for path in files_of(".")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]

    assert silent == []
