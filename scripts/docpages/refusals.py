"""Every way to be declined: the codes of all Refusal classes, and those given one by one."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import tallystick
from docpages.tables import NOTE, table
from tallystick.engine.refusals import Refusal

SOURCE = Path(tallystick.__file__).parent
# Addresses and the server's door are wires: importing them wakes every page at once.
# What runs on Apache Spark needs a package that is an extra; it refuses nothing of its own.
_NOT_WALKED = re.compile(
    r"tallystick\.(site\.(\w*urls|wsgi)|records\.migrations\b.*|engine\.spark\..*)"
)
_FINDINGS = "engine/service_levels/lint/"
"""What is found in a document is not declined; it has a page of its own."""
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*")
_BLANK = re.compile(r"\{\w*(?:!r)?\}")
_ROWS = "row"
"""What the codes of rejected rows start with; they have no class, since nothing is raised."""
_SUFFIXES = (".html", ".md", ".json", ".csv", ".toml", ".parquet", ".css", ".js", ".svg", ".name")


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code, what it means, and the file that gives it."""

    code: str
    meaning: str
    file: str

    @property
    def family(self) -> str:
        """Return the part before the dot."""
        return self.code.split(".")[0]


def refusals_page() -> str:
    """Return docs/reference/refusals.md."""
    codes = all_codes()
    rows = [code for code in codes if code.family == _ROWS]
    others = [code for code in codes if code.family != _ROWS]
    return f"""{NOTE}
# Refusal codes

What cannot be done is declined with a *code* that does not change, the *place* (a row, a column,
a path in a document, an option), a sentence, and a *remedy*. On the command line it stands on
standard error and the exit status is 2; a page shows it beside the field; the
[REST interface](rest.md) answers with `code`, `message`, `place` and `remedy`.

{_table(others)}
## Rejected rows

These decline one row of an imported file, never the file. They stand beside the row in the file of
rejected rows, in the column `tallystick_reason`.

{_table(rows)}"""


def all_codes() -> list[Code]:
    """Return every code once, in order; the words of a class go before those of a call."""
    of_classes = {code.code: code for code in _of_classes()}
    families = {code.family for code in of_classes.values()} | {_ROWS}
    # Of several calls with one code, the one that says most.
    calls = sorted(_of_calls(families), key=lambda code: (len(code.meaning), code))
    of_calls = {code.code: code for code in calls}
    return sorted((of_calls | of_classes).values())


def _of_classes() -> Iterator[Code]:
    for module in walk_packages([str(SOURCE)], "tallystick."):
        if not _NOT_WALKED.fullmatch(module.name):
            import_module(module.name)
    for kind in _below(Refusal):
        if kind.__module__.startswith("tallystick."):
            file = kind.__module__.removeprefix("tallystick.").replace(".", "/") + ".py"
            yield Code(kind.code, (kind.__doc__ or "").strip(), file)


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    # An inherited code is the parent's; it is listed there.
    for child in kind.__subclasses__():
        if "code" in vars(child):
            yield child
        yield from _below(child)


def _of_calls(families: set[str]) -> Iterator[Code]:
    for path in sorted(SOURCE.rglob("*.py")):
        file = path.relative_to(SOURCE).as_posix()
        if file.startswith(_FINDINGS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = _parts(node)
            for code in (each for part in parts for each in _codes_in(part)):
                if code.split(".")[0] in families and (words := _words(parts)):
                    yield Code(code, words, file)


def _parts(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    return list(node.elts) if isinstance(node, ast.Tuple) else []


def _codes_in(part: ast.expr) -> list[str]:
    chosen = [part.body, part.orelse] if isinstance(part, ast.IfExp) else [part]
    return [
        each.value
        for each in chosen
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and _CODE.fullmatch(each.value)
        and not each.value.endswith(_SUFFIXES)
    ]


def _words(parts: list[ast.expr]) -> str:
    """Return the sentences of a call, with … for what is filled in."""
    texts = [_text(each) for each in parts]
    sentences = [text.strip() for text in texts if " " in text.strip()]
    whole = " ".join(text[:1].upper() + text[1:].rstrip(".") + "." for text in sentences)
    return _BLANK.sub("…", whole)


def _text(part: ast.expr) -> str:
    if isinstance(part, ast.IfExp):
        return _text(part.body)
    if isinstance(part, ast.JoinedStr):
        return "".join(map(_text, part.values))
    if isinstance(part, ast.FormattedValue):
        return "…"
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""


def _table(codes: list[Code]) -> str:
    return table(
        ("Code", "Meaning", "Given in"),
        [
            (f"`{each.code}`", each.meaning, f"[{each.file}](../../src/tallystick/{each.file})")
            for each in codes
        ],
    )
