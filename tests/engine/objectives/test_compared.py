"""What others reach, and of how many observations a baseline is."""

import pytest

from tallystick.engine.objectives.compared import MOST, benchmark_in, check_observations
from tallystick.engine.objectives.worded import FigureNeeded


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", ""), (" 12  14.5;15\n16 ", "12 14.5 15 16"), ("97 % 98%", "97 98"), ("-3 +4", "-3 +4")],
)
def test_values_are_kept_with_one_blank_between(text: str, kept: str) -> None:
    assert benchmark_in(text) == kept


@pytest.mark.parametrize("text", ["about 12", "12,5", "1e9", "NaN", "٣", "1 " * (MOST + 1)])
def test_what_is_no_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(FigureNeeded) as refused:
        benchmark_in(text)
    assert refused.value.place == "benchmark"


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "٣"])
def test_observations_are_counted(text: str) -> None:
    with pytest.raises(FigureNeeded) as refused:
        check_observations(text)
    assert refused.value.place == "baseline_n"


def test_a_size_that_nobody_knows_passes() -> None:
    check_observations("")
    check_observations("240")
