"""A file against what is held: what is new, what is unchanged, and what is stored."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import Reading, read_service_data
from tallystick.engine.intake.buckets import held_rows, write_buckets
from tallystick.engine.intake.changes import Changes, items_of, no_changes, put_together
from tallystick.engine.intake.merge import Merged, merge
from tests.engine.intake.makers import (
    a_file,
    a_log_mapping,
    an_item_mapping,
    histories,
    read_log,
    reasons,
)


def log(*rows: str) -> str:
    """Return rows given as "item hour state" as the text of an event log."""
    parts = (row.split() for row in rows)
    return "".join(f"{item},2025-01-02T{hour:0>2}:00:00,{state}\n" for item, hour, state in parts)


def counts(merged: Merged) -> tuple[int, int, int, int]:
    return merged.read, merged.accepted, merged.rejected, merged.unchanged


def stored(folder: Path, merged: Merged) -> dict[str, str]:
    """Return the histories to be stored as "hour state, ..."."""
    reading = read_log(folder, log("X 1 open"))
    shown = histories(_with(reading, merged.changes))
    return {
        name: ", ".join(f"{int(at[11:13])} {state}" for at, state in rows)
        for name, rows in shown.items()
    }


def _with(reading: Reading, changes: Changes) -> Reading:
    return replace(reading, changes=changes)


def test_everything_is_new_where_nothing_is_held(tmp_path: Path) -> None:
    reading = read_log(tmp_path, log("A 1 open", "A 2 done", "B 1 open"))

    merged = merge(reading, no_changes())

    assert (counts(merged), merged.items) == ((3, 3, 0, 0), 2)


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    reading = read_log(tmp_path, log("A 1 open", "A 1 open", "A 2 note", "B 1 open"))

    merged = merge(reading, reading.changes)

    assert (counts(merged), merged.items) == ((4, 0, 0, 4), 0)


def test_an_item_that_grew_is_stored_whole(tmp_path: Path) -> None:
    held = read_log(tmp_path, log("A 1 open", "B 1 open")).changes
    reading = read_log(tmp_path, log("A 1 open", "A 2 done", "B 1 open"))

    merged = merge(reading, held)

    assert counts(merged) == (3, 1, 0, 2)
    assert stored(tmp_path, merged) == {"A": "1 new, 2 resolved"}


def test_a_whole_history_that_lost_a_row_replaces_the_held_one(tmp_path: Path) -> None:
    held = read_log(tmp_path, log("A 1 open", "A 2 work", "A 3 done")).changes
    reading = read_log(tmp_path, log("A 1 open", "A 3 done"))

    merged = merge(reading, held)

    assert counts(merged) == (2, 0, 0, 2)
    assert stored(tmp_path, merged) == {"A": "1 new, 3 resolved"}


def test_another_order_within_one_second_is_a_change(tmp_path: Path) -> None:
    held = read_log(tmp_path, log("A 1 open", "A 1 work")).changes
    reading = read_log(tmp_path, log("A 1 work", "A 1 open"))

    merged = merge(reading, held)

    assert stored(tmp_path, merged) == {"A": "1 in-progress, 1 new"}


def test_additions_are_stored_with_the_rows_held(tmp_path: Path) -> None:
    held = read_log(tmp_path, log("A 1 open", "A 4 note", "B 1 open")).changes
    reading = read_log(tmp_path, log("A 2 work", "A 1 open", "B 1 open"), history="additions")

    merged = merge(reading, held)

    assert counts(merged) == (3, 1, 0, 2)
    assert stored(tmp_path, merged) == {"A": "1 new, 2 in-progress, 4 same"}


def test_a_repeat_beyond_those_held_is_an_addition(tmp_path: Path) -> None:
    held = read_log(tmp_path, log("A 1 open")).changes
    reading = read_log(tmp_path, log("A 1 open", "A 1 open"), history="additions")

    merged = merge(reading, held)

    assert counts(merged) == (2, 1, 0, 1)
    assert stored(tmp_path, merged) == {"A": "1 new, 1 new"}


def test_in_one_second_held_rows_come_before_additions(tmp_path: Path) -> None:
    held = read_log(tmp_path, log("A 1 open", "A 1 work")).changes
    reading = read_log(tmp_path, log("A 1 wait"), history="additions")

    merged = merge(reading, held)

    assert stored(tmp_path, merged) == {"A": "1 new, 1 in-progress, 1 on-hold"}


def test_a_changed_attribute_is_a_change(tmp_path: Path) -> None:
    mapping = a_log_mapping(attributes={"priority": "p"})
    texts = [f"id,at,state,p\nA,2025-01-02T03:00,open,{p}\n" for p in ("P1", "P2")]
    held, new = (read_service_data(a_file(tmp_path, text), mapping) for text in texts)

    merged = merge(new, held.changes)

    assert counts(merged) == (1, 1, 0, 0)


def test_a_row_of_an_item_table_is_unchanged_when_its_item_is(tmp_path: Path) -> None:
    mapping = an_item_mapping("opened", "closed")
    first = "id,opened,closed\nA,2025-01-02T01:00,2025-01-02T02:00\nB,2025-01-02T01:00,\n"
    second = first.replace("B,2025-01-02T01:00,", "B,2025-01-02T01:00,2025-01-02T09:00")
    held, new = (read_service_data(a_file(tmp_path, t), mapping) for t in (first, second))

    merged = merge(new, held.changes)

    assert counts(merged) == (2, 1, 0, 1)
    assert stored(tmp_path, merged) == {"B": "1 new, 9 closed"}


def test_rejected_rows_and_repeats_keep_the_balance(tmp_path: Path) -> None:
    mapping = an_item_mapping("opened")
    text = "id,opened\nA,2025-01-02T01:00\nA,2025-01-02T01:00\nA,2025-01-02T02:00\nB,soon\n"
    reading = read_service_data(a_file(tmp_path, text), mapping)

    merged = merge(reading, reading.changes)

    assert counts(merged) == (4, 0, 2, 2)


def test_counts_that_do_not_balance_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="each row is"):
        Merged(read=2, accepted=1, rejected=0, unchanged=0, changes=no_changes())


CELL_ITEM = st.sampled_from(["A", "B", "C", "", "=D", "ü" * 201])
CELL_TIME = st.sampled_from(["2025-01-02T01:00:00", "2025-01-02T02:00:00", "soon", "", "45658"])
CELL_STATE = st.sampled_from(["open", "work", "done", "note", "odd", ""])
ROW = st.tuples(CELL_ITEM, CELL_TIME, CELL_STATE).map(",".join) | st.sampled_from(["x", "a,b,c,d"])
FILE = st.lists(ROW, min_size=1, max_size=12).map(lambda rows: "\n".join(rows) + "\n")


def _held_after(held: Changes, merged: Merged) -> Changes:
    """Return what is held once the merged items were stored."""
    grown = set(merged.changes.ids)
    kept = np.array([name not in grown for name in held.ids], dtype=np.bool_)
    return put_together([items_of(held, kept), merged.changes])


@settings(deadline=None)
@given(
    files=st.lists(FILE, min_size=1, max_size=3), history=st.sampled_from(["whole", "additions"])
)
def test_read_is_accepted_and_rejected_and_unchanged(
    tmp_path_factory: pytest.TempPathFactory, files: list[str], history: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    held = no_changes()

    for text in files:
        reading = read_log(folder, text, history=history)
        merged = merge(reading, held)
        held = _held_after(held, merged)
        again = merge(reading, held)

        assert merged.read == text.count("\n")
        assert merged.read == merged.accepted + merged.rejected + merged.unchanged
        assert merged.rejected == len(reasons(reading))
        assert (again.accepted, again.items) == (0, 0)


@pytest.mark.parametrize("history", ["whole", "additions"])
def test_what_is_held_in_buckets_makes_the_same_file_unchanged(
    tmp_path: Path, history: str
) -> None:
    reading = read_log(tmp_path, log("A 1 open", "A 1 note", "A 9 done", "B 2 open"))
    grown = read_log(tmp_path, log("A 5 work", "C 1 open"), history=history)
    write_buckets(reading.changes, tmp_path / "1", 4)
    merged = merge(grown, held_rows([tmp_path / "1"], grown.changes.ids))
    write_buckets(merged.changes, tmp_path / "2", 2)

    again = merge(grown, held_rows([tmp_path / "1", tmp_path / "2"], grown.changes.ids))

    assert counts(merged) == (2, 2, 0, 0)
    assert counts(again) == (2, 0, 0, 2)


ITEM_ROW = st.tuples(
    CELL_ITEM, *[st.sampled_from(["", "2025-01-02T01:00", "2025-01-02T02:00", "x"])] * 6
).map(",".join)


@settings(deadline=None)
@given(rows=st.lists(ITEM_ROW, min_size=1, max_size=10))
def test_the_rows_of_an_item_table_balance_too(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    times = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
    text = ",".join(("id", *times)) + "\n" + "\n".join(rows) + "\n"
    path = a_file(tmp_path_factory.getbasetemp(), text, "laws.csv")

    reading = read_service_data(path, an_item_mapping(*times))
    merged = merge(reading, reading.changes)

    assert reading.read == len(rows)
    assert reading.accepted == len(reading.changes.ids)
    assert (merged.accepted, merged.unchanged) == (0, len(rows) - len(reading.rejected))


def test_putting_nothing_together_gives_nothing() -> None:
    together = put_together([no_changes(), no_changes()])

    assert len(together) == 0
