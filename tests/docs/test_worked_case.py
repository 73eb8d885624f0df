"""The worked case of the explanation is what the engine computes."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.reading import read_service_data
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import NO_WINDOW
from tallystick.engine.service_levels.terms.quantities import limit_text
from tallystick.engine.service_levels.windows import windows_of
from tests.docs.conftest import ROOT

DESK = ROOT / "examples" / "service-desk"
PAGE = ROOT / "docs" / "explanation" / "service-levels.md"
BERLIN = ZoneInfo("Europe/Berlin")


def shown_rows() -> list[list[str]]:
    """Return the cells of the page's table of tickets."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| T-")
    ]


def words(instant: int) -> str:
    """Return an instant as the page writes it."""
    local = datetime.fromtimestamp(instant, tz=BERLIN)
    return f"{local.day} {local:%B %H:%M}"


def computed_rows() -> Iterator[list[str]]:
    """Give what the engine says of each ticket, in the words of the page."""
    agreement = read_agreement(read_document(DESK / "agreement.yaml"))
    mapping = read_mapping(read_document(DESK / "mapping.yaml"))
    spans = spans_of(read_service_data(DESK / "tickets.csv", mapping).changes)
    as_of = int(spans.since.max()) + 1
    found = measure(spans, agreement.service_level("resolution"), agreement, as_of)
    windows = windows_of(agreement)
    for row in range(len(found)):
        inside = found.window[row] != NO_WINDOW
        yield [
            found.id_of(row),
            words(int(found.opened[row])),
            limit_text(int(found.counted[row])),
            limit_text(int(found.limit[row])),
            words(int(found.due[row])) if inside else "",
            windows[found.window[row]].text if inside else "",
            found.verdict_of(row).value,
        ]


def test_the_worked_case_is_what_the_engine_computes() -> None:
    computed = list(computed_rows())

    assert shown_rows() == computed
