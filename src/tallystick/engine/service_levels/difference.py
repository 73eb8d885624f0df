"""Two agreement documents -> what changed between them, place by place, and line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from tallystick.engine.canonical import canonical_bytes

Path = tuple[str, ...]


class ChangeKind(StrEnum):
    """What became of a place in a document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Change:
    """
    One place at which two documents differ; what is absent on a side is None there.

    The steps of `path` are keys; an entry of a list whose entries have ids is named by its id.
    """

    path: Path
    kind: ChangeKind
    old: Any
    new: Any


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """
    Return every place at which two documents differ, in the order of the new one.

    There is none if and only if both have the same canonical bytes. Lists without ids count as
    one value each.
    """
    return tuple(_between((), old, new))


def _between(path: Path, old: Any, new: Any) -> Iterator[Change]:
    if canonical_bytes(old) == canonical_bytes(new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _by_key(path, old, new)
    elif (before := _by_id(old)) is not None and (after := _by_id(new)) is not None:
        yield from _by_key(path, before, after)
        if order := _reordered(list(before), list(after)):
            yield Change(path, ChangeKind.REORDERED, *order)
    else:
        yield Change(path, ChangeKind.CHANGED, old, new)


def _by_key(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key, value in new.items():
        if key in old:
            yield from _between((*path, key), old[key], value)
        else:
            yield Change((*path, key), ChangeKind.ADDED, None, value)
    for key, value in old.items():
        if key not in new:
            yield Change((*path, key), ChangeKind.REMOVED, value, None)


def _by_id(value: Any) -> dict[str, Any] | None:
    """Return the entries of a list by their ids; None for what is no list of named entries."""
    if not isinstance(value, list | tuple) or not value:
        return None
    if not all(isinstance(each, Mapping) and isinstance(each.get("id"), str) for each in value):
        return None
    named = {each["id"]: each for each in value}
    return named if len(named) == len(value) else None


def _reordered(old: list[str], new: list[str]) -> tuple[list[str], list[str]] | None:
    """Return the order of what stands on both sides, before and after, where it differs."""
    before = [name for name in old if name in new]
    after = [name for name in new if name in old]
    return None if before == after else (before, after)


@dataclass(frozen=True, slots=True)
class Line:
    """
    A row of two texts side by side; a number and its text are None where a side has no line.

    `skipped` rows stand for so many lines that are the same on both sides.
    """

    old_number: int | None = None
    old: str | None = None
    new_number: int | None = None
    new: str | None = None
    skipped: int = 0

    @property
    def changed(self) -> bool:
        """Return whether the two sides differ here."""
        return not self.skipped and self.old != self.new


def side_by_side(old: Sequence[str], new: Sequence[str], around: int = 3) -> list[Line]:
    """Return two texts line by line, with so many unchanged lines around each change."""
    rows: list[Line] = []
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (what, old_from, old_to, new_from, new_to) in enumerate(found):
        if what != "equal":
            rows += _paired(old, old_from, old_to, new, new_from, new_to)
            continue
        kept = _paired(old, old_from, old_to, new, new_from, new_to)
        head = around if number > 0 else 0
        tail = around if number < len(found) - 1 else 0
        if len(kept) > head + tail + 1:
            skipped = Line(skipped=len(kept) - head - tail)
            kept = [*kept[:head], skipped, *kept[len(kept) - tail :]]
        rows += kept
    return rows


def _paired(
    old: Sequence[str], old_from: int, old_to: int, new: Sequence[str], new_from: int, new_to: int
) -> list[Line]:
    rows = []
    for offset in range(max(old_to - old_from, new_to - new_from)):
        left, right = old_from + offset, new_from + offset
        before = (left + 1, old[left]) if left < old_to else (None, None)
        after = (right + 1, new[right]) if right < new_to else (None, None)
        rows.append(Line(*before, *after))
    return rows
