"""Whether lessons did any good: repeats, fates, quarters and what they cost."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from tallystick.engine.lessons.recurrence import (
    BY_WORD,
    SAME_CAUSE,
    SAME_GUARDRAIL,
    Fate,
    Known,
    Mistake,
    cost_of,
    median_days_to_use,
    quarters_of,
    repeats_of,
    track_of,
)

TOLD = date(2026, 1, 10)
LESSON = Known("L1", "decision-late", TOLD, guardrail="DEL001")


def later(days: int, name: str = "M1", **changes: object) -> Mistake:
    """Return a mistake some days after the lesson was told."""
    usual = {"cause": "decision-late"}
    return Mistake(name, TOLD + timedelta(days=days), **usual | changes)  # type: ignore[arg-type]


def test_a_later_mistake_of_the_same_cause_is_a_repeat() -> None:
    found = repeats_of([LESSON], [later(1)], {})

    assert [(each.lesson, each.mistake.id, each.sure, each.reason) for each in found] == [
        ("L1", "M1", True, SAME_CAUSE)
    ]


@pytest.mark.parametrize(
    "mistake",
    [later(0), later(-5), later(9, cause="skill-missing"), later(9, cause=""), later(9, "L1")],
    ids=["same-day", "earlier", "other-cause", "no-cause", "itself"],
)
def test_what_came_before_or_is_of_another_cause_repeats_nothing(mistake: Mistake) -> None:
    assert repeats_of([LESSON], [mistake], {}) == []


def test_two_without_a_cause_share_none() -> None:
    assert repeats_of([Known("L1", "", TOLD)], [later(3, cause="")], {}) == []


def test_the_same_guardrail_waits_for_a_persons_word() -> None:
    mistake = later(5, cause="", guardrail="DEL001")

    (waiting,) = repeats_of([LESSON], [mistake], {})
    (said,) = repeats_of([LESSON], [mistake], {("L1", "M1"): True})

    assert (waiting.sure, waiting.reason) == (False, SAME_GUARDRAIL)
    assert said.sure


def test_a_persons_word_decides_either_way() -> None:
    other = later(5, cause="skill-missing")

    (said,) = repeats_of([LESSON], [other], {("L1", "M1"): True})

    assert (said.sure, said.reason) == (True, BY_WORD)
    assert repeats_of([LESSON], [later(5)], {("L1", "M1"): False}) == []


@pytest.mark.parametrize(
    ("applied", "faced", "mistakes", "fate"),
    [
        ((), (), (), Fate.UNUSED),
        ((), (), (5,), Fate.UNUSED),
        ((10,), (), (), Fate.UNTESTED),
        ((10,), (20,), (), Fate.HOLDS),
        ((10,), (20,), (30,), Fate.FAILED),
        ((10,), (20,), (10,), Fate.HOLDS),
    ],
)
def test_the_fate_of_a_lesson(
    applied: tuple[int, ...], faced: tuple[int, ...], mistakes: tuple[int, ...], fate: Fate
) -> None:
    lesson = Known(
        "L1",
        "decision-late",
        TOLD,
        tuple(TOLD + timedelta(days=day) for day in applied),
        tuple(TOLD + timedelta(days=day) for day in faced),
    )
    repeats = repeats_of([lesson], [later(day, f"M{day}") for day in mistakes], {})

    track = track_of(lesson, repeats)

    assert track.fate is fate
    assert track.before_use + track.after_use == len(mistakes)


def test_a_quarter_without_mistakes_has_no_rate() -> None:
    mistakes = [later(1, "A"), later(2, "B", cause=""), later(200, "C")]
    repeats = repeats_of([LESSON], mistakes, {})

    found = quarters_of(mistakes, repeats, date(2025, 12, 31), date(2026, 9, 1))

    assert [(each.name, each.mistakes, each.repeats, each.rate) for each in found] == [
        ("2025-Q4", 0, 0, None),
        ("2026-Q1", 2, 1, Fraction(1, 2)),
        ("2026-Q2", 0, 0, None),
        ("2026-Q3", 1, 1, Fraction(1)),
    ]


def test_a_mistake_that_two_lessons_had_told_costs_once() -> None:
    other = Known("L2", "decision-late", TOLD)
    mistakes = [
        later(1, "A", cost=Decimal("10.50"), currency="EUR"),
        later(2, "B", cost=Decimal(4), currency="EUR"),
        later(3, "C", cost=Decimal(7), currency="CHF"),
        later(4, "D"),
    ]

    found = cost_of(repeats_of([LESSON, other], mistakes, {}))

    assert found == {"CHF": Decimal(7), "EUR": Decimal("14.50")}


def test_the_median_time_to_use_counts_only_what_was_used() -> None:
    lessons = [
        Known(str(days), "", TOLD, (TOLD + timedelta(days=days),) if days else ())
        for days in (0, 10, 30)
    ]

    assert median_days_to_use([track_of(each, []) for each in lessons]) == 20
    assert median_days_to_use([track_of(lessons[0], [])]) is None
