"""Matching lessons to an engagement."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.lessons import EngagementText, Feedback, LessonText, Match
from tallystick.engine.lessons import match_lessons as match_in
from tests.engine.lessons.builders import BASELINES, ESCALATION, HOLIDAYS, LIBRARY, a_lesson, seen

DESK = EngagementText("service-desk", ("A new service desk", "calendar with holidays"))


def match_lessons(
    lessons: Iterable[LessonText], engagement: EngagementText, stage: str, *rest: Any, **how: Any
) -> list[Match]:
    """Match an index of lessons, for a reader of them all."""
    return match_in(seen(lessons), engagement, stage, *rest, **how)


def matched(**lesson: Any) -> list[Match]:
    return match_lessons([a_lesson(**lesson)], DESK, "agree")


def test_a_lesson_that_fits_in_every_way_says_why() -> None:
    (match,) = match_lessons(LIBRARY, DESK, "agree")

    assert match.lesson_id == "holidays"
    assert match.reasons[:3] == [
        "Applies to service desk, as this engagement is.",
        "Applies to the agree stage, where this engagement stands.",
        "Concerns service level agreements, which the agree stage decides.",
    ]
    assert match.reasons[3].startswith("Shares the words: calendar, ")


@pytest.mark.parametrize(
    ("stage", "expected"),
    [("define", ["baselines"]), ("agree", ["holidays"]), ("deliver", ["escalation"])],
)
def test_a_lesson_is_suggested_at_the_stages_it_names(stage: str, expected: list[str]) -> None:
    matches = match_lessons(LIBRARY, DESK, stage)

    assert [match.lesson_id for match in matches] == expected


def test_a_lesson_for_other_service_types_is_left_out() -> None:
    matches = matched(stages=("agree",), service_types=("software-development",))

    assert matches == []


def test_a_lesson_for_other_service_types_is_suggested_where_its_words_fit_well() -> None:
    words = "calendar holidays desk night shift rota"
    lesson = a_lesson(title=words, stages=("agree",), service_types=("software-development",))

    matches = match_lessons([lesson], EngagementText("service-desk", (words,)), "agree")

    assert [match.reasons[-1] for match in matches] == [
        "Shares the words: calendar, desk, holidays, night, rota."
    ]


def test_a_lesson_that_says_nothing_about_where_it_applies_needs_shared_words() -> None:
    alone, sharing = matched(), matched(title="Holidays")

    assert (alone, len(sharing)) == ([], 1)


def test_the_better_fit_comes_first() -> None:
    narrow = a_lesson("z", stages=("agree",), service_types=("service-desk",))
    broad = a_lesson("a", stages=("agree",))

    matches = match_lessons([broad, narrow], DESK, "agree")

    assert [match.lesson_id for match in matches] == ["z", "a"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common = [a_lesson(f"c{number}", title="calendar", stages=("agree",)) for number in range(9)]
    rare = a_lesson("rare", title="holidays", stages=("agree",))

    best = match_lessons([*common, rare], DESK, "agree", limit=1)

    assert [match.lesson_id for match in best] == ["rare"]


def test_no_more_matches_than_asked_for_come_back() -> None:
    lessons = [a_lesson(str(number), stages=("agree",)) for number in range(20)]

    counts = [len(match_lessons(lessons, DESK, "agree", limit)) for limit in (0, 5, 50)]

    assert counts == [0, 5, 20]


@pytest.mark.parametrize("texts", [(), ("",), ("x" * 10_000,), ('"* NEAR( \U0001f600',)])
def test_any_engagement_can_be_matched(texts: tuple[str, ...]) -> None:
    matches = match_lessons([HOLIDAYS], EngagementText("service-desk", texts), "agree")

    assert [match.score for match in matches] == [0.7]


def test_no_lessons_give_no_matches() -> None:
    assert match_lessons([], DESK, "agree") == []


TEXTS = st.text("holiday calendar baseline ", max_size=60)


@given(text=TEXTS, order=st.permutations(LIBRARY), stage=st.sampled_from(["define", "agree"]))
def test_a_score_is_a_share_and_the_order_of_lessons_changes_nothing(
    text: str, order: list[Any], stage: str
) -> None:
    engagement = EngagementText("service-desk", (text,))

    matches = match_lessons(order, engagement, stage)

    assert matches == match_lessons(LIBRARY, engagement, stage)
    assert all(0 <= match.score <= 1 and match.reasons for match in matches)


@given(text=TEXTS, word=st.sampled_from(["holidays", "calendar", "tickets", "credits"]))
def test_one_more_shared_word_never_lowers_a_score(text: str, word: str) -> None:
    lessons = [HOLIDAYS, BASELINES, ESCALATION]

    (before,) = match_lessons(lessons, EngagementText("service-desk", (text,)), "agree")
    (after,) = match_lessons(lessons, EngagementText("service-desk", (text, word)), "agree")

    assert after.score >= before.score


def test_feedback_moves_a_score_and_says_by_how_much() -> None:
    lesson = a_lesson(stages=("agree",), service_types=("service-desk",))

    (plain,) = match_lessons([lesson], DESK, "agree")
    (liked,) = match_lessons([lesson], DESK, "agree", feedback={"l1": Feedback(3, 1)})
    (disliked,) = match_lessons([lesson], DESK, "agree", feedback={"l1": Feedback(0, 4)})

    assert (plain.score, liked.score, disliked.score) == (0.65, 0.675, 0.6)
    assert liked.reasons[-1] == "Found useful by 3 of 4, which counts +0.03."


@given(useful=st.integers(0, 10_000), not_useful=st.integers(0, 10_000))
def test_feedback_counts_a_tenth_at_most(useful: int, not_useful: int) -> None:
    weight = Feedback(useful, not_useful).weight

    assert abs(weight) <= 0.1
    assert (weight > 0, weight < 0) == (useful > not_useful, useful < not_useful)


def test_a_lesson_that_the_viewer_may_not_see_is_not_suggested_and_weighs_no_word() -> None:
    hidden = [a_lesson(f"h{number}", title="holidays", stages=("agree",)) for number in range(9)]
    scope = seen([*LIBRARY, *hidden], [lesson.id for lesson in LIBRARY])

    assert match_in(scope, DESK, "agree") == match_lessons(LIBRARY, DESK, "agree")
