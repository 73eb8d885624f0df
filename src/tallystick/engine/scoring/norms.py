"""How two teams say they work -> where they lie apart, and where a team is not at one itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from types import MappingProxyType

from tallystick.engine.refusals import Refusal

LEAST, MOST = 1, 7
FEWEST_ANSWERS = 3
"""Of fewer answers from one team nothing is told: who said what could be guessed."""
POINTS = 100

ITEMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bad-news": ("Bad news waits until it is certain.", "Bad news is told at the first sign."),
        "decisions": ("The most senior person decides.", "Whoever has the facts decides."),
        "channel": ("What matters is talked over.", "What matters is written down."),
        "planning": ("We plan ahead and keep to it.", "We start and adapt as we learn."),
        "speaking-up": ("We do what the customer asks.", "We tell the customer when it is wrong."),
        "estimates": ("Estimates include a reserve.", "Estimates are what we expect."),
        "overtime": ("We stay until it is done.", "We go home and finish tomorrow."),
        "documentation": ("Those who know are asked.", "Those who look it up find it."),
        "conflict": ("Disagreement is settled in private.", "Disagreement is settled in the open."),
        "quality": ("The date is kept.", "The quality is kept."),
    }
)
"""Our own words: what 1 and what 7 stand for. Neither end is the good one."""

Answers = Mapping[str, int]


class AnswerOutsideScale(Refusal):
    """An answer lies outside 1 to 7, or an item is not answered."""

    code = "norms.answer-outside-scale"


@dataclass(frozen=True, slots=True)
class NormGap:
    """
    One item: each team's median (1 to 7), and how far they lie apart in points of 100.

    `our_spread` and `their_spread` are the mean distances of a team's answers from its own
    median, in the same points: a team that is not at one has no norm to compare.
    """

    item: str
    ours: Fraction
    theirs: Fraction
    points: Fraction
    our_spread: Fraction
    their_spread: Fraction


@dataclass(frozen=True, slots=True)
class NormsCompared:
    """Both teams' answers; `gaps`, widest first, is empty where either has fewer than three."""

    ours: int
    theirs: int
    gaps: Sequence[NormGap]

    @property
    def comparable(self) -> bool:
        """Return whether both teams gave enough answers."""
        return min(self.ours, self.theirs) >= FEWEST_ANSWERS


def compare_norms(
    ours: Iterable[Answers], theirs: Iterable[Answers], items: Iterable[str] = ITEMS
) -> NormsCompared:
    """
    Return how far two teams' answers lie apart, exactly; each answer maps every item to 1 to 7.

    Only answers of the people who will work together count: no average of a country says
    anything about a team.

    Raises:
        AnswerOutsideScale: if an item is not answered, or with anything but 1 to 7.
    """
    asked = list(items)
    one, other = list(ours), list(theirs)
    for answer in (*one, *other):
        _check(answer, asked)
    if min(len(one), len(other)) < FEWEST_ANSWERS:
        return NormsCompared(len(one), len(other), ())
    gaps = [_gap(item, [a[item] for a in one], [a[item] for a in other]) for item in asked]
    return NormsCompared(len(one), len(other), sorted(gaps, key=lambda each: -each.points))


def _check(answer: Answers, items: Sequence[str]) -> None:
    for item in items:
        if not LEAST <= answer.get(item, 0) <= MOST:
            raise AnswerOutsideScale(
                f"The item {item} is answered with {answer.get(item, 'nothing')}.",
                place=item,
                remedy=f"Answer every item from {LEAST} to {MOST}.",
            )


def _gap(item: str, ours: Sequence[int], theirs: Sequence[int]) -> NormGap:
    one, other = Fraction(median(ours)), Fraction(median(theirs))
    return NormGap(
        item, one, other, _points(abs(one - other)), _spread(ours, one), _spread(theirs, other)
    )


def _spread(answers: Sequence[int], middle: Fraction) -> Fraction:
    return _points(sum((abs(each - middle) for each in answers), Fraction(0)) / len(answers))


def _points(distance: Fraction) -> Fraction:
    return POINTS * distance / (MOST - LEAST)
