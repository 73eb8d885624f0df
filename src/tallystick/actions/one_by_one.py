"""Work on many things, each alone: a fault of one keeps none of the others waiting."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Key = TypeVar("Key")
Done = TypeVar("Done")


def one_by_one(keys: Iterable[Key], act: Callable[[Key], Done]) -> Iterator[Done]:
    """
    Do something with each key, and yield what came of those that went well.

    Each act is a transaction of its own. Faults are raised together once all others are done: the
    round fails loudly, and has still done what could be done.
    """
    faults: list[Exception] = []
    for key in keys:
        try:
            done = act(key)
        except Exception as fault:  # noqa: BLE001  (raised below, with its traceback)
            faults.append(fault)
        else:
            yield done
    if faults:
        raise ExceptionGroup(f"{len(faults)} could not be done", faults)
