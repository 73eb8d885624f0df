"""The two real exports go through intake row for row."""

import gzip
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tallystick.engine.intake import Reading, read_mapping, read_service_data, spans_of
from tallystick.engine.intake.buckets import held_rows, read_buckets, write_buckets
from tallystick.engine.intake.guess import guess_mapping
from tallystick.engine.intake.merge import merge
from tallystick.engine.intake.table import open_table
from tallystick.engine.values import STATES
from tests.engine.intake.makers import histories

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
FILES = {
    "volvo-incidents": DATA / "volvo-incidents" / "incidents.csv.gz",
    "italian-helpdesk": DATA / "italian-helpdesk" / "helpdesk.csv.gz",
}
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not there"),
]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Read both files with the mappings kept in examples."""
    found = {}
    for name, path in FILES.items():
        text = (ROOT / "examples" / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")
        found[name] = read_service_data(path, read_mapping(yaml.safe_load(text)))
    return found


@pytest.mark.parametrize(
    ("name", "rows", "items"),
    [("volvo-incidents", 65_533, 7_554), ("italian-helpdesk", 21_348, 4_580)],
)
def test_every_row_is_accepted(
    readings: dict[str, Reading], name: str, rows: int, items: int
) -> None:
    reading = readings[name]

    assert (reading.read, reading.accepted, reading.unchanged) == (rows, rows, 0)
    assert (reading.rejected, len(reading.changes.ids)) == ((), items)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (
            "volvo-incidents",
            {"new": 11_544, "in-progress": 33_460, "on-hold": 6_657, "resolved": 8_150,
             "closed": 5_716, "cancelled": 1, "same": 5},
        ),
        (
            "italian-helpdesk",
            {"new": 118, "in-progress": 5_264, "on-hold": 1_463, "resolved": 4_983,
             "closed": 4_574, "same": 4_946},
        ),
    ],
)  # fmt: skip
def test_states_are_counted_as_in_the_file(
    readings: dict[str, Reading], name: str, counts: dict[str, int]
) -> None:
    found = Counter(readings[name].changes.state.tolist())

    assert {STATES[code] if code >= 0 else "same": count for code, count in found.items()} == counts


def test_an_incident_with_an_unmatched_row_has_the_history_of_the_file(
    readings: dict[str, Reading],
) -> None:
    history = histories(readings["volvo-incidents"])["1-734778898"]

    assert history == [
        ("2012-04-27T09:09:49", "in-progress"),
        ("2012-04-27T09:30:03", "in-progress"),
        ("2012-04-27T09:41:18", "new"),
        ("2012-04-27T09:41:19", "new"),
        ("2012-04-27T09:44:32", "in-progress"),
        ("2012-04-27T09:44:35", "in-progress"),
        ("2012-04-27T09:48:00", "in-progress"),
        ("2012-04-27T09:52:46", "resolved"),
        ("2012-05-02T07:41:18", "same"),
        ("2012-05-02T07:53:13", "in-progress"),
        ("2012-05-02T07:53:16", "in-progress"),
        ("2012-05-02T09:04:55", "in-progress"),
        ("2012-05-02T09:13:21", "on-hold"),
        ("2012-05-02T09:54:02", "resolved"),
        ("2012-05-09T23:17:11", "closed"),
    ]


def test_a_ticket_in_summer_and_winter_time_is_read_in_utc(readings: dict[str, Reading]) -> None:
    history = histories(readings["italian-helpdesk"])["Case 28"]

    assert history == [
        ("2013-10-25T13:53:59", "same"),
        ("2013-10-25T13:54:05", "in-progress"),
        ("2013-10-25T13:54:12", "in-progress"),
        ("2013-10-25T13:54:23", "in-progress"),
        ("2013-11-14T14:55:48", "in-progress"),
        ("2013-12-23T07:08:05", "resolved"),
    ]


@pytest.mark.parametrize("name", FILES)
def test_each_row_bears_the_line_it_stands_on(readings: dict[str, Reading], name: str) -> None:
    lines = gzip.decompress(FILES[name].read_bytes()).decode().splitlines()
    changes = readings[name].changes

    for row in range(0, len(changes), 997):
        text = lines[int(changes.line[row]) - 1]
        assert text.startswith(changes.ids[changes.item[row]] + ",")


@pytest.mark.parametrize("name", FILES)
def test_spans_come_back_from_buckets_and_the_file_again_changes_nothing(
    readings: dict[str, Reading], name: str, tmp_path: Path
) -> None:
    reading = readings[name]
    write_buckets(reading.changes, tmp_path / "import", 4, source=reading.source)

    parts = [read_buckets([tmp_path / "import"], bucket) for bucket in range(4)]
    merged = merge(reading, held_rows([tmp_path / "import"], reading.changes.ids))

    whole = spans_of(reading.changes)
    assert sum(len(part.item) for part in parts) == len(whole.item)
    assert sum(int(part.since.sum()) for part in parts) == int(whole.since.sum())
    assert (merged.read, merged.unchanged, merged.items) == (reading.read, reading.read, 0)


def test_the_guess_asks_for_the_zone_of_the_help_desk_alone() -> None:
    asked = {}
    for name, path in FILES.items():
        with open_table(path) as table:
            asked[name] = [question.place for question in guess_mapping(table).questions]

    assert asked == {"volvo-incidents": ["states"], "italian-helpdesk": ["time.zone", "states"]}
