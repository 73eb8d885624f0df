"""An index -> files in a folder, and back; what cannot be read is as if it were not there."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from tallystick.engine.lessons.arrays import Unreadable, read_arrays, write_arrays
from tallystick.engine.lessons.index import LessonIndex
from tallystick.engine.lessons.meaning import Basis, Vectors
from tallystick.engine.lessons.pairs import Pairs
from tallystick.engine.lessons.postings import Ints, Postings
from tallystick.engine.lessons.segment import Segment

MANIFEST = "index"
"""The file that names the others; it is written last, and takes effect at once."""

_ARRAYS = ("restricted", "lengths", "stem_starts", "stem_words")
_TEXTS = ("ids", "digests", "words", "stems", "labels")
_POSTINGS = ("postings", "label_postings")


def keep(index: LessonIndex, folder: Path) -> None:
    """
    Write an index into a folder of its own; what it shares with the one before stays.

    Whoever has read the folder before goes on with what was read.
    """
    segments = [_kept_segment(segment, folder) for segment in index.segments]
    basis = _kept_basis(index.basis, folder)
    vectors = [
        _kept(folder, "vectors", {"steps": each.steps, "lengths": each.lengths}, {}, basis + name)
        for each, name in zip(index.vectors, segments, strict=False)
    ]
    gone = {str(part): np.flatnonzero(~alive) for part, alive in enumerate(index.alive)}
    named = {"segments": segments, "vectors": vectors, "basis": basis, "since": index.since}
    write_arrays(folder / MANIFEST, gone, named)
    used = {MANIFEST, basis, *segments, *vectors}
    for path in folder.iterdir():
        # A file that begins with a dot is being written.
        if path.name not in used and not path.name.startswith("."):
            path.unlink(missing_ok=True)


def _kept_segment(segment: Segment, folder: Path) -> str:
    arrays = {name: getattr(segment, name) for name in _ARRAYS}
    for name in _POSTINGS:
        postings = getattr(segment, name)
        arrays |= {
            f"{name}.starts": postings.starts,
            f"{name}.rows": postings.rows,
            f"{name}.counts": postings.counts,
        }
    pairs = segment.pairs
    arrays |= {"digests": pairs.digests, "pair_rows": pairs.rows, "pair_counts": pairs.counts}
    texts = {name: list(getattr(segment, name)) for name in _TEXTS}
    return _kept(folder, "segment", arrays, texts, json.dumps([texts["ids"], texts["digests"]]))


def _kept_basis(basis: Basis | None, folder: Path) -> str:
    if basis is None:
        return ""
    arrays = {"weights": basis.weights, "directions": basis.directions}
    texts = {"stems": basis.stems, "lessons": basis.lessons}
    seal = blake2b(basis.weights.tobytes() + basis.directions.tobytes(), digest_size=12)
    return _kept(folder, "basis", arrays, texts, seal.hexdigest() + json.dumps(basis.stems))


def _kept(
    folder: Path, kind: str, arrays: Mapping[str, Ints], texts: Mapping[str, Any], told: str
) -> str:
    """Write a file unless it is there, named by what it was made from; return its name."""
    name = f"{kind}-{blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"
    if not (folder / name).exists():
        write_arrays(folder / name, arrays, texts)
    return name


def kept_index(folder: Path) -> LessonIndex | None:
    """
    Return the index that lies in a folder, or None if there is none that can be read.

    A file that is not what was written is removed, so that it is written anew.
    """
    try:
        gone, named = read_arrays(folder / MANIFEST)
        segments = tuple(_segment(folder / name) for name in named["segments"])
        vectors = tuple(Vectors(**read_arrays(folder / name)[0]) for name in named["vectors"])
        alive = tuple(np.ones(len(segment), dtype=bool) for segment in segments)
        for part, rows in gone.items():
            alive[int(part)][rows] = False
        basis = _basis(folder / named["basis"]) if named["basis"] else None
        index = LessonIndex(segments, alive, (), None, int(named["since"]))
        return replace(index, vectors=vectors, basis=basis)
    except Unreadable as problem:
        with suppress(OSError):
            problem.path.unlink()
    except (KeyError, TypeError, IndexError, ValueError):
        with suppress(OSError):
            (folder / MANIFEST).unlink()
    return None


def _segment(path: Path) -> Segment:
    arrays, texts = read_arrays(path)
    postings: dict[str, Any] = {
        name: Postings(*(arrays[f"{name}.{part}"] for part in ("starts", "rows", "counts")))
        for name in _POSTINGS
    }
    plain: dict[str, Any] = {name: arrays[name] for name in _ARRAYS}
    plain |= {name: texts[name] for name in _TEXTS}
    pairs = Pairs(arrays["digests"], arrays["pair_rows"], arrays["pair_counts"])
    return Segment(**plain, **postings, pairs=pairs)


def _basis(path: Path) -> Basis:
    arrays, texts = read_arrays(path)
    return Basis(texts["stems"], arrays["weights"], arrays["directions"], texts["lessons"])
