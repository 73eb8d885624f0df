"""Evidence: one row per item, written and read back, in both formats."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from tallystick.engine.service_levels.evidence import read_evidence, write_evidence
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    REASONS,
    ItemVerdict,
    Outcomes,
    Reason,
)
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.values import FOREVER
from tests.engine.service_levels.builders import some_outcomes

WINDOWS = (Window(0, 100_000, "2026-01"), Window(100_000, 200_000, "2026-02"))
VERDICTS = [ItemVerdict.MET, ItemVerdict.MISSED, ItemVerdict.MISSED, ItemVerdict.EXCLUDED]
WHY = [Reason.DONE_IN_TIME, Reason.DONE_LATE, Reason.OPEN_LATE, Reason.NO_LIMIT]


def four_outcomes() -> Outcomes:
    """Return an item in time, one late, one open and late, and one without a limit."""
    window = np.array([0, 0, 1, -1], dtype=np.int32)
    return some_outcomes(
        ("INC/1", "it's 2", "Ünï 3", "=4"),
        opened=np.array([10, 20, 30, 40]),
        due=np.array([110, 120, 130, FOREVER]),
        done=np.array([60, 400, FOREVER, 90]),
        counted=np.array([50, 380, 900, 50]),
        paused=np.array([0, 5, 0, 0]),
        limit=np.array([100, 100, 100, 0]),
        verdict=np.array([ITEM_VERDICTS.index(each) for each in VERDICTS], dtype=np.int8),
        reason=np.array([REASONS.index(each) for each in WHY], dtype=np.int8),
        over=np.array([-50, 280, 800, 0]),
        window=window,
        last_window=window,
    )


def test_the_rows_of_a_window_come_back_as_they_were(tmp_path: Path) -> None:
    write_evidence(four_outcomes(), WINDOWS, tmp_path / "level.parquet")

    first, second = read_evidence(tmp_path / "level.parquet", window="2026-01")

    assert (first.id, first.counted, first.over, first.done) == ("it's 2", 380, 280, 400)
    assert (second.id, second.verdict, second.reason) == (
        "INC/1",
        ItemVerdict.MET,
        Reason.DONE_IN_TIME,
    )


def test_an_instant_that_never_came_is_none(tmp_path: Path) -> None:
    write_evidence(four_outcomes(), WINDOWS, tmp_path / "level.parquet")

    (found,) = read_evidence(tmp_path / "level.parquet", item="Ünï 3")

    assert found.done is None
    assert found.due == 130


def test_rows_are_chosen_by_verdict_and_page(tmp_path: Path) -> None:
    write_evidence(four_outcomes(), WINDOWS, tmp_path / "level.parquet")

    missed = read_evidence(tmp_path / "level.parquet", verdict=ItemVerdict.MISSED, size=1)
    rest = read_evidence(tmp_path / "level.parquet", verdict=ItemVerdict.MISSED, size=9, offset=1)

    assert [row.id for row in missed + rest] == ["Ünï 3", "it's 2"]


def test_the_csv_tells_the_same_as_the_parquet(tmp_path: Path) -> None:
    write_evidence(four_outcomes(), WINDOWS, tmp_path / "level.csv")

    with (tmp_path / "level.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}

    assert rows["it's 2"]["counted_seconds"] == "380"
    assert rows["it's 2"]["due"] == "1970-01-01 00:02:00+00"
    assert rows["Ünï 3"]["done"] == ""
    assert rows["'=4"]["window"] == ""


def test_no_half_written_file_bears_the_name(tmp_path: Path) -> None:
    write_evidence(four_outcomes(), WINDOWS, tmp_path / "level.parquet")

    assert [path.name for path in tmp_path.iterdir()] == ["level.parquet"]


def test_a_directory_of_parts_reads_as_one(tmp_path: Path) -> None:
    outcomes = four_outcomes()
    for number, rows in enumerate(([0, 1], [2, 3])):
        write_evidence(outcomes.some(np.array(rows)), WINDOWS, tmp_path / f"{number}.parquet")

    found = read_evidence(tmp_path)

    assert [row.id for row in found] == ["Ünï 3", "it's 2", "=4", "INC/1"]


def test_an_item_carried_forward_belongs_to_each_window_up_to_its_last(tmp_path: Path) -> None:
    outcomes = replace(four_outcomes(), last_window=np.array([0, 1, 1, -1], dtype=np.int32))
    write_evidence(outcomes, WINDOWS, tmp_path / "level.parquet")

    found = read_evidence(tmp_path / "level.parquet", window="2026-02")

    assert [row.id for row in found] == ["Ünï 3", "it's 2"]
