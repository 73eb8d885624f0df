"""Work -> CPU seconds, and two of them side by side; results -> a table and a file."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

Work = Callable[[], object]

QUICK = {
    "set_items": 1_000_000,
    "set_engagements": 20,
    "grown": ((300_000, 20), (1_000_000, 20)),
    "peer_items": 200_000,
    "probes": 10_512_000,
    "lessons": 10_000,
    "risks": 200,
}
"""Sizes of a run that takes minutes; ratios that need millions of items are worse there."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is generated and how often it is run; the defaults are what is reported."""

    import_rows: int = 65_533
    import_items: int = 7_554
    set_items: int = 10_000_000
    set_engagements: int = 200
    grown: tuple[tuple[int, int], ...] = ((1_000_000, 20), (10_000_000, 200), (30_000_000, 600))
    measured_items: int = 200_000
    changes_each: int = 5
    peer_items: int = 1_000_000
    looped_items: int = 100_000
    intervals: int = 1_000_000
    looped: int = 2_000
    probes: int = 100_000_000
    ledger_entries: int = 100_000
    checked_engagements: int = 1_000
    lessons: int = 100_000
    selection_draws: int = 100_000
    selection_looped: int = 2_000
    risks: int = 1_000
    risk_draws: int = 100_000
    runs: int = 5


@dataclass(frozen=True, slots=True)
class Result:
    """
    One measure. `ratio` is said in `note`; `holds` is whether it is within `reach`.

    What is told for information alone has no `other`, and may have no `reach`.
    """

    name: str
    ours: float
    other: float | None
    ratio: float | None
    reach: float | None
    holds: bool | None
    unit: str
    note: str


def cpu_seconds(work: Work) -> float:
    """Return the CPU seconds that a piece of work takes, those of all its threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def alone(module: str, *arguments: str) -> dict[str, float]:
    """Run a module in a process of its own; return the figures that it prints as JSON."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells on Linux includes the process that started this one.
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # bytes on macOS


def side_by_side(ours: Work, other: Work, runs: int) -> tuple[float, float]:
    """Return the medians of both, run in turn, so that a busy machine slows both alike."""
    pairs = [(cpu_seconds(ours), cpu_seconds(other)) for _ in range(runs)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def at_most(name: str, ours: float, other: float, reach: float, *, unit: str, note: str) -> Result:
    """Return a result whose ratio, ours to the other, is to stay small."""
    ratio = ours / other
    return Result(name, ours, other, ratio, reach, ratio <= reach, unit, f"ours ÷ other. {note}")


def at_least(name: str, ours: float, other: float, reach: float, *, unit: str, note: str) -> Result:
    """Return a result whose ratio, the other to ours, is to stay large."""
    ratio = other / ours
    return Result(name, ours, other, ratio, reach, ratio >= reach, unit, f"other ÷ ours. {note}")


def within(name: str, ours: float, reach: float | None, *, unit: str, note: str) -> Result:
    """Return a result without anything to compare it with; without `reach`, for information."""
    holds = None if reach is None else ours <= reach
    return Result(name, ours, None, None, reach, holds, unit, note)


def as_lines(results: Iterable[Result]) -> Iterable[str]:
    """Give one line for each result."""
    for each in results:
        ratio = "" if each.ratio is None else f"{each.ratio:9.2f} x"
        reach = "" if each.reach is None else f"reach {each.reach:g}"
        holds = {True: "holds", False: "MISSED", None: ""}[each.holds]
        other = "" if each.other is None else f"{each.other:10.3f}"
        yield (
            f"{each.name:<52} {each.ours:10.3f} {other:>10} {each.unit:<12} {ratio:>11}"
            f"  {reach:<11} {holds}"
        )


def write_results(results: Iterable[Result], path: Path) -> None:
    """Write the results as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(each) for each in results], indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
