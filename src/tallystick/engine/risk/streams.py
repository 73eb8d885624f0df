"""A seed and a key -> a source of chance of one's own."""

from hashlib import blake2b

import numpy as np


def stream(seed: int, kind: str, key: str = "", part: int = 0) -> np.random.Generator:
    """
    Return the source of chance that belongs to a seed, a kind of figure, a key and a part.

    What it gives depends on nothing else: who is added or removed beside it changes nothing.
    """
    digest = blake2b(f"{kind}\0{key}".encode(), digest_size=16).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng([seed, part, *words])
