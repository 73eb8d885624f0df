"""What both teams answered -> what each side perceives, and how far that is from the figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

LEAST_ANSWERS = 3
"""Of fewer answers from one side nothing is told: who said what could be guessed."""
FAVOURABLE = 4
"""A mark from here on, of 5, is content."""
MOST = 5
WATERMELON = Fraction(3, 10)
"""So much more green in the figures than in the people's answers is red inside."""

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "service": "The service helps people to get their work done.",
        "promises": "What was promised is done, at the time it was promised for.",
        "problems": "Problems are told early, and solved at their cause.",
        "decisions": "Decisions are taken in time, by somebody who may take them.",
        "together": "Both teams treat each other fairly and speak openly.",
        "again": "I would work with this partner again.",
    }
)
"""Our own words; the answers go from 1, not at all, to 5, entirely."""


@dataclass(frozen=True, slots=True)
class Perceived:
    """What one side answered to one question."""

    question: str
    mean: Fraction
    favourable: Fraction


@dataclass(frozen=True, slots=True)
class SideResult:
    """What one side answered; `questions` is empty where too few answered to tell."""

    side: str
    answers: int
    questions: Sequence[Perceived]
    favourable: Fraction | None

    @property
    def told(self) -> bool:
        """Return whether enough people answered."""
        return self.favourable is not None


def side_result(side: str, answers: Iterable[Mapping[str, int]]) -> SideResult:
    """Return what one side's answers say together; each maps every question to its mark."""
    given = list(answers)
    if len(given) < LEAST_ANSWERS:
        return SideResult(side, len(given), (), None)
    questions = [_perceived(each, [answer[each] for answer in given]) for each in QUESTIONS]
    whole = sum((each.favourable for each in questions), Fraction(0)) / len(questions)
    return SideResult(side, len(given), questions, whole)


def _perceived(question: str, marks: Sequence[int]) -> Perceived:
    content = sum(mark >= FAVOURABLE for mark in marks)
    return Perceived(question, Fraction(sum(marks), len(marks)), Fraction(content, len(marks)))


def watermelon_gap(met: int, judged: int, favourable: Fraction | None) -> Fraction | None:
    """
    Return the share of green figures less the share of content answers.

    None where nothing was judged or too few answered: no gap is no reason for calm.
    """
    if not judged or favourable is None:
        return None
    return Fraction(met, judged) - favourable


def red_inside(gap: Fraction | None) -> bool:
    """Return whether the figures are green while the people are not: green outside, red inside."""
    return gap is not None and gap >= WATERMELON
