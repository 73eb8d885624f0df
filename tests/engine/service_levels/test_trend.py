"""When attainment counts as falling."""

from fractions import Fraction

import pytest

from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.trend import falling_trend, is_falling


def months(*kept: int | None, of: int = 100) -> list[Measurement]:
    """Return measurements of months with so many items kept; None is a month without any."""
    return [
        Measurement(
            "resolution",
            f"2012-{month:02}",
            count or 0,
            0 if count is None else of,
            0,
            Fraction(1, 2),
        )
        for month, count in enumerate(kept, start=1)
    ]


@pytest.mark.parametrize(
    ("kept", "falling"),
    [
        ((99, 98, 97, 96), True),
        ((90, 99, 98, 97, 96), True),
        ((99, 98, None, 97, None, 96), True),
        ((99, 98, 97), False),
        ((99, 98, 97, 97), False),
        ((99, 98, 97, 96, 97), False),
        ((98, 98, 98, 96, 96, 96), True),
        ((98, 98, 98, 96, 96, 97), False),
        ((96, 96, 96, 98, 98, 98), False),
        ((), False),
        ((None, None), False),
    ],
)
def test_a_trend_is_falling_by_three_falls_or_two_points(
    kept: tuple[int | None, ...], falling: bool
) -> None:
    assert is_falling(months(*kept)) is falling


def test_a_fall_names_its_windows_and_its_size() -> None:
    fall = falling_trend(months(80, 99, 98, 97, 96))

    assert fall is not None
    assert fall.windows == ("2012-02", "2012-03", "2012-04", "2012-05")
    assert fall.sentence == (
        "Attainment fell in each of the last three windows, by 3.00 percentage points "
        "since 2012-02."
    )


def test_a_drop_is_weighed_by_the_items_of_each_window() -> None:
    busy = months(980, 980, 980, 970, 970, of=1000)
    quiet = Measurement("resolution", "2012-06", 0, 1, 0, Fraction(1, 2))

    assert falling_trend([*busy, quiet]) is None


def test_a_drop_is_an_exact_fraction() -> None:
    fall = falling_trend(months(3, 3, 3, 2, 2, 2, of=3))

    assert fall is not None
    assert fall.drop == Fraction(1, 3)
    assert fall.sentence == (
        "Attainment of the last three windows lies 33.33 percentage points below the three before."
    )
