"""Marked rows of units side by side, against a look at each row."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.marks import any_in, between, first_in, last_in

Rows = NDArray[np.int64]


@st.composite
def marked_units(draw: st.DrawFn) -> tuple[NDArray[np.bool_], Rows, Rows]:
    """Return marked rows, and units side by side that cover them, some longer than a few rows."""
    sizes = draw(st.lists(st.integers(1, 20), min_size=1, max_size=6))
    marked = draw(st.lists(st.booleans(), min_size=sum(sizes), max_size=sum(sizes)))
    sparse = draw(st.booleans())
    ends = np.cumsum(sizes)
    rows = np.asarray(marked) & (not sparse or np.arange(len(marked)) % 9 == 8)
    return rows, ends - np.asarray(sizes), ends


def in_unit(marked: NDArray[np.bool_], start: int, end: int) -> list[int]:
    return [row for row in range(start, end) if marked[row]]


@given(marked_units())
def test_the_first_marked_row_of_each_unit_is_found(
    given_rows: tuple[NDArray[np.bool_], Rows, Rows],
) -> None:
    marked, starts, ends = given_rows

    got = first_in(marked, starts, ends).tolist()

    assert got == [
        min(in_unit(marked, start, end), default=end)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


@given(marked_units())
def test_the_last_marked_row_of_each_unit_is_found(
    given_rows: tuple[NDArray[np.bool_], Rows, Rows],
) -> None:
    marked, starts, ends = given_rows

    got = last_in(marked, starts, ends).tolist()

    assert got == [
        max(in_unit(marked, start, end), default=start - 1)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


@given(marked_units())
def test_the_units_with_a_marked_row_are_found(
    given_rows: tuple[NDArray[np.bool_], Rows, Rows],
) -> None:
    marked, starts, ends = given_rows

    got = any_in(marked, starts, ends).tolist()

    assert got == [
        bool(in_unit(marked, start, end))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


@given(marked_units(), st.data())
def test_the_rows_of_stretches_are_found(
    given_rows: tuple[NDArray[np.bool_], Rows, Rows], data: st.DataObject
) -> None:
    marked, starts, ends = given_rows
    untils = np.asarray(
        [
            data.draw(st.integers(start, end))
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
    )

    got = np.flatnonzero(between(len(marked), starts, untils)).tolist()

    assert got == [
        row
        for start, until in zip(starts.tolist(), untils.tolist(), strict=True)
        for row in range(start, until)
    ]
