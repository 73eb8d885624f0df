"""Run every measure, print the ratios, write build/bench.json."""

import sys
import tempfile
from pathlib import Path

from benchmarks import checking, importing, measuring, working
from benchmarks.harness import Result, Sizes, as_lines, write_results

TARGET = Path(__file__).resolve().parents[1] / "build" / "bench.json"


def run_all(folder: Path, sizes: Sizes) -> list[Result]:
    """Run every measure in a folder of its own."""
    return [
        *importing.results(folder, sizes),
        *measuring.results(sizes),
        *working.results(sizes),
        *checking.results(sizes),
    ]


def main() -> None:
    """Run with the usual sizes."""
    with tempfile.TemporaryDirectory(prefix="tallystick-bench-") as folder:
        found = run_all(Path(folder), Sizes())
    print("\n".join(as_lines(found)))
    write_results(found, TARGET)
    print(f"Written to {TARGET}.", file=sys.stderr)


if __name__ == "__main__":
    main()
