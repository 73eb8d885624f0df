"""
Many generated items, each measured by the kernel and walked minute by minute.

Example: python -m tests.engine.service_levels.long_oracle --items 100000 --seed 1
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.engine.service_levels.second_opinion import (
    compared,
    kernel_answers,
    walker_answers,
)
from tests.engine.service_levels.worlds import World, a_world

PER_WORLD = 50


@dataclass
class Report:
    """What a run has compared, and where the two differ."""

    worlds: int = 0
    begun: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, number: int, world: World) -> None:
        """Measure and walk one world."""
        kernel, walker = kernel_answers(world), walker_answers(world)
        self.worlds += 1
        self.begun += len(walker)
        for answer in (each for answers in walker.values() for each in answers):
            self.verdicts[f"{answer.verdict}, {answer.reason}"] += 1
            self.flags.update(flag.lower().replace("_", "-") for flag in answer.flags)
        found = compared(kernel, walker, world.as_of)
        self.differences += [f"world {number}, {line}" for line in found]

    def lines(self) -> Iterator[str]:
        """Return the report as lines of text."""
        yield f"{self.begun} items in {self.worlds} worlds: {len(self.differences)} differences"
        yield from (f"{count:9} {said}" for said, count in sorted(self.verdicts.items()))
        yield from (f"{count:9} flagged {said}" for said, count in sorted(self.flags.items()))
        yield from self.differences[:50]


def worlds(items: int, seed: int) -> Iterator[tuple[int, World]]:
    """Return numbered worlds that hold so many items; each depends on the seed and its number."""
    for number in range(-(-items // PER_WORLD)):
        size = min(PER_WORLD, items - number * PER_WORLD)
        yield number, a_world(Random(f"{seed}-{number}"), size)  # noqa: S311  (repeatable)


def fingerprint(items: int, seed: int) -> str:
    """Return one digest of all that the kernel answers."""
    digest = hashlib.sha256()
    for _, world in worlds(items, seed):
        for name, answers in kernel_answers(world).items():
            told = [{**vars(each), "flags": sorted(each.flags)} for each in answers]
            digest.update(f"{name} {told}\n".encode())
    return digest.hexdigest()


def main() -> int:
    """Run, print the report, and return 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fingerprint", action="store_true", help="print a digest of the answers")
    asked = parser.parse_args()
    if asked.fingerprint:
        print(fingerprint(asked.items, asked.seed))
        return 0
    report = Report()
    for number, world in worlds(asked.items, asked.seed):
        report.add(number, world)
    print("\n".join(report.lines()))
    return 1 if report.differences else 0


if __name__ == "__main__":
    sys.exit(main())
