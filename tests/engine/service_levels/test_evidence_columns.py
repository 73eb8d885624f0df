"""Evidence read back as columns is what was written."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.evidence import write_evidence
from tallystick.engine.service_levels.evidence_columns import read_outcomes
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import COLUMNS
from tallystick.engine.service_levels.windows import windows_of
from tests.engine.service_levels.builders import a_level_document, an_agreement, at, histories
from tests.engine.service_levels.test_evidence import WINDOWS, four_outcomes

COMPARED = [name for name in COLUMNS if name not in {"item", "rule"}]


def test_every_column_comes_back_sorted_by_id(tmp_path: Path) -> None:
    written = four_outcomes()
    write_evidence(written, WINDOWS, tmp_path / "level.parquet")

    read = read_outcomes(tmp_path / "level.parquet", WINDOWS)

    order = np.asarray(sorted(range(4), key=lambda row: written.ids[row]))
    assert list(read.ids) == sorted(written.ids)
    for name in COMPARED:
        assert getattr(read, name).tolist() == getattr(written, name)[order].tolist(), name
    assert read.rule.tolist() == [-1, 0, 0, 0]


def test_cycles_of_an_item_share_its_id(tmp_path: Path) -> None:
    level = a_level_document(clock={"cycles": "each"})
    agreement = an_agreement(service_levels=[level])
    nine = at("2012-03-05T09:00+01:00")
    states = ("new", "resolved", "in-progress", "resolved")
    changes = [(nine + 3600 * hour, state) for hour, state in enumerate(states)]
    spans = histories({"A": changes, "B": [(nine, "new")]})
    windows = windows_of(agreement)
    outcomes = measure(spans, agreement.service_levels[0], agreement, nine + 36_000)
    write_evidence(outcomes, windows, tmp_path / "level.parquet")

    read = read_outcomes(tmp_path / "level.parquet", windows)

    assert [read.id_of(row) for row in range(len(read))] == ["A", "A", "B"]
    assert read.cycle.tolist() == [1, 2, 1]


def test_evidence_that_is_not_there_is_no_empty_evidence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_outcomes(tmp_path / "gone.parquet", WINDOWS)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5))
def test_a_value_keeps_its_millionths(
    tmp_path_factory: pytest.TempPathFactory, millionths: list[int]
) -> None:
    path = tmp_path_factory.mktemp("evidence") / "level.parquet"
    rows = four_outcomes().some(np.asarray([0] * len(millionths)))
    rows.value[:] = millionths
    write_evidence(rows, WINDOWS, path)

    read = read_outcomes(path, WINDOWS)

    assert sorted(read.value.tolist()) == sorted(millionths)
