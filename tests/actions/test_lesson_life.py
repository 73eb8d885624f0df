"""The life of a lesson: steps by other people, words for a provider, templates, and repeats."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tallystick.actions.add_template_item import LessonNotUsable, LineTaken, add_template_item
from tallystick.actions.answer_lesson import EmbodimentNeeded, OwnerNeeded, answer_lesson
from tallystick.actions.judge_recurrence import NoRepeat, judge_recurrence
from tallystick.actions.lesson_wording import EffectUnreadable, LessonWording, wording_of
from tallystick.actions.move_lesson import OwnLesson, StepNotOpen, StillFollowed, move_lesson
from tallystick.actions.publish_lesson import Evidence, publish_lesson
from tallystick.actions.rate_lesson import rate_lesson
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.remove_template_item import LineGone, remove_template_item
from tallystick.actions.revise_lesson import CauseNeeded, LessonRetired, revise_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.lessons.checklists import Checklist
from tallystick.records.effect import effect_of
from tallystick.records.embodiments import embodiments_of
from tallystick.records.lesson_evidence import LessonFeedback, Source
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tests.actions.test_learning import WORDING, a_planned_engagement
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import a_lesson

pytestmark = pytest.mark.django_db

OBSERVED = LessonWording("Slow", "A desk", "It was slow", "", "Anger", "")


def published(cast: Cast, wording: LessonWording = WORDING, days: int = 0) -> Lesson:
    """Return a lesson that Ben published, some days from now."""
    return publish_lesson(
        wording=wording, finding=None, by=cast.ben, as_of=TODAY + timedelta(days=days)
    )


def moved(cast: Cast, lesson: Lesson, to: LessonState) -> Lesson:
    """Return a lesson after a step that Ada took."""
    return move_lesson(lesson=lesson, to=to, note="Checked.", by=cast.ada, as_of=TODAY)


def steps_of(lesson: Lesson) -> list[str]:
    """Return the states that a lesson came to."""
    return list(lesson.steps.order_by("id").values_list("state", flat=True))


# --- steps


def test_a_lesson_goes_from_identified_to_verified_step_by_step(cast: Cast) -> None:
    lesson = moved(cast, published(cast), LessonState.VALIDATED)
    add_template_item(
        lesson=lesson, checklist=Checklist.RISKS, text="No holidays", by=cast.ada, as_of=TODAY
    )

    lesson = moved(cast, lesson, LessonState.VERIFIED)

    assert steps_of(lesson) == ["identified", "validated", "applied", "verified"]


@pytest.mark.parametrize("to", [LessonState.VERIFIED, LessonState.IDENTIFIED, LessonState.APPLIED])
def test_no_step_is_skipped(cast: Cast, to: LessonState) -> None:
    lesson = published(cast)

    with pytest.raises(StepNotOpen):
        moved(cast, lesson, to)

    assert steps_of(lesson) == ["identified"]


def test_an_observation_is_not_validated(cast: Cast) -> None:
    with pytest.raises(StepNotOpen) as refused:
        moved(cast, published(cast, OBSERVED), LessonState.VALIDATED)

    assert refused.value.remedy == "Give it a root cause and a prevention first."


def test_nobody_validates_their_own_lesson(cast: Cast) -> None:
    lesson = published(cast)

    with pytest.raises(OwnLesson):
        move_lesson(lesson=lesson, to=LessonState.VALIDATED, note="Fine.", by=cast.ben, as_of=TODAY)


def test_an_adopted_lesson_is_not_retired_under_those_who_follow_it(cast: Cast) -> None:
    lesson, engagement = published(cast), a_planned_engagement(cast)
    _adopt(cast, lesson, engagement)

    with pytest.raises(StillFollowed) as refused:
        moved(cast, lesson, LessonState.RETIRED)

    assert engagement.name in refused.value.message


def test_a_retired_lesson_is_taken_up_again(cast: Cast) -> None:
    lesson = moved(cast, published(cast), LessonState.RETIRED)

    lesson = moved(cast, lesson, LessonState.IDENTIFIED)

    assert steps_of(lesson) == ["identified", "retired", "identified"]


# --- words


def test_an_observation_with_cause_and_prevention_is_identified(cast: Cast) -> None:
    lesson = published(cast, OBSERVED)

    whole = replace(OBSERVED, root_cause="No staff", preventive_action="Plan the rota")
    lesson = revise_lesson(lesson=lesson, wording=whole, owner=None, by=cast.eva, as_of=TODAY)

    assert steps_of(lesson) == ["observation", "identified"]


def test_a_lesson_that_is_followed_keeps_its_cause(cast: Cast) -> None:
    with pytest.raises(CauseNeeded) as refused:
        revise_lesson(
            lesson=published(cast),
            wording=replace(WORDING, preventive_action=" "),
            by=cast.ben,
            as_of=TODAY,
        )

    assert refused.value.place == "preventive_action"


def test_a_retired_lesson_is_not_revised(cast: Cast) -> None:
    lesson = moved(cast, published(cast), LessonState.RETIRED)

    with pytest.raises(LessonRetired):
        revise_lesson(lesson=lesson, wording=WORDING, by=cast.ben, as_of=TODAY)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"effect_amount": Decimal("NaN"), "effect_currency": "EUR"}, "effect_amount"),
        ({"effect_amount": Decimal(-1), "effect_currency": "EUR"}, "effect_amount"),
        ({"effect_amount": Decimal(10) ** 12, "effect_currency": "EUR"}, "effect_amount"),
        ({"effect_amount": Decimal(5)}, "effect_currency"),
        ({"effect_amount": Decimal(5), "effect_currency": "eur"}, "effect_currency"),
        ({"effect_days": Decimal("Infinity")}, "effect_days"),
    ],
)
def test_a_cost_that_is_none_is_refused(cast: Cast, changes: dict[str, object], place: str) -> None:
    with pytest.raises(EffectUnreadable) as refused:
        published(cast, replace(WORDING, **changes))

    assert refused.value.place == place
    assert not Lesson.objects.exists()


def test_what_a_lesson_says_is_read_back_as_it_was_told(cast: Cast) -> None:
    told = replace(
        WORDING,
        cause=Cause.DECISION_LATE,
        effect_amount=Decimal("12500.50"),
        effect_currency="EUR",
        stages=["agree"],
        service_types=[],
        practices=[7],
        contract_models=["fixed-price"],
        sizes=["large"],
    )

    lesson = published(cast, told)
    lesson.refresh_from_db()

    assert wording_of(lesson) == told


def test_a_provider_reads_the_words_it_was_given_and_no_others(cast: Cast) -> None:
    lesson = published(cast, replace(WORDING, author_withheld=True))

    for words in ("For you", "For you, mended"):
        share_lesson(
            lesson=lesson,
            provider=cast.cleo.organisation,
            wording=replace(WORDING, title=words),
            with_author=True,
            by=cast.ada,
            as_of=TODAY,
        )

    shared = SharedLesson.objects.visible_to(cast.cleo).get()
    assert (shared.title, shared.author) == ("For you, mended", None)
    assert not SharedLesson.objects.visible_to(cast.dan).exists()
    assert not Lesson.objects.visible_to(cast.cleo).exists()


# --- answers


def _adopt(cast: Cast, lesson: Lesson, engagement: object, embodied: str | None = None) -> None:
    key = embodiments_of(engagement, cast.ada)[0].key if embodied is None else embodied  # type: ignore[arg-type]
    answer_lesson(
        engagement=engagement,  # type: ignore[arg-type]
        lesson=lesson,
        answer=Answer.ADOPTED,
        note="So we do.",
        embodied=key,
        by=cast.ada,
        as_of=TODAY,
    )


@pytest.mark.parametrize("embodied", ["", "objective:zzzzzzzzzzzz", "guardrail:LSN009", "x"])
def test_an_adopted_lesson_names_something_that_is_there(cast: Cast, embodied: str) -> None:
    lesson = published(cast)

    with pytest.raises(EmbodimentNeeded):
        _adopt(cast, lesson, a_planned_engagement(cast), embodied)

    assert steps_of(lesson) == ["identified"]


def test_an_objective_of_another_engagement_embodies_nothing_here(cast: Cast) -> None:
    other = embodiments_of(a_planned_engagement(cast), cast.ada)[0].key

    with pytest.raises(EmbodimentNeeded):
        _adopt(cast, published(cast), an_engagement(name="Another"), other)


def test_a_deferred_lesson_has_an_owner_of_the_same_organisation(cast: Cast) -> None:
    engagement, lesson = an_engagement(), published(cast)

    for owner in (None, cast.cleo.person):
        with pytest.raises(OwnerNeeded):
            answer_lesson(
                engagement=engagement,
                lesson=lesson,
                answer=Answer.DEFERRED,
                note="After the tender.",
                deferred_until=TODAY.date() + timedelta(days=9),
                owner=owner,
                by=cast.ada,
                as_of=TODAY,
            )


def test_a_later_word_on_a_suggestion_replaces_the_first(cast: Cast) -> None:
    lesson, engagement = published(cast), an_engagement()

    for useful in (True, False):
        rate_lesson(lesson=lesson, engagement=engagement, useful=useful, by=cast.eva, as_of=TODAY)

    assert list(LessonFeedback.objects.values_list("useful", flat=True)) == [False]


# --- templates


def test_a_template_takes_a_line_once_and_lets_it_go_once(cast: Cast) -> None:
    lesson = published(cast)
    item = add_template_item(
        lesson=lesson, checklist=Checklist.EXIT, text="Keys back", by=cast.ada, as_of=TODAY
    )
    with pytest.raises(LineTaken):
        add_template_item(
            lesson=lesson, checklist=Checklist.EXIT, text="KEYS BACK", by=cast.ada, as_of=TODAY
        )

    remove_template_item(item=item, reason="No keys any more.", by=cast.ada, as_of=TODAY)

    with pytest.raises(LineGone):
        remove_template_item(item=item, reason="Again.", by=cast.ada, as_of=TODAY)


def test_an_observation_changes_no_template(cast: Cast) -> None:
    with pytest.raises(LessonNotUsable):
        add_template_item(
            lesson=published(cast, OBSERVED),
            checklist=Checklist.EXIT,
            text="Keys back",
            by=cast.ada,
            as_of=TODAY,
        )


def test_an_evaluator_changes_no_template(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        add_template_item(
            lesson=published(cast),
            checklist=Checklist.EXIT,
            text="Keys back",
            by=cast.eva,
            as_of=TODAY,
        )


# --- repeats


def test_a_later_lesson_of_the_same_cause_repeats_the_first(cast: Cast) -> None:
    told = replace(
        WORDING, cause=Cause.DECISION_LATE, effect_amount=Decimal(900), effect_currency="EUR"
    )
    first, later = published(cast, told), published(cast, told, days=40)

    found = effect_of(cast.ada, (TODAY + timedelta(days=60)).date())

    assert [(each.lesson, each.mistake.id, each.sure) for each in found.repeats] == [
        (first.public_id, later.public_id, True)
    ]
    assert [(each.mistakes, each.repeats) for each in found.quarters] == [(2, 1)]


def test_a_denied_repeat_counts_no_more(cast: Cast) -> None:
    told = replace(WORDING, cause=Cause.DECISION_LATE)
    first, later = published(cast, told), published(cast, told, days=40)

    judge_recurrence(lesson=first, mistake=later, repeats=False, note="", by=cast.ada, as_of=TODAY)

    assert effect_of(cast.ada, (TODAY + timedelta(days=60)).date()).repeats == []


def test_what_came_before_a_lesson_repeats_nothing(cast: Cast) -> None:
    first, later = published(cast), published(cast, days=40)

    for lesson, mistake in ((later, first), (first, first)):
        with pytest.raises(NoRepeat):
            judge_recurrence(
                lesson=lesson, mistake=mistake, repeats=True, note="", by=cast.ada, as_of=TODAY
            )


def test_a_lesson_keeps_what_it_rests_on(cast: Cast) -> None:
    lesson = publish_lesson(
        wording=WORDING,
        finding=None,
        evidence=[Evidence(Source.DOCUMENT, "https://example.org/minutes", "The minutes")],
        by=cast.ben,
        as_of=TODAY,
    )

    assert [(each.source, each.told) for each in lesson.evidence.all()] == [
        ("document", "The minutes")
    ]


def test_a_stored_lesson_without_steps_is_moved_as_well(cast: Cast) -> None:
    lesson = moved(cast, a_lesson(cast.ben), LessonState.RETIRED)

    assert lesson.state == LessonState.RETIRED
