"""The intervals of the explanation are what the engine computes from the example."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.signal_reading import read_signals
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.availability import Kind, show_measured
from tallystick.engine.service_levels.windows import windows_of
from tests.docs.conftest import ROOT

SHOP = ROOT / "examples" / "availability"
PAGE = ROOT / "docs" / "explanation" / "availability.md"
BERLIN = ZoneInfo("Europe/Berlin")


def shown_rows() -> list[list[str]]:
    """Return the cells of the page's table of intervals."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith(("| 2 March", "| 3 March"))
    ]


def computed_rows() -> Iterator[list[str]]:
    """Give the intervals within the hours, in the words of the page."""
    agreement = read_agreement(read_document(SHOP / "agreement.yaml"))
    mapping = read_mapping(read_document(SHOP / "mapping.yaml"))
    signals = read_signals(SHOP / "probes.csv", mapping).signals
    level = agreement.service_level("shop")
    for window in windows_of(agreement, level.window):
        shown = show_measured(signals, level, agreement, window, window.end)
        for each in shown.intervals:
            if each.kind is not Kind.OUT_OF_HOURS:
                since = datetime.fromtimestamp(each.since, tz=BERLIN)
                until = datetime.fromtimestamp(each.until, tz=BERLIN)
                yield [
                    f"{since.day} {since:%B}", f"{since:%H:%M}", f"{until:%H:%M}",
                    each.kind.value, each.why,
                ]  # fmt: skip


def test_the_intervals_shown_are_those_that_the_engine_computes() -> None:
    assert shown_rows() == list(computed_rows())
