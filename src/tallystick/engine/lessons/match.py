"""Lessons + an engagement at a stage -> the lessons that apply to it, each with its reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log

from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.words import stem_of, words_by_stem, words_of

STAGE_WEIGHT = Fraction(30, 100)
SERVICE_WEIGHT = Fraction(30, 100)
PRACTICE_WEIGHT = Fraction(10, 100)
WORDS_WEIGHT = Fraction(30, 100)

EVERYWHERE = Fraction(1, 2)
"""The fit of a lesson that does not say where it applies."""

LEAST = Fraction(30, 100)
"""Matches below this are not suggested."""

ENOUGH_WORDS = 4
"""Shared words, each found in no other lesson, that make half of the full text fit."""

SHOWN_WORDS = 5

PRACTICES_OF_STAGE: Mapping[str, tuple[int, ...]] = {
    "define": (1, 8),
    "select": (5, 8),
    "agree": (6, 7, 8),
    "transition": (6, 8),
    "deliver": (3, 4, 6, 7, 8),
    "close": (2, 3, 4),
}
"""The practices (1 to 8) that a stage is about."""

PRACTICE_NAMES: Mapping[int, str] = {
    1: "objectives and expectations",
    2: "lessons learned",
    3: "analysis and continuity",
    4: "evaluation and quality control",
    5: "supplier selection",
    6: "communication",
    7: "service level agreements",
    8: "risk management",
}


@dataclass(frozen=True, slots=True)
class EngagementText:
    """What is known of an engagement: its service type, and everything written about it."""

    service_type: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A lesson that applies: its score between 0 and 1, and why, one sentence per reason."""

    lesson_id: str
    score: float
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class _Fit:
    share: Fraction
    reason: str = ""


def match_lessons(
    lessons: Iterable[LessonText], engagement: EngagementText, stage: str, limit: int = 10
) -> list[Match]:
    """
    Return at most `limit` lessons that apply to an engagement at a stage, best first.

    The score is 0.3 for the stage, 0.3 for the service type, 0.1 for the practice and up to
    0.3 for shared words, rare words counting more; a lesson that names no stage, service type
    or practice gets half of that part. Left out: a lesson that names other stages only, one
    that names other service types only unless the words fit better than halfway, and anything
    below 0.3. Equal scores stand in the order of the ids.
    """
    candidates = [lesson for lesson in lessons if not lesson.stages or stage in lesson.stages]
    about = words_by_stem(" ".join(engagement.texts))
    weights = _word_weights(candidates)
    matches = [_match(lesson, engagement, stage, about, weights) for lesson in candidates]
    found = [match for match in matches if match is not None]
    found.sort(key=lambda match: (-match.score, match.lesson_id))
    return found[: max(limit, 0)]


def _match(
    lesson: LessonText,
    engagement: EngagementText,
    stage: str,
    about: Mapping[str, str],
    weights: Mapping[str, Fraction],
) -> Match | None:
    words = _fit_of_words(lesson, about, weights)
    service = _fit_of_service(lesson, engagement.service_type)
    if service.share == 0 and words.share <= Fraction(1, 2):
        return None
    parts = (
        (SERVICE_WEIGHT, service),
        (STAGE_WEIGHT, _fit_of_stage(lesson, stage)),
        (PRACTICE_WEIGHT, _fit_of_practice(lesson, stage)),
        (WORDS_WEIGHT, words),
    )
    score = sum((weight * fit.share for weight, fit in parts), Fraction(0))
    reasons = [fit.reason for _, fit in parts if fit.reason]
    if score < LEAST or not reasons:
        return None
    return Match(lesson.id, round(float(score), 4), reasons)


def _fit_of_stage(lesson: LessonText, stage: str) -> _Fit:
    if not lesson.stages:
        return _Fit(EVERYWHERE)
    return _Fit(Fraction(1), f"Applies to the {stage} stage, where this engagement stands.")


def _fit_of_service(lesson: LessonText, service_type: str) -> _Fit:
    if not lesson.service_types:
        return _Fit(EVERYWHERE)
    if service_type not in lesson.service_types:
        return _Fit(Fraction(0))
    return _Fit(Fraction(1), f"Applies to {service_type.replace('-', ' ')}, as this engagement is.")


def _fit_of_practice(lesson: LessonText, stage: str) -> _Fit:
    if not lesson.practices:
        return _Fit(EVERYWHERE)
    shared = [each for each in PRACTICES_OF_STAGE.get(stage, ()) if each in lesson.practices]
    if not shared:
        return _Fit(Fraction(0))
    names = " and ".join(PRACTICE_NAMES[each] for each in shared)
    return _Fit(Fraction(1), f"Concerns {names}, which the {stage} stage decides.")


def _fit_of_words(
    lesson: LessonText, about: Mapping[str, str], weights: Mapping[str, Fraction]
) -> _Fit:
    shared = _stems(lesson) & about.keys()
    weight = sum((weights[stem] for stem in shared), Fraction(0))
    if not weight:
        return _Fit(Fraction(0))
    told = sorted(shared, key=lambda stem: (-weights[stem], about[stem]))[:SHOWN_WORDS]
    reason = f"Shares the words: {', '.join(about[stem] for stem in told)}."
    return _Fit(weight / (weight + ENOUGH_WORDS), reason)


def _word_weights(lessons: Sequence[LessonText]) -> dict[str, Fraction]:
    """Return 1 for a stem that one lesson has, less the more lessons have it, never 0."""
    having = Counter(stem for lesson in lessons for stem in _stems(lesson))
    whole = log(1 + len(lessons))
    # Rounded, so that a last digit of the logarithm cannot change the order of lessons.
    return {
        stem: Fraction(round(1000 * log(1 + len(lessons) / count) / whole), 1000)
        for stem, count in having.items()
    }


def _stems(lesson: LessonText) -> frozenset[str]:
    return frozenset(stem_of(word) for text in lesson.texts for word in words_of(text))
