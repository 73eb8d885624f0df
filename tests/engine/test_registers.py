"""A register of lessons from elsewhere, read row by row."""

from pathlib import Path

import openpyxl
import pytest

from tallystick.engine.lessons.causes import Cause, LessonKind, WasARisk
from tallystick.engine.refusals import Refusal
from tallystick.engine.registers import (
    MOST_ROWS,
    NOT_TOLD,
    NoLessonColumn,
    TooManyLessons,
    read_header,
    read_register,
)

REGISTER = """Lesson,Event,Root cause,Impact,Recommendation,Type,Was it a risk?,Phase,Category
Name the holidays,Easter was a breach.,None written.,Noise,Write,Bad,No,"agree, x",decision-late
,The pilot went well. Everybody came.,,,,Went well,maybe,Deliver,Sunspots
Nothing said,,,,,,,,
Name  the HOLIDAYS,easter was a breach.,,,,,,,
"""


def a_file(folder: Path, text: str, name: str = "register.csv") -> Path:
    """Return a file with a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_headings_of_a_usual_register_are_known(tmp_path: Path) -> None:
    header, columns = read_header(a_file(tmp_path, REGISTER))

    assert header[0] == "Lesson"
    assert columns == {
        "title": "Lesson",
        "what_happened": "Event",
        "root_cause": "Root cause",
        "effect": "Impact",
        "preventive_action": "Recommendation",
        "cause": "Category",
        "kind": "Type",
        "was_a_risk": "Was it a risk?",
        "stages": "Phase",
    }


def test_spanish_headings_are_known(tmp_path: Path) -> None:
    _, columns = read_header(a_file(tmp_path, "Título,¿Qué pasó?,Causa raíz,Fase\na,b,c,d\n"))

    assert set(columns) == {"title", "what_happened", "root_cause", "stages"}


def test_each_row_becomes_a_lesson_or_says_why_not(tmp_path: Path) -> None:
    register = read_register(a_file(tmp_path, REGISTER))
    first, second, third, fourth = register.rows

    assert (first.line, first.problems) == (2, ())
    assert first.fields["cause"] is Cause.DECISION_LATE
    assert first.fields["was_a_risk"] is WasARisk.NO
    assert first.fields["stages"] == ["agree"]
    assert first.left_out == ("stages: x",)
    assert second.fields["title"] == "The pilot went well"
    assert second.fields["kind"] is LessonKind.POSITIVE
    assert second.fields["effect"] == NOT_TOLD
    assert second.left_out == ("was a risk: maybe", "cause: Sunspots")
    assert third.problems == ("It does not say what happened.",)
    assert fourth.problems == ("It repeats line 2.",)
    assert register.good == [first, second]


def test_letters_of_every_script_tell_lessons_apart(tmp_path: Path) -> None:
    rows = "title,event\n課題,遅延\n教訓,遅延\nدرس,خطأ\n"

    assert len(read_register(a_file(tmp_path, rows)).good) == 3


def test_a_workbook_is_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (("Title", "Description"), ("Call them", "Nobody called."), ("=1+1", "A formula.")):
        sheet.append(line)
    sheet["A3"].data_type = "s"
    book.save(tmp_path / "r.xlsx")

    rows = read_register(tmp_path / "r.xlsx").rows

    assert [row.fields["title"] for row in rows] == ["Call them", "=1+1"]


def test_a_description_of_a_megabyte_keeps_its_row_out(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"title,event\nLong,{'x' * 100_000}\n")

    assert read_register(path).rows[0].problems == (
        "“What happened” has more than 20,000 characters.",
    )


@pytest.mark.parametrize(
    ("text", "columns", "refusal"),
    [
        ("title,notes\na,b\n", None, NoLessonColumn),
        ("title,event\na,b\n", {"title": "title"}, NoLessonColumn),
        ("title,event\na,b\n", {"what_happened": "not there"}, NoLessonColumn),
        ("title,event\n", None, Refusal),
        ('title,event\n"a,b\n', None, Refusal),
        ("title,event\n" + "a,b\n" * (MOST_ROWS + 1), None, TooManyLessons),
        ("title,event\n" + "a,b\n" * (MOST_ROWS + 5), None, TooManyLessons),
    ],
    ids=["unknown", "not-chosen", "no-such", "no-rows", "open-quote", "one-more", "many-more"],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, text: str, columns: dict[str, str] | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        read_register(a_file(tmp_path, text), columns)


def test_a_row_that_is_too_short_or_too_long_is_no_fault_of_ours(tmp_path: Path) -> None:
    path = a_file(tmp_path, "title,event,cause\nShort,It broke\nA,b,c,d\nBare\n")

    short, long, bare = read_register(path).rows

    assert (short.fields["root_cause"], short.problems) == ("", ())
    assert long.problems == ("It has 4 cells under 3 headings: quote texts with commas.",)
    assert bare.problems == ("It does not say what happened.",)


@pytest.mark.parametrize("sign", ["\r", "\v", "\f", "\x85", "\u2028"])
def test_what_stands_for_a_new_line_is_one(tmp_path: Path, sign: str) -> None:
    path = a_file(tmp_path, f'title,event\nCall,"once{sign}twice"\n')

    assert read_register(path).rows[0].fields["what_happened"] == "once\ntwice"


def test_a_cell_of_control_signs_alone_is_empty(tmp_path: Path) -> None:
    first, second = read_register(a_file(tmp_path, "title,event\n\x07,It broke\na,\x01\n")).rows

    assert (first.fields["title"], first.problems) == ("It broke", ())
    assert second.problems == ("It does not say what happened.",)


@pytest.mark.parametrize("text", [b"title,event\nM\xfcnchen,a\n", b"t\0,e\0\n"])
def test_a_text_in_another_encoding_is_told_what_to_do(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "r.csv").write_bytes(text)

    with pytest.raises(Refusal) as refused:
        read_register(tmp_path / "r.csv")

    assert refused.value.remedy == "Save it again as .xlsx, or as CSV in the encoding UTF-8."
