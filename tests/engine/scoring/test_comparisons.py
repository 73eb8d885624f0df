"""Pairwise comparisons: known weights and ratios, and matrices that are none."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.scoring import RANDOM_INDEX, reciprocal, weigh
from tallystick.engine.scoring.comparisons import ComparisonsRefused

THREE = ("price", "quality", "delivery")
KNOWN = [[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]


def test_the_known_matrix_gives_the_known_weights_and_ratio() -> None:
    found = weigh(THREE, KNOWN)

    assert [round(each, 4) for each in found.weights.values()] == [0.6370, 0.2583, 0.1047]
    assert round(found.ratio, 4) == 0.0332
    assert round(found.index / 0.52, 3) == 0.037  # another published table
    assert found.consistent


def test_weights_are_those_of_the_principal_eigenvector_of_three() -> None:
    values, vectors = np.linalg.eig(np.asarray(KNOWN))
    most = int(np.argmax(values.real))
    expected = vectors[:, most].real / vectors[:, most].real.sum()

    found = weigh(THREE, KNOWN)

    assert list(found.weights.values()) == pytest.approx(expected.tolist())
    assert found.lambda_max == pytest.approx(values[most].real)


def test_the_judgement_that_contradicts_the_others_is_named() -> None:
    names = ("a", "b", "c", "d")
    judged = {pair: 1.0 for pair in combinations(names, 2)} | {("b", "d"): 7.0}

    found = weigh(names, reciprocal(names, judged))

    assert found.look_again is not None
    assert (found.look_again.first, found.look_again.second) == ("b", "d")
    assert found.look_again.given == pytest.approx(7)
    assert found.look_again.deviation == pytest.approx(7 / found.look_again.implied)
    assert not found.consistent


@pytest.mark.parametrize("names", [("a",), ("a", "b")])
def test_one_or_two_criteria_cannot_contradict_themselves(names: Sequence[str]) -> None:
    found = weigh(names, reciprocal(names, {("a", "b"): 3.0}))

    assert (found.index, found.ratio, found.look_again) == (0, 0, None)


@given(st.lists(st.integers(1, 9), min_size=3, max_size=15))
def test_judgements_that_agree_give_back_their_weights(parts: list[int]) -> None:
    names = [f"c{each}" for each in range(len(parts))]
    matrix = [[one / other for other in parts] for one in parts]

    found = weigh(names, matrix)

    expected = [part / sum(parts) for part in parts]
    assert list(found.weights.values()) == pytest.approx(expected)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert found.look_again is None


@pytest.mark.parametrize(
    ("names", "matrix"),
    [
        ((), []),
        ([f"c{each}" for each in range(16)], np.ones((16, 16)).tolist()),
        (("a", "b"), [[1, 2]]),
        (("a", "b"), [[1, 2], [0.5]]),
        (("a", "b"), [[1, 2], [2, 1]]),
        (("a", "b"), [[1, 0], [0, 1]]),
        (("a", "b"), [[1, -2], [-0.5, 1]]),
        (("a", "b"), [[1, float("inf")], [0, 1]]),
        (("a", "b"), [[1, float("nan")], [1, 1]]),
        (("a", "b"), [[2, 1], [1, 1]]),
    ],
)
def test_a_matrix_that_is_none_is_refused(
    names: Sequence[str], matrix: Sequence[Sequence[float]]
) -> None:
    with pytest.raises(ComparisonsRefused):
        weigh(names, matrix)


@pytest.mark.parametrize(
    "judged",
    [{}, {("a", "b"): 0.0}, {("b", "a"): -3.0}, {("b", "a"): 0.0}],
)
def test_a_pair_that_was_not_compared_is_refused(judged: dict[tuple[str, str], float]) -> None:
    with pytest.raises(ComparisonsRefused):
        reciprocal(("a", "b"), judged)


def test_thirds_may_be_typed_with_two_decimals() -> None:
    assert weigh(("a", "b"), [[1, 3], [0.33, 1]]).weights["a"] == pytest.approx(0.75, abs=0.01)


def test_chance_is_that_of_saaty_for_up_to_fifteen() -> None:
    assert len(RANDOM_INDEX) == 15
    assert RANDOM_INDEX[2:5] == (0.58, 0.90, 1.12)
