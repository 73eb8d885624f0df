"""A .zip: written alike each time, and read as what a stranger may have packed."""

from collections.abc import Sequence
from lzma import LZMAError
from zipfile import BadZipFile, ZipInfo
from zlib import error as BadStream

UNPACKABLE = (
    BadStream, BadZipFile, EOFError, KeyError, LZMAError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What the library raises for a .zip that is damaged, encrypted, or of another making."""
MOST_TIMES = 100
"""How many times its packed size a .zip may have unpacked; texts of ours have some ten."""
ALWAYS_FINE = 64 * 2**20
"""Bytes that any machine has room for, however well they were packed."""


def member(name: str, compression: int) -> ZipInfo:
    """Return a member to write; without a time of its own it has one that never changes."""
    new = ZipInfo(name)
    new.compress_type = compression
    return new


def is_bomb(members: Sequence[ZipInfo], packed: int) -> bool:
    """Return whether members say that they unpack to far more than `packed` bytes ever hold."""
    return sum(each.file_size for each in members) > max(ALWAYS_FINE, packed * MOST_TIMES)
