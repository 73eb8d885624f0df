"""Lessons + an engagement at a stage -> the lessons that apply to it, each with its reasons."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from tallystick.engine.lessons.asking import plain_words
from tallystick.engine.lessons.index import Scope
from tallystick.engine.lessons.postings import Ints
from tallystick.engine.lessons.ranking import Column, column_of_label, column_of_stem
from tallystick.engine.lessons.search import applies, best_rows
from tallystick.engine.lessons.words import stem_key

STAGE_WEIGHT = 0.30
SERVICE_WEIGHT = 0.30
PRACTICE_WEIGHT = 0.10
WORDS_WEIGHT = 0.30

EVERYWHERE = 0.5
"""The fit of a lesson that does not say where it applies."""

LEAST = 0.30
"""Matches below this are not suggested."""

ENOUGH_WORDS = 4
"""Shared words, each found in no other lesson, that make half of the full text fit."""

MOST_WORDS = 400
"""Different words of an engagement that are looked up."""

SHOWN_WORDS = 5

FEEDBACK_WEIGHT = 0.10
"""What the answers of those who were shown a lesson can add to a score, or take from it."""

ENOUGH_ANSWERS = 4
"""Answers that agree and make half of that."""

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
class Feedback:
    """How many of those who were shown a lesson found it useful, and how many did not."""

    useful: int = 0
    not_useful: int = 0

    @property
    def weight(self) -> float:
        """Return what it adds to a score, between -0.1 and 0.1."""
        number = self.useful + self.not_useful
        return FEEDBACK_WEIGHT * (self.useful - self.not_useful) / (number + ENOUGH_ANSWERS)


@dataclass(frozen=True, slots=True)
class Match:
    """A lesson that applies: its score between 0 and 1, and why, one sentence per reason."""

    lesson_id: str
    score: float
    reasons: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """How well every row fits in each way, between 0 and 1."""

    stage: Ints
    service: Ints
    practice: Ints
    words: Ints


def match_lessons(
    scope: Scope,
    engagement: EngagementText,
    stage: str,
    limit: int = 10,
    feedback: Mapping[str, Feedback] | None = None,
) -> list[Match]:
    """
    Return at most `limit` lessons that apply to an engagement at a stage, best first.

    The score is 0.3 for the stage, 0.3 for the service type, 0.1 for the practice and up to
    0.3 for shared words, rare words counting more; a lesson that names no stage, service type
    or practice gets half of that part. Feedback moves it by 0.1 at most. Left out: a lesson that
    names other stages only, one that names other service types only unless the words fit better
    than halfway, and anything below 0.3. Equal scores stand in the order of the ids.
    """
    candidates = applies(scope, "stage", stage)
    about = _about(scope, engagement, candidates)
    parts = _Parts(
        stage=_fit(scope, "stage", (stage,)),
        service=_fit(scope, "service", (engagement.service_type,)),
        practice=_fit(scope, "practice", PRACTICES_OF_STAGE.get(stage, ())),
        words=_fit_of_words(scope, about),
    )
    score = np.round(_weighed(scope, parts, feedback or {}), 4)
    told = (parts.stage == 1) | (parts.service == 1) | (parts.practice == 1) | (parts.words > 0)
    fits = (parts.service > 0) | (parts.words > 0.5)
    found = candidates & told & fits & (score >= LEAST)
    rows = best_rows(scope, score, found, limit)
    shown = _Shown(scope, engagement, stage, about, feedback or {})
    return [
        Match(key, float(score[row]), shown.reasons(row, key, parts))
        for row, key in zip(rows, scope.ids(rows), strict=True)
    ]


def _weighed(scope: Scope, parts: _Parts, feedback: Mapping[str, Feedback]) -> Ints:
    score: Ints = (
        SERVICE_WEIGHT * parts.service
        + STAGE_WEIGHT * parts.stage
        + PRACTICE_WEIGHT * parts.practice
        + WORDS_WEIGHT * parts.words
    )
    for key, given in feedback.items():
        if key in scope.index.places:
            part, row = scope.index.places[key]
            score[scope.offsets[part] + row] += given.weight
    return np.clip(score, 0, 1)


def _fit(scope: Scope, kind: str, wanted: tuple[object, ...]) -> Ints:
    fit = np.zeros(len(scope.mask))
    fit[column_of_label(scope, f"{kind}:").rows] = EVERYWHERE
    for value in wanted:
        fit[column_of_label(scope, f"{kind}:{value}").rows] = 1
    return fit


def _about(
    scope: Scope, engagement: EngagementText, candidates: Ints
) -> list[tuple[int, str, Column]]:
    """
    Return (weight, word, who has it) of what is written about an engagement, heaviest first.

    A word weighs 1,000 if one candidate has it, less the more have it, never 0.
    """
    words, language = plain_words(" . ".join(engagement.texts))
    number = int(np.count_nonzero(candidates))
    found: dict[str, tuple[int, str, Column]] = {}
    for word in list(Counter(words))[:MOST_WORDS]:
        column = column_of_stem(scope, word)
        held = candidates[column.rows]
        if not held.any():
            continue
        column = Column(column.rows[held], column.counts[held])
        weight = round(1000 * log(1 + number / len(column.rows)) / log(1 + number))
        # Two forms of one word are one word.
        found.setdefault(stem_key(language, word), (weight, word, column))
    return sorted(found.values(), key=lambda each: (-each[0], each[1]))


def _fit_of_words(scope: Scope, about: list[tuple[int, str, Column]]) -> Ints:
    # Whole numbers, so that a last digit cannot change the order of lessons.
    shared = np.zeros(len(scope.mask), dtype=np.int64)
    for weight, _, column in about:
        shared[column.rows] += weight
    fit: Ints = shared / (shared + 1000 * ENOUGH_WORDS)
    return fit


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """What the reasons of a match are told from."""

    scope: Scope
    engagement: EngagementText
    stage: str
    about: list[tuple[int, str, Column]]
    feedback: Mapping[str, Feedback]

    def reasons(self, row: int, key: str, parts: _Parts) -> list[str]:
        """Return why a row applies, one sentence per reason."""
        found = []
        if parts.service[row] == 1:
            kind = self.engagement.service_type.replace("-", " ")
            found.append(f"Applies to {kind}, as this engagement is.")
        if parts.stage[row] == 1:
            found.append(f"Applies to the {self.stage} stage, where this engagement stands.")
        if parts.practice[row] == 1:
            found.append(f"Concerns {self._practices(row)}, which the {self.stage} stage decides.")
        if words := self._words(row):
            found.append(f"Shares the words: {', '.join(words)}.")
        if given := self.feedback.get(key):
            found.append(_told(given))
        return found

    def _practices(self, row: int) -> str:
        at = np.array([row])
        return " and ".join(
            PRACTICE_NAMES[each]
            for each in PRACTICES_OF_STAGE[self.stage]
            if column_of_label(self.scope, f"practice:{each}").held_by(at)[0]
        )

    def _words(self, row: int) -> list[str]:
        at = np.array([row])
        return [word for _, word, column in self.about if column.held_by(at)[0]][:SHOWN_WORDS]


def _told(given: Feedback) -> str:
    asked = given.useful + given.not_useful
    return f"Found useful by {given.useful} of {asked}, which counts {given.weight:+.2f}."
