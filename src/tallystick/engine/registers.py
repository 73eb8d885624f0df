"""A register of lessons kept elsewhere (CSV or .xlsx) -> lessons to be, row by row."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.intake.files import TooLarge
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.table import RawTable, open_table
from tallystick.engine.intake.text import NulInText, Undecodable
from tallystick.engine.intake.words import plain
from tallystick.engine.lessons.causes import Cause, LessonKind, WasARisk
from tallystick.engine.refusals import Refusal

MOST_ROWS, LONGEST, LONGEST_TITLE = 5_000, 20_000, 160
NOT_TOLD = "Not told in the register."

_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What programs put for a new line within a cell; a spreadsheet's own is among them."""

COLUMN_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title", "lesson", "lesson learned", "summary", "titulo", "leccion", "titel"),
        "context": ("context", "project", "engagement", "background", "contexto", "proyecto"),
        "what_happened": (
            "what happened", "event", "driving event", "description", "issue", "observation",
            "que paso", "descripcion", "evento", "beschreibung", "ereignis",
        ),
        "root_cause": (
            "root cause", "cause", "causes", "trigger", "causa raiz", "causa", "ursache",
        ),
        "effect": (
            "effect", "impact", "consequence", "cost", "efecto", "impacto", "costo", "auswirkung",
            "kosten",
        ),
        "preventive_action": (
            "recommendation", "recommendations", "preventive action", "prevention",
            "corrective action", "action",
            "recomendacion", "accion preventiva", "empfehlung", "massnahme",
        ),
        "warning_signs": (
            "early warning signs", "early warning indicators", "warning signs", "indicators",
            "senales de alerta", "fruhwarnzeichen",
        ),
        "cause": ("cause code", "cause category", "category", "categoria", "kategorie"),
        "kind": ("type", "kind", "positive or negative", "tipo", "typ"),
        "was_a_risk": ("was it a risk", "previously identified as a risk", "risk", "riesgo"),
        "stages": ("stage", "phase", "stages", "fase", "etapa", "phasen"),
        "service_types": ("service", "service type", "servicio", "leistung"),
    }
)  # fmt: skip
"""The headings of usual registers (the PRINCE2 lessons log among them), the surest first."""

_WORDS: Mapping[str, Mapping[Any, tuple[str, ...]]] = {
    "kind": {
        LessonKind.POSITIVE: ("positive", "good", "went well", "positivo", "positiva", "positiv"),
        LessonKind.NEGATIVE: ("negative", "bad", "went wrong", "negativo", "negativa", "negativ"),
    },
    "was_a_risk": {
        WasARisk.YES: ("yes", "y", "true", "si", "ja", "1"),
        WasARisk.NO: ("no", "n", "false", "nein", "0"),
    },
    "cause": {each: (each.value, each.words) for each in Cause},
}


class NoLessonColumn(Refusal):
    """No column of the file says what happened."""

    code = "register.no-lesson-column"


class TooManyLessons(Refusal):
    """The register is longer than one import takes."""

    code = "register.too-many-rows"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """
    A row: the line it starts on, the lesson's fields by name, and what is wrong with it.

    `left_out` are values that fit no field; they do not keep the row out.
    """

    line: int
    fields: Mapping[str, Any]
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """Return what tells two rows of the same lesson from two lessons."""
        return identity_of(self.fields["title"], self.fields["what_happened"])


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it was read: its header, which column tells each field, and its rows."""

    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows: list[RegisterRow] = field(default_factory=list)

    @property
    def good(self) -> list[RegisterRow]:
        """Return the rows that can become lessons."""
        return [row for row in self.rows if not row.problems]


def identity_of(title: str, what_happened: str) -> str:
    """Return a lesson's words without case and spacing, to find the same one again."""
    return "|".join(
        " ".join(unicodedata.normalize("NFKC", text).casefold().split())
        for text in (title, what_happened)
    )


def read_register(path: Path, columns: Mapping[str, str] | None = None) -> Register:
    """
    Read a register; `columns` names the column of each field, else they are guessed.

    A row without what happened is kept out with its reason; a title that is missing is the first
    sentence of it.

    Raises:
        NoLessonColumn, TooManyLessons, and whatever `open_table` refuses a file for
    """
    with _opened(path) as table:
        used = _checked(columns, table.header) if columns is not None else _guessed(table.header)
        if "what_happened" not in used:
            raise NoLessonColumn(
                "No column tells what happened.",
                place="columns",
                remedy="Choose the column that does.",
            )
        places = {name: table.header.index(column) for name, column in used.items()}
        rows = list(_rows(table.rows, places, len(table.header)))
    if len(rows) > MOST_ROWS:
        raise _too_many()
    return Register(table.header, used, rows)


