"""Tasks of an exit with three-point durations -> the days within which it is likely done."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DRAWS = 4_096
SEED = 20_270_101
_POINTS = 513

Days = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """A task's least, likeliest and most days; it begins when all tasks of `after` are done."""

    least: float
    likely: float
    most: float
    after: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.likely <= self.most:
            raise ValueError(f"{self.least}, {self.likely}, {self.most} do not rise from nothing")


def time_to_exit(tasks: Sequence[Task], share: float = 0.8, seed: int = SEED) -> float:
    """
    Return the days within which all tasks are done with a chance of `share`.

    Each duration follows the PERT distribution (a Beta scaled to its least and most days, with
    its mode at the likeliest), independently of the others. A latin hypercube of 4,096 draws with
    a fixed seed: the same tasks always give the same days. `after` holds positions of earlier
    tasks.

    Raises:
        ValueError: if a task comes after itself or a later one.
    """
    ends: list[Days] = []
    for number, task in enumerate(tasks):
        if any(not 0 <= before < number for before in task.after):
            raise ValueError(f"task {number} comes after a task that does not stand before it")
        starts = [ends[before] for before in task.after]
        begins = np.maximum.reduce(starts) if starts else np.zeros(DRAWS)
        ends.append(begins + _durations(task, number, seed))
    return float(np.quantile(np.maximum.reduce(ends), share)) if ends else 0.0


def _durations(task: Task, number: int, seed: int) -> Days:
    width = task.most - task.least
    if width == 0:
        return np.full(DRAWS, task.least)
    mode = (task.likely - task.least) / width
    # PERT: alpha = 1 + 4 mode, beta = 1 + 4 (1 - mode), so the density needs no gamma function.
    x = np.linspace(0.0, 1.0, _POINTS)
    density = x ** (4 * mode) * (1 - x) ** (4 - 4 * mode)
    below = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2)))
    return task.least + width * np.interp(_chances(number, seed), below / below[-1], x)


@lru_cache(maxsize=512)
def _chances(number: int, seed: int) -> Days:
    """Return one chance from each of 4,096 equal strata, in an order of the task's own."""
    middles = (np.arange(DRAWS) + 0.5) / DRAWS
    return np.random.default_rng([seed, number]).permutation(middles)
