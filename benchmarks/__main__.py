"""Run every measure, print the ratios, write build/bench.json; `--quick` runs smaller sets."""

import sys
import tempfile
from pathlib import Path

from benchmarks import (
    checking,
    importing,
    ledger,
    lessons,
    lessons_found,
    measuring,
    measuring_set,
    one_item,
    peers,
    probing,
    risking,
    selecting,
    working,
)
from benchmarks.harness import QUICK, Result, Sizes, as_lines, write_results

TARGET = Path(__file__).resolve().parents[1] / "build" / "bench.json"


def run_all(folder: Path, sizes: Sizes) -> list[Result]:
    """Run every measure in a folder of its own."""
    found: list[Result] = []
    for part in (
        importing.results(folder, sizes),
        measuring_set.results(folder, sizes),
        measuring.results(sizes),
        probing.results(folder, sizes),
        peers.results(sizes),
        working.results(sizes),
        one_item.results(sizes),
        checking.results(sizes),
        ledger.results(sizes),
        lessons.results(folder, sizes),
        lessons_found.results(),
        selecting.results(sizes),
        risking.results(sizes),
    ):
        for each in part:
            print("\n".join(as_lines([each])), file=sys.stderr, flush=True)
            found.append(each)
    return found


def main() -> None:
    """Run with the usual sizes, or the quick ones."""
    sizes = Sizes(**QUICK) if "--quick" in sys.argv else Sizes()
    with tempfile.TemporaryDirectory(prefix="tallystick-bench-") as folder:
        found = run_all(Path(folder), sizes)
    print("\n".join(as_lines(found)))
    write_results(found, TARGET)
    print(f"Written to {TARGET}.", file=sys.stderr)


if __name__ == "__main__":
    main()