def read_header(path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """
    Return the header of a register, and the column of each field as it is guessed.

    Raises:
        Refusal: whatever `open_table` refuses a file for.
    """
    with _opened(path) as table:
        return table.header, _guessed(table.header)


@contextmanager
def _opened(path: Path) -> Iterator[RawTable]:
    """Open a register; what is refused is refused in words that fit one."""
    try:
        with open_table(path, limits=Limits(max_rows=MOST_ROWS + 1)) as table:
            yield table
    except (Undecodable, NulInText) as refusal:
        refusal.remedy = "Save it again as .xlsx, or as CSV in the encoding UTF-8."
        raise
    except TooLarge as refusal:
        if "rows" not in refusal.message:
            raise
        raise _too_many() from refusal


def _too_many() -> TooManyLessons:
    return TooManyLessons(
        f"The register has more than {MOST_ROWS:,} rows.",
        place="file",
        remedy="Split it into several files.",
    )


def _checked(columns: Mapping[str, str], header: Sequence[str]) -> dict[str, str]:
    return {
        name: column
        for name, column in columns.items()
        if name in COLUMN_WORDS and column in header
    }


def _guessed(header: Sequence[str]) -> dict[str, str]:
    """Return the column of each field whose heading is known; each column tells one field."""
    known = {plain(column): column for column in reversed(header)}
    found: dict[str, str] = {}
    for name, names in COLUMN_WORDS.items():
        hits = [known[word] for word in names if word in known]
        free = [column for column in hits if column not in found.values()]
        if free:
            found[name] = free[0]
    return found


def _rows(
    rows: Iterable[tuple[int, list[str]]], places: Mapping[str, int], width: int
) -> Iterator[RegisterRow]:
    seen: dict[str, int] = {}
    for line, cells in rows:
        # A cell that is not there is empty; one too many means that a comma split a text.
        told = {n: _kept(cells[at]) if at < len(cells) else "" for n, at in places.items()}
        row = _row(line, told)
        if len(cells) > width:
            reason = f"It has {len(cells)} cells under {width} headings: quote texts with commas."
            row = RegisterRow(line, row.fields, (reason,), row.left_out)
        first = seen.setdefault(row.identity, line)
        if first != line and not row.problems:
            row = RegisterRow(line, row.fields, (f"It repeats line {first}.",), row.left_out)
        yield row


def _kept(cell: str) -> str:
    """Return a cell as it is stored: what stands for a new line is one, no other control sign."""
    text = _BREAKS.sub("\n", cell)
    return "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc"
    ).strip()


def _row(line: int, told: Mapping[str, str]) -> RegisterRow:
    problems, left_out = [], []
    what = told["what_happened"]
    title = told.get("title") or _first_sentence(what)
    fields: dict[str, Any] = {
        "title": title[:LONGEST_TITLE],
        "context": told.get("context") or NOT_TOLD,
        "what_happened": what,
        "effect": told.get("effect") or NOT_TOLD,
    }
    for name in ("root_cause", "preventive_action", "warning_signs"):
        fields[name] = told.get(name, "")
    for name, words in _WORDS.items():
        value = _one_of(told.get(name, ""), words)
        fields |= {name: value} if value else {}
        if told.get(name) and not value:
            left_out.append(f"{name.replace('_', ' ')}: {told[name]}")
    for name, kinds in (("stages", Stage), ("service_types", ServiceType)):
        fields[name], unknown = _several(told.get(name, ""), kinds)
        left_out += [f"{name.replace('_', ' ')}: {word}" for word in unknown]
    if not what:
        problems.append("It does not say what happened.")
    problems += [
        f"“{name.replace('_', ' ').capitalize()}” has more than {LONGEST:,} characters."
        for name, text in fields.items()
        if isinstance(text, str) and len(text) > LONGEST
    ]
    return RegisterRow(line, fields, tuple(problems), tuple(left_out))


def _first_sentence(text: str) -> str:
    first = text.split("\n")[0].split(". ")[0]
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"


def _one_of(told: str, words: Mapping[Any, tuple[str, ...]]) -> Any:
    for value, names in words.items():
        if plain(told) in {plain(name) for name in names}:
            return value
    return None


def _several(told: str, kinds: Any) -> tuple[list[str], list[str]]:
    """Return the kinds that a cell lists, and the words that name none."""
    found, unknown = [], []
    for word in (each.strip() for each in told.replace(";", ",").split(",")):
        hits = [kind.value for kind in kinds if plain(kind.value) == plain(word)]
        found += hits
        unknown += [word] if word and not hits else []
    return found, unknown
