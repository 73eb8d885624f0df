"""Lessons for tests; name only what a test is about."""

from typing import Any

from tallystick.engine.lessons import LessonText


def a_lesson(id: str = "l1", **changes: Any) -> LessonText:
    """Return a lesson without a word in common with others, unless you name one."""
    return LessonText(**({"id": id, "title": f"Untitled{id}"} | changes))


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
)
BASELINES = LessonText(
    id="baselines",
    title="Improvement could not be shown",
    root_cause="No baseline was measured before the provider started.",
    preventive_action="Measure a baseline for each objective before signature.",
    stages=("define",),
    practices=(1,),
)
ESCALATION = LessonText(
    id="escalation",
    title="Nobody knew whom to call at night",
    root_cause="The escalation ladder had no names.",
    stages=("transition", "deliver"),
)
LIBRARY = (HOLIDAYS, BASELINES, ESCALATION)
