"""Root hashes, against the published vectors of RFC 6962's reference implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.ledger.merkle import EMPTY_ROOT, Tree, leaf_hash, node_hash

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_is_that_of_the_published_vectors(size: int) -> None:
    tree = Tree([leaf_hash(each) for each in LEAVES])

    assert tree.root(size).hex() == ROOTS[size]


def _as_the_standard_says(leaves: list[bytes]) -> bytes:
    """Return the root by the recursion of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(_as_the_standard_says(leaves[:split]), _as_the_standard_says(leaves[split:]))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70), st.data())
def test_every_size_has_the_root_of_the_standard_s_recursion(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, len(leaves)))

    assert Tree(leaves).root(size) == _as_the_standard_says(leaves[:size])


def test_a_size_beyond_the_leaves_has_no_root() -> None:
    with pytest.raises(ValueError, match="1 leaves, not 2"):
        Tree([b"x"]).root(2)
