"""What changed between two documents: every place, and nothing else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.canonical import canonical_bytes
from tallystick.engine.service_levels.difference import (
    Change,
    ChangeKind,
    Line,
    differences,
    side_by_side,
)
from tallystick.engine.service_levels.succession import gaps_beside, gaps_between

LEVELS = {"levels": [{"id": "a", "target": "95%"}, {"id": "b", "target": "90%"}]}


def test_a_changed_value_is_named_by_keys_and_ids() -> None:
    new = {"levels": [{"id": "a", "target": "97%"}, {"id": "b", "target": "90%"}]}

    assert differences(LEVELS, new) == (
        Change(("levels", "a", "target"), ChangeKind.CHANGED, "95%", "97%"),
    )


def test_what_came_and_what_went() -> None:
    new = {"levels": [{"id": "b", "target": "90%"}, {"id": "c"}], "cap": "10%"}

    assert differences(LEVELS, new) == (
        Change(("levels", "c"), ChangeKind.ADDED, None, {"id": "c"}),
        Change(("levels", "a"), ChangeKind.REMOVED, {"id": "a", "target": "95%"}, None),
        Change(("cap",), ChangeKind.ADDED, None, "10%"),
    )


def test_another_order_of_named_entries_is_said() -> None:
    new = {"levels": list(reversed(LEVELS["levels"]))}

    assert differences(LEVELS, new) == (
        Change(("levels",), ChangeKind.REORDERED, ["a", "b"], ["b", "a"]),
    )


def test_a_list_without_ids_is_one_value() -> None:
    assert differences({"days": ["x"]}, {"days": ["x", "y"]}) == (
        Change(("days",), ChangeKind.CHANGED, ["x"], ["x", "y"]),
    )


def test_another_order_of_keys_is_no_change() -> None:
    assert differences({"a": 1, "b": 2}, {"b": 2, "a": 1}) == ()


LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=2)
NAMED = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abc"), "x": LEAVES}),
    max_size=3,
    unique_by=lambda entry: entry["id"],
)
VALUES = st.recursive(
    LEAVES | NAMED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.sampled_from("abcd"), VALUES)


@given(DOCUMENTS, DOCUMENTS)
def test_there_is_no_difference_exactly_where_the_bytes_are_the_same(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    assert (differences(old, new) == ()) == (canonical_bytes(old) == canonical_bytes(new))


@given(DOCUMENTS, DOCUMENTS)
def test_the_way_back_has_the_same_places(old: dict[str, Any], new: dict[str, Any]) -> None:
    there = {(each.path, str(each.old), str(each.new)) for each in differences(old, new)}
    back = {(each.path, str(each.new), str(each.old)) for each in differences(new, old)}

    assert there == back


def test_lines_stand_side_by_side_with_some_around() -> None:
    old = [f"line {n}" for n in range(1, 11)]
    new = [*old[:4], "changed", *old[5:], "added"]

    rows = side_by_side(old, new, around=1)

    assert rows == [
        Line(skipped=3),
        Line(4, "line 4", 4, "line 4"),
        Line(5, "line 5", 5, "changed"),
        Line(6, "line 6", 6, "line 6"),
        Line(skipped=3),
        Line(10, "line 10", 10, "line 10"),
        Line(None, None, 11, "added"),
    ]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")), st.integers(0, 3))
def test_no_line_is_lost(old: list[str], new: list[str], around: int) -> None:
    rows = side_by_side(old, new, around)

    skipped = sum(row.skipped for row in rows)
    assert sum(row.old_number is not None for row in rows) + skipped == len(old)
    assert sum(row.new_number is not None for row in rows) + skipped == len(new)


def test_gaps_lie_between_spans_and_beside_one() -> None:
    spans: list[Any] = [(1, 3), (3, 5), (7, 9), (8, 10), (12, 13)]

    assert gaps_between(spans) == [(5, 7), (10, 12)]
    assert gaps_beside((15, 16), spans) == [(13, 15)]
    assert gaps_beside((5, 6), spans) == [(6, 7)]
    assert gaps_beside((5, 7), spans) == []
