"""Bring along a register of lessons that is kept elsewhere: tried out, or imported."""

from collections.abc import Mapping
from datetime import UTC, datetime

from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from tallystick.actions.drop_register import drop_register
from tallystick.actions.import_lessons import Sorted, import_lessons, sort_register
from tallystick.actions.receive_register import receive_register
from tallystick.actions.receive_upload import safe_name
from tallystick.api.lookup import ViewerRequest
from tallystick.api.routing import Operations
from tallystick.api.values import In, OptionalWords, Out
from tallystick.engine.documents import parse_document
from tallystick.engine.refusals import Refusal
from tallystick.engine.registers import COLUMN_WORDS, RegisterRow
from tallystick.records.lessons import Lesson
from tallystick.records.store import registers_of

operations = Operations(tags=["Lessons"])

MOST_ROWS_TOLD = 100


class UnknownPart(Refusal):
    """The columns name a part that no lesson has."""

    code = "register.unknown-part"


class Register(In):
    """How to read the file, and whether to store what it tells."""

    columns: OptionalWords = Field(
        "",
        description="Which column tells each part, as a JSON object such as "
        '`{"title": "Lesson", "what_happened": "Event"}`; guessed by their headings if empty.',
    )
    dry_run: bool = Field(False, description="Tell what would become of each row, store nothing.")


class RowKeptOut(Out):
    """A row that cannot become a lesson, and why."""

    line: int
    reasons: list[str]


class RowLeftOut(Out):
    """Values of a row that fit no field; its lesson is taken without them."""

    line: int
    values: list[str]


class LessonsImport(Out):
    """What becomes of the rows; `lessons` are the ids of those stored, none in a dry run."""

    digest: str
    columns: dict[str, str] = Field(description="Which column told each part.")
    new: int
    held: int = Field(description="Rows whose lesson you hold already; they stay as they are.")
    kept_out: int
    rows_kept_out: list[RowKeptOut] = Field(description=f"The first {MOST_ROWS_TOLD} of them.")
    rows_left_out: list[RowLeftOut] = Field(description=f"The first {MOST_ROWS_TOLD} of them.")
    lessons: list[str]


@operations.acts("/lessons/import", "import_lessons", LessonsImport)
def import_(
    request: ViewerRequest, file: File[UploadedFile], about: Form[Register]
) -> LessonsImport:
    """
    Import a register of lessons, CSV or .xlsx, all of its new rows or none.

    The same file again imports nothing twice and says so.
    """
    columns = _columns(about.columns)
    before = registers_of(request.viewer.organisation)
    digest = receive_register(file=file, by=request.viewer)
    try:
        tried = sort_register(digest, columns, request.viewer)
        made = [] if about.dry_run else _imported(request, digest, columns, file.name or "")
    finally:
        # A program sends the file again; only what somebody tries out on a page waits on.
        if digest not in before:
            drop_register(digest=digest, by=request.viewer)
    return _told(digest, tried, made)


def _imported(
    request: ViewerRequest, digest: str, columns: Mapping[str, str] | None, name: str
) -> list[Lesson]:
    return import_lessons(
        digest=digest,
        columns=columns,
        name=safe_name(name),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )


def _told(digest: str, tried: Sorted, made: list[Lesson]) -> LessonsImport:
    return LessonsImport(
        digest=digest,
        columns=dict(tried.register.columns),
        new=len(tried.new),
        held=len(tried.held),
        kept_out=len(tried.kept_out),
        rows_kept_out=[
            RowKeptOut(line=row.line, reasons=list(row.problems))
            for row in tried.kept_out[:MOST_ROWS_TOLD]
        ],
        rows_left_out=_left_out(tried.new),
        lessons=[lesson.public_id for lesson in made],
    )


def _columns(told: str) -> Mapping[str, str] | None:
    """Return which column tells each part, None where they are to be guessed."""
    if not told:
        return None
    columns: object = parse_document(told, "columns")
    if not isinstance(columns, dict) or not columns:
        raise UnknownPart(
            "The columns are no object of parts and columns.",
            place="columns",
            remedy='Write them like {"title": "Lesson", "what_happened": "Event"}.',
        )
    wrong = [name for name, column in columns.items() if not _names(name, column)]
    if wrong:
        raise UnknownPart(
            f"The columns name {wrong[0]!r}, which is no part of a lesson, or no column for it.",
            place="columns",
            remedy=f"Name a column for any of {', '.join(COLUMN_WORDS)}.",
        )
    return columns


def _names(part: object, column: object) -> bool:
    return part in COLUMN_WORDS and isinstance(column, str)


def _left_out(rows: list[RegisterRow]) -> list[RowLeftOut]:
    told = [row for row in rows if row.left_out][:MOST_ROWS_TOLD]
    return [RowLeftOut(line=row.line, values=list(row.left_out)) for row in told]
