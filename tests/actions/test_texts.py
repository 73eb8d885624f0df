import pytest

from tallystick.actions.texts import TextNeeded, TextTooLong, checked
from tallystick.actions.write_note import write_note
from tallystick.records.notes import InternalNote
from tests.cast import TODAY, Cast, an_engagement


def test_a_text_is_trimmed_and_composed() -> None:
    assert checked("  Cafe\u0301 \n", "name") == "Café"


def test_control_characters_are_left_out_and_lines_stay() -> None:
    assert checked("a\x00b\r\nc\x1b", "text") == "ab\nc"


def test_nothing_turns_the_words_that_stand_beside() -> None:
    assert checked("Pay \u202egnp.exe\u2066 \u05e9\u05dc\u200f 👩\u200d🔧", "title") == (
        "Pay gnp.exe \u05e9\u05dc\u200f 👩\u200d🔧"
    )


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00"])
def test_nothing_is_no_text(text: str) -> None:
    with pytest.raises(TextNeeded) as refused:
        checked(text, "root_cause")

    assert refused.value.place == "root_cause"


def test_a_megabyte_is_too_long() -> None:
    with pytest.raises(TextTooLong, match="1,000,000 characters"):
        checked("x" * 1_000_000, "context")


@pytest.mark.django_db
def test_a_note_of_blanks_is_not_kept(cast: Cast) -> None:
    with pytest.raises(TextNeeded):
        write_note(engagement=an_engagement(), text=" ", by=cast.ada, as_of=TODAY)

    assert not InternalNote.objects.exists()
