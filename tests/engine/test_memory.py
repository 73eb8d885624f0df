"""The process keeps the memory that it frees, if its C library can be told to."""

import subprocess
import sys

import pytest

# Columns as a bucket has them, made and let go; prints how often the system had to give a page.
_WORK = """
import resource, sys
import numpy as np
from tallystick.engine.memory import keep_freed_memory

assert sys.argv[1] == "given back" or keep_freed_memory()

def work():
    for _ in range(20):
        first, second = np.ones(1_000_000), np.ones(1_000_000)
        third = first + second
    return third

work()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
work()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def pages(what: str) -> int:
    """Return how many pages a process asked for while it did the same work again."""
    done = subprocess.run(
        [sys.executable, "-c", _WORK, what], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries are left as they are")
def test_memory_that_was_freed_is_not_asked_for_again() -> None:
    assert pages("kept") < pages("given back") / 5
