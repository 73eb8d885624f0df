"""An import whose process is killed is absent or whole."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallystick.engine.intake.buckets import read_all, read_manifest, sweep
from tests.engine.intake.makers import HEADER, a_file

ITEMS, ROWS = 50_000, 200_000

IMPORTER = """
import sys
from tallystick.engine.intake.buckets import write_buckets
from tallystick.engine.intake.reading import read_service_data
from tests.engine.intake.makers import a_log_mapping

print("reading", flush=True)
reading = read_service_data(sys.argv[1], a_log_mapping())
print("writing", flush=True)
write_buckets(reading.changes, sys.argv[2], 8)
"""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an event log of 50,000 items with four rows each."""
    states = ("open", "work", "note", "done")
    rows = [
        f"INC{item},2025-01-{day + 1:02d}T{item % 24:02d}:00,{states[day]}"
        for item in range(ITEMS)
        for day in range(4)
    ]
    return a_file(tmp_path_factory.mktemp("export"), HEADER + "\n".join(rows) + "\n")


@pytest.mark.parametrize("moment", ["reading", "writing", "half-way"])
def test_an_import_that_is_killed_is_absent_or_whole(
    export: Path, tmp_path: Path, moment: str
) -> None:
    directory = tmp_path / "imports" / "x"
    command = [sys.executable, "-c", IMPORTER, str(export), str(directory)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        await_moment(process, directory.parent, moment)
        process.kill()

    assert process.returncode in (-signal.SIGKILL, 0)
    sweep(directory.parent)
    left = list(directory.parent.iterdir()) if directory.parent.exists() else []
    assert left in ([], [directory])
    for whole in left:
        manifest = read_manifest(whole)
        assert (manifest.items, manifest.rows) == (ITEMS, ROWS)
        assert sum(len(spans.item) for spans in read_all([whole])) == ROWS


def await_moment(process: subprocess.Popen[str], imports: Path, moment: str) -> None:
    """Wait for some moment of a phase, or until some but not all files are written."""
    assert process.stdout is not None
    phase = "writing" if moment == "half-way" else moment
    assert any(line.strip() == phase for line in process.stdout)
    if moment == "half-way":
        while process.poll() is None and not list(imports.glob(".*/*.parquet")):
            time.sleep(0.002)
    else:
        time.sleep(random.uniform(0, 0.4))  # noqa: S311  (it keeps no secret)
