"""A mapping and a header -> where each thing stands in a row."""

import difflib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.mapping_fields import Column
from tallystick.engine.refusals import Refusal


class UnknownColumn(Refusal):
    """The mapping names a column that the file does not have."""

    code = "intake.unknown-column"


class DuplicateHeader(Refusal):
    """The mapping names a column by a header that the file has more than once."""

    code = "intake.duplicate-header"


_NO_TIMES = ("result", "attempt", "users", "excused")


@dataclass(frozen=True, slots=True)
class Plan:
    """
    The positions, from 0, of the mapped columns of one file.

    `item` is the column that tells items apart, or components. `others` are the columns of a
    component that are no times: the result of a probe, its attempt, the users of an outage.
    """

    header: tuple[str, ...]
    item: int
    times: MappingOf[str, int]
    states: tuple[int, ...]
    attributes: MappingOf[str, int]
    others: MappingOf[str, int]

    @property
    def positions(self) -> set[int]:
        """Return every position that is read."""
        return {
            self.item,
            *self.times.values(),
            *self.states,
            *self.attributes.values(),
            *self.others.values(),
        }

    def name(self, position: int) -> str:
        """Return how to speak of a column: its header, or its position where it has none."""
        return self.header[position] or str(position + 1)


def place_columns(mapping: Mapping, header: tuple[str, ...]) -> Plan:
    """
    Find the mapped columns in the header.

    Raises:
        UnknownColumn: for a header or a position that the file does not have.
        DuplicateHeader: for a header that stands there more than once.
    """
    named = {
        name: _position(column, header, f"columns.{name}")
        for name, column in mapping.columns.named().items()
    }
    item = named.pop("component" if mapping.form.signals else "item")
    others = {name: named.pop(name) for name in _NO_TIMES if name in named}
    return Plan(
        header=header,
        item=item,
        times=named,
        states=tuple(
            _position(column, header, "columns.state") for column in mapping.columns.states()
        ),
        attributes={
            name: _position(column, header, f"attributes.{name}")
            for name, column in mapping.attributes.items()
        },
        others=others,
    )


def _position(column: Column, header: tuple[str, ...], place: str) -> int:
    if isinstance(column, int):
        if column > len(header):
            raise UnknownColumn(
                f"the file has {len(header)} columns, so none at position {column}",
                place=place,
                remedy=f"Use a position from 1 to {len(header)}, or the column's header.",
            )
        return column - 1
    found = [position for position, name in enumerate(header) if name == column.strip()]
    if not found:
        raise UnknownColumn(
            f"the file has no column named {column!r}", place=place, remedy=_nearest(column, header)
        )
    if len(found) > 1:
        positions = " and ".join(str(position + 1) for position in found)
        raise DuplicateHeader(
            f"the file has {len(found)} columns named {column!r}",
            place=place,
            remedy=f"Give the column's position instead of its name: {positions}.",
        )
    return found[0]


def _nearest(column: str, header: tuple[str, ...]) -> str:
    lower = {name.lower(): name for name in header if name}
    near = difflib.get_close_matches(column.lower(), lower, n=1)
    hint = f"Did you mean {lower[near[0]]!r}? " if near else ""
    return f"{hint}The columns are: {', '.join(name for name in header if name)}."
