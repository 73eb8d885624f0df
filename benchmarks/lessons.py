"""Searching many lessons: limits that a person feels, and the memory of a process."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.harness import Result, Sizes, alone, cpu_seconds, peak_megabytes, within
from benchmarks.lessons_set import made_lessons, vocabulary
from tallystick.engine.lessons import (
    EngagementText,
    LessonIndex,
    index_lessons,
    keep,
    kept_index,
    match_lessons,
    probable_duplicates,
    related,
    scope_of,
    search,
    updated,
)

WORDS = 30_000
TIMES = 60
FEW = 20
REACHES = {
    "start": 1_000.0,
    "search": 50.0,
    "mistyped": 50.0,
    "related": 200.0,
    "duplicates": 200.0,
    "suggest": 200.0,
    "add": 500.0,
}
"""Milliseconds that 95 in 100 may take."""

NOTES = {
    "start": "opening the index from disk, its files checked and mapped, without reading lessons.",
    "search": "four to eight words, twenty hits, counts by stage, service, practice and state.",
    "mistyped": "the same with a word in which a letter is wrong, at one stage.",
    "related": "the ten lessons that are next to one.",
    "duplicates": "those that say what a draft says.",
    "suggest": "ten lessons for an engagement of some hundred words, with reasons.",
    "add": "one lesson more, which makes a segment of its own.",
}


def results(folder: Path, sizes: Sizes) -> Iterator[Result]:
    """Give the 95th percentile of each piece of work, and what building and holding it takes."""
    place = folder / "lessons"
    built: list[LessonIndex] = []
    lessons = made_lessons(sizes.lessons, vocabulary(WORDS))
    taken = cpu_seconds(lambda: built.append(index_lessons(lessons)))
    keep(built.pop(), place)
    yield within(
        f"index {sizes.lessons:,} lessons",
        taken,
        None,
        unit="CPU seconds",
        note="made up while they are indexed, some 1,000 characters each; once, not at each start.",
    )
    found = alone("benchmarks.lessons", str(place), str(sizes.lessons))
    for name, reach in REACHES.items():
        yield within(
            f"lessons, {sizes.lessons:,}: {name}",
            found[name],
            reach,
            unit="ms, p95",
            note=NOTES[name],
        )
    yield within(
        f"lessons, {sizes.lessons:,}: memory of the process",
        found["peak"],
        500.0,
        unit="MB",
        note="at most, for all of the above; most of it are pages of the index's files.",
    )


def times_of(work: Callable[[int], object], times: int) -> list[float]:
    """Return the milliseconds that each of several runs takes."""
    found = []
    for number in range(times):
        start = perf_counter()
        work(number)
        found.append((perf_counter() - start) * 1_000)
    return found


def most(times: Iterable[float]) -> float:
    """Return what 95 in 100 do not exceed."""
    ordered = sorted(times)
    return ordered[int(len(ordered) * 0.95)]


def measure(folder: Path, number: int) -> dict[str, float]:
    """Return the figures of an index on disk, in this process."""
    start = perf_counter()
    index = kept_index(folder)
    assert index is not None
    scope = scope_of(index)
    found = {"start": (perf_counter() - start) * 1_000}
    draw = Random(11)  # noqa: S311
    drafts = list(made_lessons(TIMES, vocabulary(WORDS), seed=8))
    queries = [" ".join(draft.texts[1].split()[: draw.randint(4, 8)]) + " " for draft in drafts]
    engagements = [EngagementText("service-desk", each.texts) for each in drafts]
    works: dict[str, tuple[Callable[[int], object], int]] = {
        "search": (lambda n: search(scope, queries[n]), TIMES),
        "mistyped": (lambda n: search(scope, f"{queries[n]}{_mistyped(queries[n])} "), TIMES),
        "related": (lambda n: related(scope, drafts[n]), FEW),
        "duplicates": (lambda n: probable_duplicates(scope, drafts[n]), FEW),
        "suggest": (lambda n: match_lessons(scope, engagements[n], "agree"), FEW),
        "add": (lambda n: updated(index, [drafts[n]]), FEW),
    }
    for name, (work, times) in works.items():
        work(0)
        found[name] = most(times_of(work, times))
    return found | {"peak": peak_megabytes()}


def _mistyped(query: str) -> str:
    longest = max(query.split(), key=len)
    return longest[:3] + "x" + longest[4:]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
