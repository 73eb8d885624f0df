"""Each damage that can be done to a ledger is found, and the first bad entry is named."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.ledger.entries import Act, Place, Sealed, seal
from tallystick.engine.ledger.exports import entry_line
from tallystick.engine.ledger.notes import KeyUnreadable, SigningKey
from tallystick.engine.ledger.report import Report
from tallystick.engine.ledger.verifying import Handed, verify, verify_export
from tests.engine.ledger.makers import KEY, ORIGIN, START, checkpoint, entries, export

CHAIN = entries(8)
LINES = export(CHAIN)


def held(*notes: str) -> list[Handed]:
    """Return checkpoints as a party holds them."""
    return [Handed(note, "held") for note in notes]


def said(report: Report) -> str:
    """Return what a report says is wrong."""
    return " ".join(fault.sentence for fault in report.faults)


def verified(chain: Sequence[Sealed], *notes: str) -> Report:
    """Verify an export whose operator can sign whatever he likes."""
    return verify_export(export(chain), held(*notes), KEY.named(ORIGIN).text)


def test_an_untouched_ledger_is_sound() -> None:
    report = verify_export(LINES, held(checkpoint(CHAIN, 3)), KEY.named(ORIGIN).text)

    assert report.sound
    assert (report.head.size, report.covered, report.checkpoints) == (8, 8, 2)


def test_an_empty_ledger_is_sound() -> None:
    assert verify_export(export([])).sound


def _flips(line: bytes) -> list[tuple[int, bytes]]:
    """Return a line with one bit of each byte changed, its newline apart."""
    return [
        (place, line[:place] + bytes([line[place] ^ bit]) + line[place + 1 :])
        for place in range(len(line) - 1)
        for bit in (1, 32)
    ]


def first_bad(lines: Sequence[bytes]) -> int | None:
    """Return the entry that verification blames first."""
    return next((fault.entry for fault in verify_export(lines).faults), None)


@pytest.mark.parametrize("number", [1, 5, 7])
def test_each_byte_of_each_column_of_an_entry_is_guarded_and_the_entry_named(number: int) -> None:
    named = {
        first_bad([*LINES[:number], changed, *LINES[number + 1 :]])
        for _, changed in _flips(LINES[number])
    }

    assert named == {number}


def test_the_last_entry_is_guarded_by_the_checkpoint_before_and_after_it() -> None:
    lines = export(CHAIN, checkpoints=(checkpoint(CHAIN, 7), checkpoint(CHAIN)))

    named = {first_bad([*lines[:8], changed]) for _, changed in _flips(lines[8])}

    assert named == {8}


def test_each_byte_of_the_first_line_is_guarded() -> None:
    found = [
        place
        for place, changed in _flips(LINES[0])
        if verify_export([changed, *LINES[1:]], trusted=KEY.named(ORIGIN).text).sound
    ]

    assert found == []


def test_an_entry_taken_out_of_the_middle_is_missed() -> None:
    report = verify_export([*LINES[:4], *LINES[5:]])

    assert said(report) == "Entry 4 is missing before entry 5."
    assert report.faults[0].entry == 4


def test_several_entries_taken_out_are_missed() -> None:
    assert said(verify_export([*LINES[:4], *LINES[7:]])) == (
        "Entries 4 to 6 are missing before entry 7."
    )


def test_a_tail_cut_off_is_missed_by_the_checkpoint_in_the_export() -> None:
    report = verify_export(LINES[:6])

    assert said(report) == (
        "ROLLED BACK: the checkpoint of 8 entries (in the export) was handed out, and here are 5."
        " Missing: entries 6 to 8."
    )


def test_an_old_backup_put_back_is_found_by_a_checkpoint_that_a_party_holds() -> None:
    report = verified(CHAIN[:5], checkpoint(CHAIN, 6))

    assert said(report) == (
        "ROLLED BACK: the checkpoint of 6 entries (held) was handed out, and here are 5."
        " Missing: entry 6."
    )


def test_two_entries_that_changed_places_are_found() -> None:
    lines = [*LINES]
    lines[3], lines[4] = lines[4], lines[3]

    report = verify_export(lines)

    assert said(report) == "An entry that says it is entry 4 stands in place of entry 3."


def test_an_entry_of_another_ledger_is_found() -> None:
    other = entries(8, origin="tallystick/engagement/zzzzzzzzzzzz")

    report = verify_export([*LINES[:4], entry_line(other[3]), *LINES[5:]])

    assert said(report) == (
        "Entry 4 belongs to another ledger: tallystick/engagement/zzzzzzzzzzzz."
    )


def _inserted(seq: int) -> bytes:
    place = Place(ORIGIN, seq, None)
    act = Act(START, "ada", "nordwind", "test", "Engagement", "x")
    return entry_line(seal(act, place, {"sentence": "Never happened."}, bytes(16)))


def test_an_entry_put_in_does_not_follow_the_one_before() -> None:
    report = verify_export([*LINES[:4], _inserted(4), *LINES[4:]])

    assert said(report) == ("Entry 4 does not follow the entry before it: it names another hash.")


def test_an_entry_repeated_stands_twice() -> None:
    report = verify_export([*LINES[:4], LINES[3], *LINES[4:]])

    assert said(report) == "Entry 3 stands twice, the second time in place of entry 4."


def test_a_history_written_anew_from_some_entry_on_is_found_by_an_older_checkpoint() -> None:
    forged = entries(8, first=CHAIN[:4], word="Never did")

    report = verified(forged, checkpoint(CHAIN, 3), checkpoint(CHAIN, 7))

    assert said(report) == (
        "FORK: not what the checkpoint of 7 entries (held) signed. Changed among: entries 4 to 7."
    )
    assert report.faults[0].entry == 4


def test_two_checkpoints_of_one_size_with_different_roots_are_a_fork() -> None:
    other = checkpoint(entries(8, first=CHAIN[:2], word="Never did"))

    report = verify_export(LINES, held(other), KEY.named(ORIGIN).text)

    assert said(report).startswith(
        "FORK: the checkpoint of 8 entries (in the export) and the checkpoint of 8 entries (held)"
        " have different roots; two histories were shown."
    )


def test_a_clock_that_went_back_is_flagged_and_no_fault() -> None:
    chain = entries(3)
    act = Act(START.replace(year=2025), "ada", "nordwind", "test", "Engagement", "x")
    chain = entries(5, first=[*chain, _follows(chain, act)])

    report = verify_export(export(chain))

    assert report.sound
    assert [each.sentence for each in report.flags] == [
        "Entry 4 says 2025-07-06T09:00:00.000000Z, earlier than the entry before it "
        "(2026-07-06T09:03:00.000000Z)."
    ]


def _follows(chain: Sequence[Sealed], act: Act) -> Sealed:
    made = entries(len(chain) + 1, first=chain)[-1]
    place = Place(ORIGIN, len(chain) + 1, _prev(made))
    return seal(act, place, {"sentence": "Late."}, bytes(16))


def _prev(sealed: Sealed) -> str:
    return sealed.entry.split(b'"prev":"')[1][:64].decode()


def test_an_erased_content_leaves_the_chain_sound() -> None:
    chain = [
        Sealed(each.entry, None, None) if n in {2, 8} else each for n, each in enumerate(CHAIN, 1)
    ]

    report = verify_export(export(chain))

    assert report.sound
    assert report.erased == 2


def test_an_export_whose_head_nobody_signed_is_not_believed() -> None:
    report = verify_export(export(CHAIN, checkpoints=(checkpoint(CHAIN, 6),)))

    assert said(report) == "No checkpoint covers the entries after entry 6."


def test_an_export_of_another_key_is_not_believed() -> None:
    report = verify_export(LINES, trusted=SigningKey(bytes(32)).named(ORIGIN).text)

    assert "The export names another key" in said(report)
    assert "proves nothing: it is not signed by the key that you trust." in said(report)


def test_a_checkpoint_of_another_ledger_is_told_apart() -> None:
    other = "tallystick/engagement/zzzzzzzzzzzz"

    report = verify_export(LINES, held(checkpoint(entries(2, origin=other), origin=other)))

    assert said(report) == f"The checkpoint (held) is of another ledger: {other}."


@pytest.mark.parametrize("lines", [[], [b""], [b"\xff\xfe\n"], [b"[" * 100_000], [b"{}\n"]])
def test_what_is_no_export_is_said_to_be_none(lines: list[bytes]) -> None:
    assert said(verify_export(lines)) == "The first line is not that of an export."


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"[]\n", b"[5,null,\n", b"[" + b"9" * 9000 + b",null,{},null]\n",
     b"[2,null,{},null]\n", b"[4,null,null,null]\n", b"[3,null,[[[,null]\n", b"[99999,null,"
     + b"[" * 99_999 + b",null]\n"],
)  # fmt: skip
def test_a_line_of_any_kind_is_unreadable_and_never_a_fault_of_ours(line: bytes) -> None:
    report = verify_export([*LINES[:3], line, *LINES[3:]])

    assert said(report) == "Entry 3 cannot be read."


def test_a_trusted_key_that_is_none_is_refused() -> None:
    with pytest.raises(KeyUnreadable):
        verify_export(LINES, trusted="words")


@given(st.lists(st.sampled_from(range(1, 9)), min_size=1, max_size=10))
def test_no_choice_of_entries_but_all_in_order_is_sound(chosen: list[int]) -> None:
    report = verify_export([LINES[0], *(LINES[each] for each in chosen)])

    assert report.sound == (chosen == [*range(1, 9)])


def test_what_nobody_signed_yet_is_not_praised() -> None:
    report = verify(ORIGIN, CHAIN, held(checkpoint(CHAIN, 6)), KEY.named(ORIGIN))

    assert report.as_lines()[1:] == [
        "1 checkpoint fits; signed up to entry 6.",
        "Sound: but nobody signed yet what stands after entry 6.",
    ]


def test_a_number_beyond_all_bounds_is_a_hole_found_at_once() -> None:
    chain = entries(3)
    far = chain[2].entry.replace(b'"seq":3', b'"seq":9007199254740991')

    report = verify_export(export([*chain[:2], chain[2]._replace(entry=far)]))

    assert (
        said(report) == "Entries 3 to 9007199254740990 are missing before entry 9007199254740991."
    )
