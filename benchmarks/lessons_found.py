"""How well lessons are found: queries with known answers, against BM25 alone."""

import gzip
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

from benchmarks.harness import Result, as_lines
from tallystick.engine.lessons import LessonText, Scope, index_lessons, related, scope_of, search
from tallystick.engine.lessons.asking import Asked, read_query
from tallystick.engine.lessons.ranking import scores_of
from tallystick.engine.lessons.search import best_rows

FOLDER = "LESSONS_FOLDER"
"""Names the folder of `llis.jsonl.gz` and `related.qrels.tsv`: the public lessons of NASA."""

FIELDS = ("title", "abstract", "driving_event", "lessons", "evidence", "recommendations")
HITS = 10
Known = Mapping[str, set[str]]
Ranking = Callable[[LessonText], list[str]]


def results(folder: Path | None = None) -> Iterator[Result]:
    """Give nDCG@10 and recall@10 of both tasks; nothing where the lessons are not there."""
    folder = folder or Path(os.environ.get(FOLDER, ""))
    if not (folder / "llis.jsonl.gz").is_file():
        print(
            f"{FOLDER} names no lessons: how well they are found is not measured.", file=sys.stderr
        )
        return
    lessons = {lesson.id: lesson for lesson in read_lessons(folder)}
    yield from _titles(lessons)
    yield from _related(lessons, folder / "related.qrels.tsv")


def read_lessons(folder: Path) -> Iterable[LessonText]:
    """Give the lessons of the file, their parts in the places of ours that come nearest."""
    with gzip.open(folder / "llis.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            yield LessonText(str(told["id"]), *(_plain(told[name]) for name in FIELDS))


def _plain(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _titles(lessons: Mapping[str, LessonText]) -> Iterator[Result]:
    """Find each lesson of an even id, its title taken from it, by that title."""
    scope = scope_of(index_lessons(replace(each, title="") for each in lessons.values()))
    asked = [lesson for lesson in lessons.values() if int(lesson.id) % 2 == 0]

    def ours(lesson: LessonText) -> list[str]:
        return [hit.lesson_id for hit in search(scope, f"{lesson.title} ", HITS).hits]

    def plain(lesson: LessonText) -> list[str]:
        return bm25_alone(scope, lesson.title, leave_out="")

    known = {lesson.id: {lesson.id} for lesson in asked}
    yield from _compared("a title finds its lesson", asked, known, ours, plain, half=2)


def _related(lessons: Mapping[str, LessonText], path: Path) -> Iterator[Result]:
    """Find the lessons that a lesson cites, by its title and its abstract, which cite nothing."""
    scope = scope_of(index_lessons(lessons.values()))
    known: defaultdict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, relevant = line.split("\t")
        known[query].add(relevant)

    def asked(lesson: LessonText) -> LessonText:
        return LessonText(lesson.id, lesson.title, lesson.context)

    def ours(lesson: LessonText) -> list[str]:
        return [each.lesson_id for each in related(scope, asked(lesson), HITS)]

    def plain(lesson: LessonText) -> list[str]:
        return bm25_alone(scope, f"{lesson.title} . {lesson.context}", leave_out=lesson.id)

    queries = [lessons[query] for query in known]
    yield from _compared("a lesson finds those it cites", queries, known, ours, plain, half=1)


def bm25_alone(scope: Scope, text: str, leave_out: str) -> list[str]:
    """Return the best lessons by the words of a text alone, the usual way."""
    asked: Asked = read_query(scope, f"{text} ")
    score = scores_of(scope, [(float(each.times), each.column) for each in asked.words])
    best = scope.ids(best_rows(scope, score, scope.mask, HITS + 1))
    return [key for key in best if key != leave_out][:HITS]


def _compared(
    task: str, asked: list[LessonText], known: Known, ours: Ranking, plain: Ranking, half: int
) -> Iterator[Result]:
    halves = {"": asked, ", half A": [], ", half B": []}
    for lesson in asked:
        halves[", half B" if int(lesson.id) // half % 2 else ", half A"].append(lesson)
    mine = {lesson.id: figures(ours(lesson), known[lesson.id]) for lesson in asked}
    other = {lesson.id: figures(plain(lesson), known[lesson.id]) for lesson in asked}
    for part, lessons in halves.items():
        for number, measure in enumerate(("nDCG@10", "recall@10")):
            found = sum(mine[each.id][number] for each in lessons) / len(lessons)
            alone = sum(other[each.id][number] for each in lessons) / len(lessons)
            yield Result(
                f"{task}: {measure}{part}",
                found,
                alone,
                found / alone,
                1.0,
                found >= alone,
                "share",
                f"ours \u00f7 other, which is BM25 alone; {len(lessons):,} queries.",
            )


def figures(best: list[str], relevant: set[str]) -> tuple[float, float]:
    """Return nDCG@10, and the share of the relevant ones (ten at most) that were found."""
    gains = [1 / log2(place + 2) for place, key in enumerate(best) if key in relevant]
    ideal = [1 / log2(place + 2) for place in range(min(HITS, len(relevant)))]
    return sum(gains) / sum(ideal), len(gains) / len(ideal)


if __name__ == "__main__":
    print("\n".join(as_lines(results(Path(sys.argv[1]) if len(sys.argv) > 1 else None))))
