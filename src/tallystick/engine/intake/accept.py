"""Columns of cells -> changes of work items; each row is accepted, or rejected with a reason."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import Changes, sorted_changes
from tallystick.engine.intake.columns import Cells, chosen, constant
from tallystick.engine.intake.docket import Docket, Reason, RejectedRow
from tallystick.engine.intake.items import changes_of_items, keep_items
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.plan import Plan
from tallystick.engine.intake.rows import Rows, read_row_states, read_row_times
from tallystick.engine.intake.shapes import Shape
from tallystick.engine.values import Coded

LONGEST_ID = 200
LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of a file's rows; accepted + repeated + rejected is the number of rows."""

    changes: Changes
    accepted: int
    repeated: int  # exact repeats of an item's row, in an item table
    rejected: tuple[RejectedRow, ...]
    incomplete: frozenset[str]  # items of which a row was rejected, where the row names its item


def accept(cells: Cells, plan: Plan, mapping: Mapping, origin: str) -> Accepted:
    """
    Accept or reject each row; `origin` is the digest of the file.

    Raises:
        AmbiguousDateOrder, ZoneNeeded: if the file's times cannot be read without asking.
    """
    docket = Docket(len(cells.lines))
    missing = Reason("row.no-item", plan.name(plan.item), "the item's id is missing", "Fill it in.")
    check_texts(docket, cells, plan, missing)
    times = read_row_times(docket, cells, plan, mapping)
    state = read_row_states(docket, cells, plan, mapping)
    rows = Rows(
        item=cells.columns[plan.item],
        times=times,
        state=state,
        line=cells.lines,
        attributes={name: cells.columns[place] for name, place in plan.attributes.items()},
    )
    log = mapping.shape is Shape.EVENT_LOG
    kept = docket.free if log else keep_items(docket, rows, plan)
    changes = (
        _changes_of_events(rows, kept, origin) if log else changes_of_items(rows, kept, origin)
    )
    rejected = rejected_rows(docket, cells, len(plan.header))
    return Accepted(
        changes,
        int(kept.sum()),
        int(docket.free.sum() - kept.sum()),
        rejected,
        _items_of(rows.item, ~docket.free),
    )


def _items_of(item: Coded, rows: NDArray[np.bool_]) -> frozenset[str]:
    codes = np.unique(item.codes[rows])
    return frozenset(item.values[code] for code in codes.tolist() if code >= 0)


def _changes_of_events(rows: Rows, kept: NDArray[np.bool_], origin: str) -> Changes:
    return sorted_changes(
        chosen(rows.item, kept),
        rows.times["at"][kept],
        rows.state[kept],
        rows.line[kept],
        constant(origin, int(kept.sum())),
        {name: chosen(column, kept) for name, column in rows.attributes.items()},
    )


def rejected_rows(docket: Docket, cells: Cells, width: int) -> tuple[RejectedRow, ...]:
    """Return the rejected rows of a file in order, those of the wrong width among them."""
    rows = [RejectedRow(int(cells.lines[row]), why) for row, why in docket.reasons.items()]
    rows += [RejectedRow(line, _ragged(found, width)) for line, found in cells.ragged]
    return tuple(sorted(rows, key=lambda row: row.line))


def _ragged(found: int, width: int) -> Reason:
    few = found < width
    return Reason(
        "row.too-few-cells" if few else "row.too-many-cells",
        "",
        f"the row has {found} cells where the header has {width}",
        "Look for a missing delimiter."
        if few
        else "Look for a delimiter inside a cell, and put that cell in double quotes.",
    )


def check_texts(docket: Docket, cells: Cells, plan: Plan, missing: Reason) -> None:
    """Reject rows that do not say which item or component they are of, or say too much."""
    docket.reject(cells.columns[plan.item].codes < 0, lambda row: missing)
    limits = dict.fromkeys(plan.attributes.values(), LONGEST_VALUE) | {plan.item: LONGEST_ID}
    limits |= {plan.others[name]: LONGEST_ID for name in ("attempt",) if name in plan.others}
    for position, most in limits.items():
        column = cells.columns[position]
        long = np.array([*map(len, column.values), 0]) > most
        reason = Reason(
            "row.too-long",
            plan.name(position),
            f"the text is longer than {most} characters",
            "Shorten it, or look for a missing quote.",
        )
        docket.reject(long[column.codes], lambda row, reason=reason: reason)  # type: ignore[misc]
