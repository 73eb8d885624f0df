"""The benchmarks at tiny sizes: that they run and what they write, never how fast."""

import json
from pathlib import Path

import pytest
from benchmarks.__main__ import run_all
from benchmarks.harness import Result, Sizes, as_lines, at_least, at_most, within, write_results

TINY = Sizes(
    import_rows=60, import_items=10, set_items=60, set_engagements=3, measured_items=20,
    intervals=40, looped=20, probes=900, runs=1, grown=((40, 3), (60, 3)), peer_items=40,
    looped_items=40, checked_engagements=2, lessons=150, selection_draws=20, selection_looped=10,
    risks=3, risk_draws=40,
)  # fmt: skip
KEYS = ["name", "ours", "other", "ratio", "reach", "holds", "unit", "note"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """Return the results of one run."""
    return run_all(tmp_path_factory.mktemp("bench"), TINY)


def test_the_file_is_a_list_of_results_with_their_keys(found: list[Result], tmp_path: Path) -> None:
    write_results(found, tmp_path / "build" / "bench.json")

    written = json.loads((tmp_path / "build" / "bench.json").read_text(encoding="utf-8"))

    # What compares with pandas, workclock, pymcdm and pyfair is left out where they are missing.
    assert len(found) >= 32
    assert [list(each) for each in written] == [KEYS] * len(found)


def test_every_result_has_its_own_name_and_says_what_it_is(found: list[Result]) -> None:
    assert len({each.name for each in found}) == len(found)
    assert all(each.note and each.unit for each in found)


def test_what_is_compared_has_a_reach(found: list[Result]) -> None:
    compared = [each for each in found if each.other is not None]

    assert all(each.reach is not None and each.holds is not None for each in compared)


def test_every_result_is_printed(found: list[Result]) -> None:
    lines = list(as_lines(found))

    assert [line.split("  ")[0] for line in lines] == [each.name for each in found]


@pytest.mark.parametrize(("ours", "holds"), [(2.0, True), (2.1, False)])
def test_a_small_ratio_holds_up_to_its_reach(ours: float, holds: bool) -> None:
    result = at_most("name", ours, 1.0, 2.0, unit="s", note="")

    assert result.holds is holds


@pytest.mark.parametrize(("other", "holds"), [(40.0, True), (39.0, False)])
def test_a_large_ratio_holds_from_its_reach_on(other: float, holds: bool) -> None:
    result = at_least("name", 1.0, other, 40.0, unit="s", note="")

    assert result.holds is holds


@pytest.mark.parametrize(("reach", "holds"), [(300.0, True), (100.0, False), (None, None)])
def test_a_bound_holds_or_is_for_information(reach: float | None, holds: bool | None) -> None:
    result = within("name", 200.0, reach, unit="MB", note="")

    assert result.holds is holds
