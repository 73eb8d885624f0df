"""The one sequence of bytes that stands for a value."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.canonical import LARGEST_INTEGER, NotCanonical, canonical_bytes, digest

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
).filter(lambda value: "\ud800" not in repr(value))


def test_keys_are_sorted_and_white_space_is_left_out() -> None:
    got = canonical_bytes({"b": [1, True, None], "a": "x"})

    assert got == b'{"a":"x","b":[1,true,null]}'


def test_composed_and_decomposed_letters_give_the_same_bytes() -> None:
    composed, decomposed = {"caf\u00e9": "\u00e9"}, {"cafe\u0301": "e\u0301"}

    assert canonical_bytes(composed) == canonical_bytes(decomposed)


def test_a_digest_names_its_algorithm() -> None:
    empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert digest(b"") == empty


@given(value=plain_values, data=st.data())
def test_the_order_of_keys_never_matters(value: Any, data: st.DataObject) -> None:
    document = {"a": value, "b": 1, "c": [value]}
    shuffled = dict(data.draw(st.permutations(list(document.items()))))

    try:
        expected = canonical_bytes(document)
    except NotCanonical:
        return
    assert canonical_bytes(shuffled) == expected


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"target": 0.95}, "$.target"),
        ([1, 2**53], "$[1]"),
        ([-(2**53)], "$[0]"),
        ({"on": date(2012, 1, 1)}, "$.on"),
        ({1: "one"}, "$"),
        ({"\u00e9": 1, "e\u0301": 2}, "$"),
        ({"text": "\ud800"}, "$.text"),
    ],
)
def test_a_value_without_an_exact_form_is_refused_with_its_place(value: Any, place: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical_bytes(value)

    assert (refused.value.code, refused.value.place) == ("canonical.no-exact-form", place)
    assert refused.value.remedy


def test_the_largest_exact_integers_are_kept() -> None:
    assert canonical_bytes([LARGEST_INTEGER, -LARGEST_INTEGER]) == (
        b"[9007199254740991,-9007199254740991]"
    )
