"""Lessons: search them, and match them to an engagement."""

from tallystick.engine.lessons.index import Hit, LessonIndex, index_lessons, search
from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.match import EngagementText, Match, match_lessons

__all__ = [
    "EngagementText",
    "Hit",
    "LessonIndex",
    "LessonText",
    "Match",
    "index_lessons",
    "match_lessons",
    "search",
]
