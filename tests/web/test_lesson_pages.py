"""Lessons where the work happens: drafted in one click, shown beside it, followed up."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.engine.lessons.checklists import Checklist
from tallystick.records.lesson_evidence import LessonFeedback
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.measurements import Measurement
from tallystick.records.recurrences import Recurrence
from tallystick.records.template_items import TemplateItem
from tests.actions.test_measure_and_state import a_statement
from tests.cast import Cast, an_engagement
from tests.web.pages import a_lesson, page, post, signed_in, text_of
from tests.web.test_lessons import WRITTEN, a_finding

pytestmark = pytest.mark.django_db


def a_missed(cast: Cast, home: Path) -> Measurement:
    """Return a measurement that missed its target."""
    found = a_statement(cast, home).measurements.filter(verdict="missed").first()
    assert found is not None
    return found


# --- one click


def test_a_missed_level_drafts_a_lesson_with_its_evidence(cast: Cast, home: Path) -> None:
    missed = a_missed(cast, home)
    place = f"{reverse('lesson_new')}?measurement={missed.public_id}"

    link = text_of(page(cast.ben, "measurement", missed.public_id))
    form = text_of(signed_in(cast.ben).get(place))
    answer = signed_in(cast.ben).post(place, WRITTEN)

    lesson = Lesson.objects.get()
    assert f"?measurement={missed.public_id}" in link
    assert "missed." in form
    assert answer.status_code == 302
    assert [(each.source, each.target) for each in lesson.evidence.all()] == [
        ("measurement", missed.public_id)
    ]
    assert reverse("measurement", args=[missed.public_id]) in text_of(
        page(cast.ben, "lesson", lesson.public_id)
    )


def test_an_open_finding_drafts_a_lesson(cast: Cast) -> None:
    engagement = an_engagement()
    place = (
        f"{reverse('lesson_new')}?engagement={engagement.public_id}&finding_key=OBJ001+objectives"
    )

    html = text_of(signed_in(cast.ben).get(place))

    assert "The engagement has no objective." in html


@pytest.mark.parametrize("asked", ["measurement=zz", "dispute=zz", "claim=zz", "engagement=zz"])
def test_what_is_not_there_drafts_nothing(cast: Cast, asked: str) -> None:
    assert signed_in(cast.ben).get(f"{reverse('lesson_new')}?{asked}").status_code == 404


def test_five_whys_become_the_root_cause(cast: Cast) -> None:
    post(cast.eva, "lesson_new", **WRITTEN | {"root_cause": "", "whys": "Late.\n\nNobody asked."})

    lesson = Lesson.objects.get()
    assert lesson.root_cause == "Nobody asked.\n\nWhy by why:\n1. Late.\n2. Nobody asked."
    assert lesson.state == LessonState.IDENTIFIED


def test_a_name_that_is_kept_out_is_seen_by_nobody(cast: Cast) -> None:
    post(cast.eva, "lesson_new", **WRITTEN | {"author_withheld": "on"})
    lesson = Lesson.objects.get()

    shown = text_of(page(cast.ada, "lesson", lesson.public_id))

    assert cast.eva.person.name not in shown
    assert cast.eva.person.name not in text_of(page(cast.ada, "lessons"))


# --- beside the work


def test_a_lesson_on_objectives_stands_beside_the_objective_form(cast: Cast) -> None:
    engagement = an_engagement()
    a_lesson(cast.ada, title="Measure before you promise", practices=[1])
    a_lesson(cast.ada, title="About something else", practices=[8])

    html = text_of(page(cast.ada, "objective_new", engagement.public_id))

    assert "Measure before you promise" in html
    assert "About something else" not in html


def test_what_is_being_written_is_compared_with_what_is_told(cast: Cast) -> None:
    told = a_lesson(cast.ada)
    draft = {"title": told.title, "what_happened": told.what_happened}

    html = text_of(post(cast.ben, "lesson_like", **draft))

    assert told.title in html
    assert "Is it told already?" in html
    assert Lesson.objects.count() == 1


@pytest.mark.parametrize("title", ["", '"', "*", "NEAR(", "x" * 20_000, "\U0001f525", "درس", "\0"])
def test_any_text_is_compared(cast: Cast, title: str) -> None:
    a_lesson(cast.ada)

    assert post(cast.ben, "lesson_like", title=title).status_code == 200


def test_a_word_on_a_suggestion_is_kept(cast: Cast) -> None:
    engagement, lesson = an_engagement(), a_lesson(cast.ada)

    post(cast.eva, "lesson_rate", engagement.public_id, lesson.public_id, useful="not-useful")

    assert list(LessonFeedback.objects.values_list("useful", flat=True)) == [False]


# --- what becomes of it


def test_a_step_without_its_reason_is_shown_again(cast: Cast) -> None:
    lesson = a_lesson(cast.ada, state=LessonState.IDENTIFIED)

    answer = post(cast.ben, "lesson_move", lesson.public_id, to="validated")

    assert answer.status_code == 422
    assert "Write one sentence." in text_of(answer)


def test_a_lesson_is_validated_by_a_colleague(cast: Cast) -> None:
    lesson = a_lesson(cast.ada, state=LessonState.IDENTIFIED)

    own = post(cast.ada, "lesson_move", lesson.public_id, to="validated", note="Mine.")
    other = post(cast.ben, "lesson_move", lesson.public_id, to="validated", note="So it is.")

    lesson.refresh_from_db()
    assert (own.status_code, other.status_code) == (422, 302)
    assert "You wrote this lesson." in text_of(own)
    assert lesson.state == LessonState.VALIDATED


def test_a_line_of_a_template_names_its_lesson(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    line = {"checklist": Checklist.CLAUSES.value, "text": "Holidays of every year, as dates"}

    post(cast.ada, "lesson_template", lesson.public_id, **line)
    html = text_of(page(cast.eva, "templates"))
    post(cast.ada, "template_item_remove", TemplateItem.objects.get().public_id, reason="Done.")

    assert line["text"] in html
    assert lesson.title in html
    assert line["text"] not in text_of(page(cast.eva, "templates"))


def test_a_line_is_not_taken_out_without_a_reason(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    post(cast.ada, "lesson_template", lesson.public_id, checklist="risks", text="Key people leave")
    item = TemplateItem.objects.get()

    post(cast.ada, "template_item_remove", item.public_id)

    item.refresh_from_db()
    assert item.removed_at is None


def test_a_close_match_waits_for_a_word_and_takes_it(cast: Cast, home: Path) -> None:
    finding = a_finding(cast, home)
    lesson = a_lesson(cast.ada, finding=finding, published_at=finding.review.held_at)
    later = finding.review.findings.exclude(pk=finding.pk).first()
    assert later is not None
    # The second finding of the review is a close match only if it came later.
    lesson.published_at = finding.review.held_at.replace(year=2025)
    lesson.save()

    before = text_of(page(cast.ada, "lessons_effect"))
    post(cast.ada, "lesson_judge", lesson.public_id, mistake=later.public_id, word="repeat")
    after = text_of(page(cast.ada, "lessons_effect"))

    assert "Is it the same mistake?" in before
    assert Recurrence.objects.get().repeats
    assert "Is it the same mistake?" not in after


def test_an_empty_record_of_effects_says_so(cast: Cast) -> None:
    html = text_of(page(cast.ada, "lessons_effect"))

    assert "Nothing has gone wrong yet" in html
    assert "None yet" in html


def test_a_lesson_revised_keeps_its_observation_until_it_is_whole(cast: Cast) -> None:
    post(cast.eva, "lesson_new", **WRITTEN | {"root_cause": ""})
    lesson = Lesson.objects.get()

    answer = post(cast.ben, "lesson_revise", lesson.public_id, **WRITTEN)

    lesson.refresh_from_db()
    assert answer.status_code == 302
    assert lesson.state == LessonState.IDENTIFIED
