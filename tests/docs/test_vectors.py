"""The reader on the page of test vectors runs as it stands, and covers what it says."""

import re
import subprocess
import sys

from tests.docs.conftest import ROOT
from tests.engine.service_levels.cases import FILES, FOLDER

PAGE = ROOT / "docs" / "reference" / "test-vectors.md"


def the_reader() -> str:
    """Return the program on the page."""
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found.group(1)


def test_the_reader_agrees_with_every_case_that_it_understands() -> None:
    # -I: nothing of this repository can be imported.
    command = [sys.executable, "-I", "-c", the_reader(), str(FOLDER)]

    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout

    agree, differ = map(int, re.findall(r"\d+", told))
    assert agree >= 100
    assert differ == 0


def test_the_reader_is_short_and_uses_nothing_of_ours() -> None:
    lines = [line for line in the_reader().splitlines() if line.strip()]

    assert len(lines) <= 55
    assert "tallystick" not in the_reader()


def test_the_page_names_every_file_of_cases() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert [name for name in FILES if f"`{name}.toml`" not in page] == []
    assert [file.name for file in FOLDER.glob("*.toml") if f"`{file.name}`" not in page] == []
