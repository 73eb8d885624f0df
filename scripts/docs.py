"""Make the generated pages of docs/ anew; with --check, name what is stale or leads nowhere."""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import django
from docpages.commands import commands_page
from docpages.links import broken_links
from docpages.lint import lint_page
from docpages.nouns import stored_nouns, with_fresh_part
from docpages.operations import openapi_file, operations_page
from docpages.refusals import refusals_page
from docpages.roles import roles_page
from docpages.schemas import schemas

from tallystick.engine.guardrails.pages import FOLDER, pages

ROOT = Path(__file__).resolve().parents[1]


def generated(root: Path) -> dict[Path, str]:
    """Return every generated page with its text; Django is awake."""
    reference = root / "docs" / "reference"
    texts = {reference / "schemas" / name: text for name, text in schemas().items()}
    texts |= {root / FOLDER / name: text for name, text in pages().items()}
    texts |= {
        reference / "commands.md": commands_page(),
        reference / "lint.md": lint_page(),
        reference / "refusals.md": refusals_page(),
        reference / "roles.md": roles_page(),
        reference / "operations.md": operations_page(),
        reference / "schemas" / "openapi.json": openapi_file(),
    }
    return texts | _nouns(root)


def _nouns(root: Path) -> dict[Path, str]:
    paths = {name: root / "docs" / "nouns" / f"{name}.md" for name in stored_nouns()}
    return {
        path: with_fresh_part(name, path.read_text(encoding="utf-8"))
        for name, path in paths.items()
        if path.exists()  # one that is missing fails a test, with a better word than ours
    }


def stale(texts: Mapping[Path, str]) -> list[Path]:
    """Return the files that are not there or do not hold their text."""
    return [
        path
        for path, text in texts.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def write(texts: Mapping[Path, str]) -> None:
    """Write each text to its file."""
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def check(root: Path, texts: Mapping[Path, str]) -> int:
    """Name on standard error what is stale or leads nowhere; return the exit status."""
    problems = [f"stale: {path.relative_to(root)} (run scripts/docs.py)" for path in stale(texts)]
    problems += [f"leads nowhere: {link}" for link in broken_links(root)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def main() -> int:
    """Write, or with --check say what is wrong; return the exit status."""
    # Pages are made from code alone: no home of anybody's is looked into.
    with tempfile.TemporaryDirectory(prefix="tallystick-docs-") as home:
        os.environ["TALLYSTICK_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallystick.site.settings")
        django.setup()
        if "--check" in sys.argv[1:]:
            return check(ROOT, generated(ROOT))
        write(generated(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
