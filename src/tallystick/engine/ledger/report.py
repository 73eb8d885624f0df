"""What verification found: faults, flags, and how far signed checkpoints reach."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tallystick.engine.ledger.checkpoints import Head


@dataclass(frozen=True, slots=True)
class Fault:
    """
    Something that an honest ledger does not have.

    `entry` is the number of the first bad entry, from 1 on; None where no entry is to blame.
    """

    code: str
    entry: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """
    What is known of a ledger after verification.

    `head` is what its entries add up to, up to the first bad one. `covered` is the size of the
    largest checkpoint that fits: what stands after it, its holder could still rewrite unseen.
    `erased` counts entries whose content was taken away. `flags` are odd, and no faults.
    """

    head: Head
    covered: int
    checkpoints: int
    erased: int
    flags: tuple[Fault, ...]
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults

    def with_faults(self, more: Iterable[Fault]) -> "Report":
        """Return the report with further faults after its own."""
        return replace(self, faults=(*self.faults, *more))

    def as_values(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {
            "sound": self.sound,
            "origin": self.head.origin,
            "size": self.head.size,
            "root": self.head.root_text,
            "covered": self.covered,
            "checkpoints": self.checkpoints,
            "erased": self.erased,
            "faults": [_values(each) for each in self.faults],
            "flags": [_values(each) for each in self.flags],
        }

    def as_lines(self) -> list[str]:
        """Return the report in words, the verdict last."""
        size = self.head.size
        chained = f"{count(size, 'entry', 'entries')} in a chain"
        lines = [f"{self.head.origin}: {chained}, root {self.head.root_text}"]
        fit = count(self.checkpoints, "checkpoint fits", "checkpoints fit")
        lines.append(f"{fit}; signed up to entry {self.covered}.")
        if self.erased:
            lines.append(f"What {count(self.erased, 'entry', 'entries')} told was erased.")
        lines += [f"flag [{each.code}]: {each.sentence}" for each in self.flags]
        lines += [f"BROKEN [{each.code}]: {each.sentence}" for each in self.faults]
        if self.sound:
            lines.append(f"Sound: {self._verdict}.")
        return lines

    @property
    def _verdict(self) -> str:
        if self.covered == self.head.size:
            return "nothing was changed, removed, put in or reordered"
        return f"but nobody signed yet what stands after entry {self.covered}"


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"


def _values(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "entry": fault.entry, "sentence": fault.sentence}
