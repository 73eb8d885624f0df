"""Lessons for tests; name only what a test is about."""

from collections.abc import Collection, Iterable
from typing import Any

from tallystick.engine.lessons import (
    Answer,
    LessonText,
    Scope,
    Where,
    index_lessons,
    scope_of,
    search,
)


def a_lesson(id: str = "l1", **changes: Any) -> LessonText:
    """Return a lesson without a word in common with others, unless you name one."""
    return LessonText(**({"id": id, "title": f"Untitled{id}"} | changes))


def seen(lessons: Iterable[LessonText], visible: Collection[str] | None = None) -> Scope:
    """Return what a reader sees of an index of lessons."""
    return scope_of(index_lessons(lessons), visible)


def ask(lessons: Iterable[LessonText], query: str, **how: Any) -> Answer:
    """Return the answer of an index of lessons to a reader of them all."""
    return search(seen(lessons), query, **how)


def found(lessons: Iterable[LessonText], query: str, where: Where | None = None) -> list[str]:
    """Return the ids that answer a query, best first."""
    return [hit.lesson_id for hit in ask(lessons, query, where=where).hits]


HOLIDAYS = LessonText(
    id="holidays",
    title="Public holidays were missing from the service calendar",
    context="A service desk whose agreement was copied from an older one.",
    what_happened="Forty tickets were judged late on days on which nobody worked.",
    root_cause="The calendar listed the holidays of one year only.",
    effect="Credits of 12,000 euro were disputed for three months.",
    preventive_action="List the holidays of every year of the term.",
    stages=("agree",),
    service_types=("service-desk", "application-support"),
    practices=(7,),
    state="validated",
)
BASELINES = LessonText(
    id="baselines",
    title="Improvement could not be shown",
    root_cause="No baseline was measured before the provider started.",
    preventive_action="Measure a baseline for each objective before signature.",
    stages=("define",),
    practices=(1,),
    state="identified",
)
ESCALATION = LessonText(
    id="escalation",
    title="Nobody knew whom to call at night",
    root_cause="The escalation ladder had no names.",
    stages=("transition", "deliver"),
    causes=("communication",),
)
MIGRATION = LessonText(
    id="migracion",
    title="La migración de los servidores empezó sin ensayo",
    context="Un centro de datos que se trasladó en un fin de semana.",
    root_cause="El proveedor no probó las migraciones antes de la fecha acordada.",
    preventive_action="Ensayar cada migración con una copia de los datos.",
)
LIBRARY = (HOLIDAYS, BASELINES, ESCALATION)

TOPICS = (
    ("calendar", "holidays", "weekend", "Easter", "shift", "rota", "night", "clock"),
    ("backup", "restore", "archive", "tape", "disk", "snapshot", "vault", "copy"),
    ("invoice", "credit", "price", "discount", "penalty", "payment", "euro", "budget"),
)


def a_shelf(topics: Iterable[tuple[str, ...]] = TOPICS, each: int = 34) -> list[LessonText]:
    """Return lessons of a few topics, so many that words which belong together are learned."""
    lessons = []
    for number, words in enumerate(topics):
        for copy in range(each):
            # Some words of the topic each time, so that all of them hang together.
            told = [words[(copy + step) % len(words)] for step in (0, 1, 2, 3, 5)]
            lessons.append(
                a_lesson(
                    f"{number}-{copy:02d}", title=" ".join(told), context=f"case{number}x{copy}"
                )
            )
    return lessons
