"""What two people do to lessons, gates and reviews at the same instant."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tallystick.actions.comment_review import comment_review
from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.pass_gate import pass_gate
from tallystick.actions.publish_lesson import publish_lesson
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.findings import proposed_findings
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import FindingDecision, Review
from tests.actions.reviewing import a_pack, signed, written
from tests.actions.test_learning import WORDING, a_guardrail, a_planned_engagement
from tests.actions.test_lesson_life import moved, published
from tests.actions.test_measure_and_state import a_statement
from tests.actions.test_stale_lessons import adopt
from tests.cast import TODAY, Cast
from tests.racing import at_once, elsewhere

Race = Callable[[], AbstractContextManager[None]]


def codes(given: list[Any]) -> list[str]:
    """Return what became of each: the code of a refusal, or the noun that was made."""
    return sorted(each.code if isinstance(each, Refusal) else type(each).__name__ for each in given)


def test_two_pass_the_same_gate(cast: Cast, race: Race) -> None:
    engagement = a_planned_engagement(cast)
    act = partial(pass_gate, engagement=engagement, read="define", as_of=TODAY)

    with race():
        given = at_once(partial(act, by=cast.ada), partial(act, by=cast.ben))
        stage = elsewhere(lambda: Engagement.objects.get(pk=engagement.pk).stage)

    assert codes(given) == ["GatePassage", "gate.other-stage"]
    assert stage == Stage.SELECT


def test_two_raise_a_guardrail(cast: Cast, race: Race) -> None:
    lesson = published(cast)

    with race():
        given = at_once(*(partial(a_guardrail, cast, lesson, each) for each in ("true", "!false")))
        stored = elsewhere(
            lambda: list(Guardrail.objects.order_by("code").values_list("code", flat=True))
        )

    assert codes(given) == ["Guardrail", "Guardrail"]
    assert stored == ["LSN001", "LSN002"]


def test_what_is_sent_twice_is_made_once(cast: Cast, home: Path, race: Race) -> None:
    lesson, pack = published(cast), a_pack(cast, home)
    written(pack, cast.ben)
    review = signed(pack, cast.ada)
    comment = partial(comment_review, review=review, text="So.", by=cast.ben, as_of=TODAY)
    publish = partial(
        publish_lesson, wording=replace(WORDING, title="Twice"), finding=None, by=cast.ben,
        as_of=TODAY,
    )  # fmt: skip

    with race():
        for act in (partial(a_guardrail, cast, lesson, "true"), comment, publish):
            one, two = at_once(act, act)
            assert one == two
        left = elsewhere(
            lambda: (
                Guardrail.objects.count(),
                ReviewComment.objects.count(),
                Lesson.objects.filter(title="Twice").count(),
            )
        )

    assert left == (1, 1, 1)


def test_the_same_words_a_while_later_are_said_again(cast: Cast, home: Path) -> None:
    first = published(cast)

    again = published(cast, days=1)

    assert first != again


def test_one_adopts_a_lesson_while_another_retires_it(cast: Cast, race: Race) -> None:
    lesson, engagement = published(cast), a_planned_engagement(cast)

    with race():
        given = at_once(
            partial(adopt, cast, lesson, engagement),
            partial(moved, cast, lesson, LessonState.RETIRED),
        )
        state, adopted = elsewhere(
            lambda: (Lesson.objects.get(pk=lesson.pk).state, Disposition.objects.count())
        )

    assert (codes(given), state, adopted) in [
        (["Disposition", "lesson.still-followed"], LessonState.APPLIED, 1),
        (["Lesson", "disposition.nothing-to-adopt"], LessonState.RETIRED, 0),
    ]


def test_two_hold_the_review_of_a_month(cast: Cast, home: Path, race: Race) -> None:
    statement = a_statement(cast, home)
    verdicts = {
        each.key: Verdict(FindingDecision.CONFIRMED) for each in proposed_findings(statement)
    }
    act = partial(hold_review, statement=statement, verdicts=verdicts, summary="So.", as_of=TODAY)

    with race():
        given = at_once(partial(act, by=cast.ada), partial(act, by=cast.ben))
        held = elsewhere(Review.objects.count)

    assert codes(given) == ["Review", "review.already-held"]
    assert held == 1


def test_two_sign_the_same_review(cast: Cast, home: Path, race: Race) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)

    with race():
        given = at_once(partial(signed, pack, cast.ada), partial(signed, pack, cast.ben))
        left = elsewhere(lambda: (Review.objects.count(), ReviewSignature.objects.count()))

    assert codes(given) == ["Review", "review.frozen"]
    assert left == (1, 1)
