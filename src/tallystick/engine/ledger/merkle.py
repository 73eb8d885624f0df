"""Entries -> the root hash of their tree, at any size, as RFC 6962 (section 2.1) has it."""

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the 32 bytes that stand for an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32 bytes that stand for two halves of a tree."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The hashes of all full subtrees over some leaves; made once, asked for roots often."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [leaves]
        while len(level := self._levels[-1]) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            self._levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])

    def root(self, size: int) -> bytes:
        """
        Return the root over the first `size` leaves.

        Raises:
            ValueError: if there are fewer.
        """
        if size > len(self._levels[0]):
            raise ValueError(f"there are {len(self._levels[0])} leaves, not {size}")
        root = b""
        # Each binary digit of the size is one full subtree; they are joined from the right.
        for height, level in enumerate(self._levels):
            if size >> height & 1:
                subtree = level[(size >> height) - 1]
                root = node_hash(subtree, root) if root else subtree
        return root or EMPTY_ROOT
