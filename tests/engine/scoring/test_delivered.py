"""Predicted against delivered, worked by hand."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.scoring import Predicted, TrackRecord, track_records


def test_the_record_of_a_key_is_its_bias_and_its_mean_error() -> None:
    pairs = [Predicted("Ada", 4, 3), Predicted("Ada", 5, 3), Predicted("Ada", 2, 3)]

    assert track_records(pairs) == [
        TrackRecord("Ada", 3, bias=Fraction(2, 3), shrunk=Fraction(1, 3), error=Fraction(4, 3))
    ]


def test_of_two_pairs_nothing_is_told() -> None:
    (found,) = track_records([Predicted("Ada", 4, 1), Predicted("Ada", 4, 1)])

    assert not found.enough
    assert (found.pairs, found.bias, found.shrunk, found.error) == (2, None, None, None)


def test_a_key_may_be_a_supplier_and_a_criterion() -> None:
    pairs = [Predicted(("Alder", "quality"), 4, 3), Predicted(("Birch", "quality"), 4, 3)]

    assert [each.key for each in track_records(pairs)] == [
        ("Alder", "quality"),
        ("Birch", "quality"),
    ]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=30))
def test_what_is_relied_on_lies_between_nothing_and_the_bias(pairs: list[tuple[int, int]]) -> None:
    (found,) = track_records([Predicted("key", *each) for each in pairs])

    assert found.bias is not None
    assert found.shrunk is not None
    assert found.error is not None
    assert abs(found.shrunk) <= abs(found.bias) <= found.error
