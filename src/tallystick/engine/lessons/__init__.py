"""Lessons: search them, find those that say the same, and match them to an engagement."""

from tallystick.engine.lessons.index import (
    LessonIndex,
    Scope,
    index_lessons,
    scope_of,
    updated,
)
from tallystick.engine.lessons.keeping import keep, kept_index
from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.match import EngagementText, Feedback, Match, match_lessons
from tallystick.engine.lessons.neighbours import Neighbour, probable_duplicates, related
from tallystick.engine.lessons.search import Answer, Hit, Where, search, spread
from tallystick.engine.lessons.telling import Passage, Told, tell

__all__ = [
    "Answer",
    "EngagementText",
    "Feedback",
    "Hit",
    "LessonIndex",
    "LessonText",
    "Match",
    "Neighbour",
    "Passage",
    "Scope",
    "Told",
    "Where",
    "index_lessons",
    "keep",
    "kept_index",
    "match_lessons",
    "probable_duplicates",
    "related",
    "scope_of",
    "search",
    "spread",
    "tell",
    "updated",
]
