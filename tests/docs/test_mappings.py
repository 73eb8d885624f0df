"""The mappings of signals that the how-to page shows read the files beside them."""

import re
from pathlib import Path

import pytest
import yaml

from tallystick.engine.intake.mapping import Mapping, read_mapping
from tallystick.engine.intake.signal_reading import read_signals
from tests.docs.conftest import ROOT

_BLOCK = re.compile(r"^```(yaml|csv)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGE = ROOT / "docs" / "how-to" / "import-an-export.md"
PROBES = ROOT / "examples" / "availability" / "probes.csv"


def shown() -> dict[str, tuple[Mapping, str]]:
    """Return each mapping of the page by its shape, with the file shown after it, if any."""
    found: dict[str, tuple[Mapping, str]] = {}
    mapping: Mapping | None = None
    for kind, text in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "yaml":
            mapping = read_mapping(yaml.safe_load(text))
        if mapping is not None:
            found[mapping.shape] = (mapping, text if kind == "csv" else "")
    return found


@pytest.mark.parametrize(("shape", "rows", "without_end"), [
    ("service-states", 3, 0),
    ("outages", 2, 1),
])  # fmt: skip
def test_a_file_on_the_page_is_read_whole(
    shape: str, rows: int, without_end: int, tmp_path: Path
) -> None:
    mapping, text = shown()[shape]
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")

    reading = read_signals(path, mapping)

    assert (reading.accepted, reading.rejected) == (rows, ())
    assert reading.signals.open_outages == without_end


def test_the_mapping_of_probes_reads_the_example() -> None:
    mapping, _ = shown()["probes"]

    reading = read_signals(PROBES, mapping)

    assert (reading.accepted, reading.rejected) == (383, ())
