"""One item: its outcome with the time left and the due instant, and its working."""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.generated import agreement, spans
from benchmarks.harness import Result, Sizes, Work, within
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.working import show_working

OUTCOME_MS, WORKING_MS = 1.0, 5.0
TIMES = 200


def milliseconds(work: Work) -> float:
    """Return the median CPU milliseconds of a piece of work, called many times."""
    work()
    spent = []
    for _ in range(TIMES):
        start = time.process_time_ns()
        work()
        spent.append((time.process_time_ns() - start) / 1e6)
    return median(spent)


def results(sizes: Sizes) -> Iterator[Result]:
    """Give both."""
    history, terms = spans(1, 8), agreement()
    level, as_of = terms.service_levels[1], int(history.since.max()) + 1
    note = "at most, of eight changes on an office calendar, its history in hand."
    yield within(
        "one item: outcome, time left and due instant",
        milliseconds(lambda: measure(history, level, terms, as_of)),
        OUTCOME_MS,
        unit="CPU ms",
        note=note,
    )
    yield within(
        "one item: its working, interval by interval",
        milliseconds(lambda: show_working(history, "T0", level, terms, as_of)),
        WORKING_MS,
        unit="CPU ms",
        note=note,
    )
