"""Signed notes and checkpoints, as other programs write them."""

import pytest

from tallystick.engine.ledger.checkpoints import Head, read_checkpoint, sign_head
from tallystick.engine.ledger.notes import (
    KeyUnreadable,
    NoteUnreadable,
    NotSigned,
    SigningKey,
    VerifierKey,
    open_note,
    read_key,
)
from tests.engine.ledger.makers import KEY, ORIGIN

# The example of Go's package golang.org/x/mod/sumdb/note, where the format comes from.
PETERS_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETERS_NOTE = (
    f"{PETERS_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2"
    "pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
HEAD = Head(ORIGIN, 3, bytes(32))
NOTE = sign_head(HEAD, KEY)


def test_a_note_that_another_program_signed_is_opened() -> None:
    key = read_key(PETERS_KEY, "PeterNeumann")

    assert key.text == PETERS_KEY
    assert open_note(PETERS_NOTE, key) == PETERS_TEXT


def test_a_checkpoint_has_the_three_lines_of_the_format() -> None:
    lines = NOTE.split("\n")

    assert lines[:4] == [ORIGIN, "3", "A" * 43 + "=", ""]
    assert lines[4].startswith(f"— {ORIGIN} ")
    assert read_checkpoint(NOTE, KEY.named(ORIGIN)) == HEAD


def test_signatures_of_strangers_are_passed_over() -> None:
    witness = SigningKey(bytes(32)).sign(HEAD.text, "witness.example/w1").rpartition("\n\n")[2]

    assert read_checkpoint(NOTE + witness, KEY.named(ORIGIN)) == HEAD


def test_a_note_of_another_key_is_not_opened() -> None:
    with pytest.raises(NotSigned, match="not signed by the key"):
        open_note(NOTE, SigningKey(bytes(32)).named(ORIGIN))


def _is_believed(note: bytes) -> bool:
    try:
        read_checkpoint(note.decode(errors="replace"), KEY.named(ORIGIN))
    except (NotSigned, NoteUnreadable):
        return False
    return True


@pytest.mark.parametrize("bit", [1, 32])
def test_no_byte_of_a_checkpoint_can_be_changed(bit: int) -> None:
    raw = NOTE.encode()

    believed = [
        place
        for place, byte in enumerate(raw)
        if _is_believed(raw[:place] + bytes([byte ^ bit]) + raw[place + 1 :])
    ]

    assert believed == []


@pytest.mark.parametrize(
    "note",
    ["", "words", "a\n\n", "a\n\n— b\n", "a\n\n— b c\n", "a\n\n— b Zh==\n", "a\tb\n\n— c AAAA\n"],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(NoteUnreadable):
        open_note(note, KEY.named(ORIGIN))


@pytest.mark.parametrize(
    "text", ["one line\n", f"{ORIGIN}\n03\nAAAA\n", f"{ORIGIN}\n3\nAAAA\n", f"{ORIGIN}\n3\n!\n"]
)
def test_a_signed_note_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteUnreadable):
        read_checkpoint(KEY.sign(text, ORIGIN), KEY.named(ORIGIN))


def test_a_key_is_read_in_both_its_forms() -> None:
    bare = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="

    assert read_key(bare, ORIGIN) == read_key(KEY.named("elsewhere").text, ORIGIN)
    assert read_key(bare, ORIGIN) == VerifierKey(ORIGIN, KEY.public)


@pytest.mark.parametrize("text", ["", "x", "name+00000000+AAAA", PETERS_KEY.replace("c7", "c8")])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyUnreadable):
        read_key(text, ORIGIN)
