"""Checking one engagement, against parsing its YAML; and a thousand, within ten seconds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from benchmarks.checking_set import engagements
from benchmarks.harness import Result, Sizes, at_most, cpu_seconds, side_by_side, within
from tallystick.engine.documents import read_document
from tallystick.engine.guardrails import BUILT_IN, Snapshot, check, guardrails_for, read_snapshot

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "engagements" / "seeded-mistakes.yaml"
# Half above what was measured when it was set, so that a slower way is noticed.
REACH = 2.5
TIMES = 10
MOST_SECONDS = 10 / 1_000
"""Seconds in which one of a thousand engagements of a usual size is to be checked."""


def check_it() -> None:
    """Do what `tallystick check` does, but for starting and printing."""
    for _ in range(TIMES):
        snapshot = read_snapshot(read_document(EXAMPLE))
        check(snapshot, guardrails_for(snapshot), date(2027, 5, 10))


def parse_it() -> None:
    """Parse the same file with the parser of the library as it comes."""
    for _ in range(TIMES):
        yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


def results(sizes: Sizes) -> Iterator[Result]:
    """Give the ratio for one engagement, and the seconds for many."""
    ours, other = side_by_side(check_it, parse_it, sizes.runs)
    yield at_most(
        "check an engagement / parse its YAML",
        ours / TIMES,
        other / TIMES,
        REACH,
        unit="CPU seconds",
        note="reading, checking the format, compiling its conditions, and every guardrail.",
    )
    yield from _many(sizes.checked_engagements)


def _many(count: int) -> Iterator[Result]:
    documents = engagements(count)
    asked: list[tuple[Snapshot, date]] = []
    found: list[int] = []

    def read_all() -> None:
        asked.extend((read_snapshot(each), day) for each, day in documents)

    def check_all() -> None:
        found.extend(len(check(each, BUILT_IN, day)) for each, day in asked)

    yield within(
        f"read {count:,} engagement documents",
        cpu_seconds(read_all),
        None,
        unit="CPU seconds",
        note="from parsed YAML to a snapshot whose format is checked.",
    )
    seconds = cpu_seconds(check_all)
    yield within(
        f"check {count:,} engagements",
        seconds,
        MOST_SECONDS * count,
        unit="CPU seconds",
        note=f"{len(BUILT_IN)} guardrails each; {sum(found):,} findings.",
    )
