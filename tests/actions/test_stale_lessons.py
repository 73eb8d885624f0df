"""A lesson that another person changed since it was read: each act goes by how it stands now."""

from dataclasses import replace

import pytest

from tallystick.actions.add_template_item import LessonNotUsable, add_template_item
from tallystick.actions.answer_lesson import NothingToAdopt, answer_lesson
from tallystick.actions.move_lesson import move_lesson
from tallystick.actions.publish_lesson import publish_lesson
from tallystick.actions.revise_lesson import LessonRetired, revise_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.lessons.checklists import Checklist
from tallystick.records.embodiments import embodiments_of
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.roles import Side
from tests.actions.test_learning import WORDING, a_guardrail, a_planned_engagement
from tests.actions.test_lesson_life import OBSERVED, moved, published
from tests.cast import TODAY, Cast, an_organisation

pytestmark = pytest.mark.django_db


def adopt(cast: Cast, lesson: Lesson, engagement: Engagement) -> Disposition:
    """Adopt a lesson by the first thing of an engagement that could embody it."""
    return answer_lesson(
        engagement=engagement,
        lesson=lesson,
        answer=Answer.ADOPTED,
        note="It stands in the objective.",
        embodied=embodiments_of(engagement, cast.ada)[0].key,
        by=cast.ada,
        as_of=TODAY,
    )


def stale_and_retired(cast: Cast) -> Lesson:
    """Return a lesson as it was read before somebody retired it."""
    stale = published(cast)
    moved(cast, stale, LessonState.RETIRED)
    stale.state = LessonState.IDENTIFIED
    return stale


def test_no_guardrail_is_raised_from_a_retired_lesson(cast: Cast) -> None:
    lesson = stale_and_retired(cast)

    with pytest.raises(LessonRetired):
        a_guardrail(cast, lesson, "true")

    assert not Guardrail.objects.exists()
    assert Lesson.objects.get(pk=lesson.pk).state == LessonState.RETIRED


def test_a_retired_lesson_is_not_adopted(cast: Cast) -> None:
    lesson, engagement = stale_and_retired(cast), a_planned_engagement(cast)

    with pytest.raises(NothingToAdopt) as refused:
        adopt(cast, lesson, engagement)

    assert refused.value.place == "answer"
    assert not Disposition.objects.exists()
    assert Lesson.objects.get(pk=lesson.pk).state == LessonState.RETIRED


def test_an_observation_is_not_adopted(cast: Cast) -> None:
    engagement = a_planned_engagement(cast)

    with pytest.raises(NothingToAdopt):
        adopt(cast, published(cast, OBSERVED), engagement)


def test_a_retired_lesson_can_still_be_declined(cast: Cast) -> None:
    lesson, engagement = published(cast), a_planned_engagement(cast)
    adopt(cast, lesson, engagement)
    stale = published(cast, replace(WORDING, title="Another"))
    moved(cast, stale, LessonState.RETIRED)

    for each in (lesson, stale):
        answer_lesson(
            engagement=engagement,
            lesson=each,
            answer=Answer.NOT_APPLICABLE,
            note="We pay no salaries.",
            by=cast.ada,
            as_of=TODAY,
        )

    assert moved(cast, lesson, LessonState.RETIRED).state == LessonState.RETIRED


def test_a_retired_lesson_changes_no_template(cast: Cast) -> None:
    lesson = stale_and_retired(cast)

    with pytest.raises(LessonNotUsable):
        add_template_item(
            lesson=lesson, checklist=Checklist.RISKS, text="Rota", by=cast.ada, as_of=TODAY
        )

    assert Lesson.objects.get(pk=lesson.pk).state == LessonState.RETIRED


def test_two_acts_on_what_was_read_once_both_count(cast: Cast) -> None:
    stale = published(cast)
    move_lesson(lesson=stale, to=LessonState.VALIDATED, note="So.", by=cast.ada, as_of=TODAY)
    before = Lesson.objects.get(pk=stale.pk).version

    a_guardrail(cast, stale, "true")

    # An index sees a lesson anew by its version: it never goes back.
    assert Lesson.objects.get(pk=stale.pk).version > before


def test_an_author_who_is_withheld_later_is_named_to_no_provider(cast: Cast) -> None:
    lesson = published(cast)
    provider = an_organisation("Baltic Desk", Side.PROVIDER)
    shared = share_lesson(
        lesson=lesson, provider=provider, wording=WORDING, with_author=True, by=cast.ada,
        as_of=TODAY,
    )  # fmt: skip
    assert shared.author == cast.ben.person

    revise_lesson(
        lesson=lesson, wording=replace(WORDING, author_withheld=True), by=cast.ben, as_of=TODAY
    )

    shared.refresh_from_db()
    assert shared.author is None


def test_a_share_from_an_old_page_names_no_withheld_author(cast: Cast) -> None:
    stale = publish_lesson(wording=WORDING, finding=None, by=cast.ben, as_of=TODAY)
    withheld = replace(WORDING, author_withheld=True)
    revise_lesson(
        lesson=Lesson.objects.get(pk=stale.pk), wording=withheld, by=cast.ben, as_of=TODAY
    )

    shared = share_lesson(
        lesson=stale, provider=an_organisation("Baltic Desk", Side.PROVIDER), wording=WORDING,
        with_author=True, by=cast.ada, as_of=TODAY,
    )  # fmt: skip

    assert shared.author is None
