"""Named arrays and texts -> one file, and back, its arrays mapped into memory and not read."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from tallystick.engine.lessons.postings import Ints

MAGIC = b"tallystick lessons 1\n"
"""What a file of this format begins with; a change of the format counts up."""

_ALIGNED = 64
_PIECE = 1 << 20


class Unreadable(Exception):
    """The file is not there, is of another format, or is not what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def write_arrays(path: Path, arrays: Mapping[str, Ints], texts: Mapping[str, Any]) -> None:
    """Write a file whole or not at all; what JSON can hold goes into `texts`."""
    placed, offset, digest = {}, 0, 0
    for name, values in arrays.items():
        whole = np.ascontiguousarray(values)
        placed[name] = {"dtype": whole.dtype.str, "shape": whole.shape, "offset": offset}
        offset += -(-whole.nbytes // _ALIGNED) * _ALIGNED
        digest = crc32(_padded(whole), digest)
    head = {"arrays": placed, "size": offset, "digest": digest, "texts": texts}
    header = _filled(json.dumps(head, separators=(",", ":")).encode("ascii"))
    lead = MAGIC + f"{len(header)} {crc32(header)}".encode("ascii")
    front = _filled(lead, b"\n") + header
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with beside.open("wb") as out:
            out.write(front)
            for values in arrays.values():
                out.write(_padded(np.ascontiguousarray(values)))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _filled(told: bytes, last: bytes = b"") -> bytes:
    return told + b" " * (-len(told + last) % _ALIGNED) + last


def _padded(values: Ints) -> bytes:
    told = values.tobytes()
    return told + bytes(-len(told) % _ALIGNED)


def read_arrays(path: Path) -> tuple[dict[str, Ints], dict[str, Any]]:
    """
    Return the arrays of a file, mapped into memory, and its texts.

    Raises:
        Unreadable
    """
    try:
        with path.open("rb") as file:
            if file.readline(len(MAGIC)) != MAGIC:
                raise Unreadable(path)
            size, digest = (int(word) for word in file.read(_ALIGNED - len(MAGIC)).split(b" ", 1))
            header = file.read(size)
            if crc32(header) != digest:
                raise Unreadable(path)
            start, head, found = file.tell(), json.loads(header), 0
            while piece := file.read(_PIECE):
                found = crc32(piece, found)
            if found != head["digest"] or file.tell() != start + head["size"]:
                raise Unreadable(path)
        return {name: _mapped(path, start, told) for name, told in head["arrays"].items()}, head[
            "texts"
        ]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Unreadable(path) from problem


def _mapped(path: Path, start: int, told: Mapping[str, Any]) -> Ints:
    shape = tuple(told["shape"])
    if 0 in shape:  # a mapping of nothing is refused by the system
        return np.zeros(shape, dtype=told["dtype"])
    found: Ints = np.memmap(
        path, dtype=told["dtype"], mode="r", offset=start + told["offset"], shape=shape
    )
    # A plain array over the same pages: a memmap is slower at each slice.
    return found.view(np.ndarray)
