"""What experience teaches, and the distributions behind it, against exact fractions."""

from fractions import Fraction
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.outlook import beta
from tallystick.engine.service_levels.outlook.jeffreys import (
    Experience,
    chance_of_at_most,
    chance_that_share_reaches,
    likely_share,
    misses_of,
)
from tests.engine.service_levels.outlook.strategies import counts, experiences


def rising(half: Fraction, times: int) -> Fraction:
    """Return half (half + 1) ... with that many factors."""
    return prod((half + step for step in range(times)), start=Fraction(1))


def exact_misses(seen: Experience, volume: int) -> list[Fraction]:
    """Return the beta-binomial chances by their definition."""
    a, b = Fraction(2 * seen.missed + 1, 2), Fraction(2 * seen.kept + 1, 2)
    return [
        comb(volume, j) * rising(a, j) * rising(b, volume - j) / rising(a + b, volume)
        for j in range(volume + 1)
    ]


def exact_at_least(hits: int, volume: int, rate: Fraction) -> Fraction:
    """Return the binomial chance of at least so many hits."""
    return sum(
        (comb(volume, j) * rate**j * (1 - rate) ** (volume - j) for j in range(hits, volume + 1)),
        start=Fraction(0),
    )


@settings(deadline=None)
@given(experiences(), st.integers(0, 40))
def test_chances_of_misses_are_the_exact_ones_to_twelve_digits(
    seen: Experience, volume: int
) -> None:
    got = misses_of(seen, volume)

    exact = [float(chance) for chance in exact_misses(seen, volume)]
    np.testing.assert_allclose(got, exact, rtol=1e-12, atol=1e-300)


@settings(deadline=None)
@given(experiences(), st.integers(1, 100))
def test_misses_to_expect_are_those_of_the_next_one_times_the_volume(
    seen: Experience, volume: int
) -> None:
    got = float(np.arange(volume + 1) @ misses_of(seen, volume))

    assert got == pytest.approx(float(volume * (1 - seen.next_kept)))


@settings(deadline=None)
@given(counts(), counts())
def test_kept_and_missed_are_told_in_the_same_words(kept: int, missed: int) -> None:
    one, other = Experience(kept, missed), Experience(missed, kept)

    assert one.next_kept + other.next_kept == 1
    np.testing.assert_allclose(misses_of(one, 9), misses_of(other, 9)[::-1], rtol=1e-10)
    assert likely_share(one) == pytest.approx(
        tuple(1 - end for end in reversed(likely_share(other)))
    )


@settings(deadline=None)
@given(experiences(), st.integers(0, 60), st.integers(0, 30))
def test_one_more_miss_allowed_never_lowers_the_chance(
    seen: Experience, volume: int, misses: int
) -> None:
    fewer, more = (chance_of_at_most(each, seen, volume) for each in (misses, misses + 1))

    assert 0 <= fewer <= more <= 1


def test_less_than_no_miss_is_impossible() -> None:
    assert chance_of_at_most(-1, Experience(5, 0), 3) == 0


@settings(deadline=None)
@given(st.integers(1, 200), st.data(), st.fractions(0, 1, max_denominator=1000))
def test_the_share_below_a_point_is_the_tail_of_the_binomial(
    volume: int, data: st.DataObject, x: Fraction
) -> None:
    hits = data.draw(st.integers(1, volume))

    got = beta.below(float(x), hits, volume - hits + 1)

    assert got == pytest.approx(float(exact_at_least(hits, volume, x)), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "a", "b", "known"),
    [
        (0.5, 0.5, 0.5, 1 / 2),  # 2/pi asin(sqrt x), the arcsine law
        (0.25, 0.5, 0.5, 1 / 3),
        (0.75, 0.5, 0.5, 2 / 3),
        (0.25, 0.5, 1.0, 1 / 2),  # the root of x
        (0.95, 0.95e6, 0.05e6, 0.49945),  # normal to the third digit; its skew in the rest
        (-1.0, 2.0, 3.0, 0.0),
        (1.0, 2.0, 3.0, 1.0),
    ],
)
def test_known_shares_below_a_point_are_found(x: float, a: float, b: float, known: float) -> None:
    assert beta.below(x, a, b) == pytest.approx(known, abs=5e-6)


def test_a_distribution_without_parameters_is_none() -> None:
    with pytest.raises(ValueError, match="both parameters"):
        beta.below(0.5, 0.0, 1.0)


@settings(deadline=None)
@given(st.floats(0.001, 0.999), experiences())
def test_the_point_and_the_share_below_it_undo_each_other(mass: float, seen: Experience) -> None:
    a, b = seen.kept + 0.5, seen.missed + 0.5

    assert beta.below(beta.point(mass, a, b), a, b) == pytest.approx(mass, abs=1e-6)


@settings(deadline=None)
@given(experiences())
def test_the_likely_share_lies_around_what_was_seen(seen: Experience) -> None:
    low, high = likely_share(seen)

    share = seen.kept / (seen.kept + seen.missed) if seen.kept + seen.missed else 0.5
    assert 0 <= low <= share <= high <= 1


@settings(deadline=None)
@given(experiences(), st.integers(1, 99))
def test_a_higher_share_is_never_more_likely_reached(seen: Experience, percent: int) -> None:
    lower = chance_that_share_reaches(Fraction(percent, 100), seen)
    higher = chance_that_share_reaches(Fraction(percent + 1, 100), seen)

    assert higher <= lower + 1e-12


def test_an_experience_of_less_than_nothing_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        Experience(3, -1)
