"""The truck factor, worked by hand."""

import pytest

from tallystick.engine.dependency.knowledge import truck_factor


@pytest.mark.parametrize(
    ("capabilities", "factor"),
    [
        ([], 0),
        ([set()], 0),
        ([{"Ada"}], 1),
        ([{"Ada"}, {"Ada"}, {"Ben", "Cleo"}], 1),
        ([{"Ada"}, {"Ben"}], 2),  # one loss leaves half to nobody, not more than half
        ([{"Ada", "Ben"}, {"Ada", "Ben"}], 2),
        ([{"Ada", "Ben"}, {"Ada", "Cleo"}, {"Ben", "Cleo"}], 3),
    ],
)
def test_the_fewest_whose_loss_leaves_more_than_half_to_nobody(
    capabilities: list[set[str]], factor: int
) -> None:
    assert truck_factor(capabilities) == factor
