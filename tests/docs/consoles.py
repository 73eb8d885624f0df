"""The console blocks of Markdown pages: commands, and what they are said to print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROMPT = "$ "


@dataclass(frozen=True, slots=True)
class Call:
    """One command of a page, with the lines that the page shows below it."""

    page: str
    command: str
    shown: str


def calls_of(page: str, text: str) -> Iterator[Call]:
    """Give the commands of each console block in order; a last backslash joins two lines."""
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield Call(page, " ".join(command.split()), shown)


def calls_in(paths: list[Path], root: Path) -> list[Call]:
    """Return the commands of several pages."""
    return [
        call
        for path in paths
        for call in calls_of(str(path.relative_to(root)), path.read_text(encoding="utf-8"))
    ]
