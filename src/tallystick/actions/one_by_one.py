"""Work on many things, each alone: a fault of one keeps none of the others waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Key = TypeVar("Key")
Done = TypeVar("Done")


def one_by_one(keys: Iterable[Key], act: Callable[[Key], Done]) -> list[Done]:
    """
    Do something with each key, and return what came of it.

    Each act is a transaction of its own. Faults are raised together once all others are done: the
    round fails loudly, and has still done what could be done.
    """
    done: list[Done] = []
    faults: list[Exception] = []
    for key in keys:
        try:
            done.append(act(key))
        except Exception as fault:  # noqa: BLE001  (raised below, with its traceback)
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{len(faults)} could not be done", faults)
    return done
