"""Checking an engagement against every guardrail, against parsing its YAML."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from benchmarks.harness import Result, Sizes, at_most, side_by_side
from tallystick.engine.documents import read_document
from tallystick.engine.guardrails import check, guardrails_for, read_snapshot

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "engagements" / "seeded-mistakes.yaml"
# Half above what was measured when it was set, so that a slower way is noticed.
REACH = 2.5
TIMES = 10


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
    """Give the ratio."""
    ours, other = side_by_side(check_it, parse_it, sizes.runs)
    yield at_most(
        "check an engagement / parse its YAML",
        ours / TIMES,
        other / TIMES,
        REACH,
        unit="CPU seconds",
        note="reading, checking the format, compiling its conditions, and every guardrail.",
    )
