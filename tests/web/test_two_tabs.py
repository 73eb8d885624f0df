"""Two people write on the same thing: neither loses a word without knowing."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tallystick.actions.open_review import open_review
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.evidence_packs import ReviewDraft
from tests.actions.reviewing import a_pack
from tests.cast import TODAY, Cast
from tests.web.pages import a_lesson, an_objective, page, post, text_of
from tests.web.test_lessons import WRITTEN
from tests.web.test_objectives import fields_of

pytestmark = pytest.mark.django_db


def seen_on(answer: Any) -> str:
    """Return what a form says of the words that it was opened with."""
    found = re.search(r'name="seen" value="([^"]+)"', text_of(answer))
    assert found
    return found[1]


def test_a_lesson_that_was_revised_meanwhile_is_not_written_over_unseen(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    ada, ben = (
        seen_on(page(each, "lesson_revise", lesson.public_id)) for each in (cast.ada, cast.ben)
    )
    post(cast.ada, "lesson_revise", lesson.public_id, **WRITTEN | {"title": "Ada", "seen": ada})

    given = WRITTEN | {"title": "Ben"}
    refused = post(cast.ben, "lesson_revise", lesson.public_id, **given | {"seen": ben})

    lesson.refresh_from_db()
    assert refused.status_code == 422
    assert "Somebody changed this lesson after you opened it." in text_of(refused)
    assert 'value="Ben"' in text_of(refused)
    assert lesson.title == "Ada"

    again = post(cast.ben, "lesson_revise", lesson.public_id, **given | {"seen": seen_on(refused)})

    lesson.refresh_from_db()
    assert (again.status_code, lesson.title) == (302, "Ben")


def test_a_review_that_was_written_on_meanwhile_is_not_written_over_unseen(
    cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)
    ada, ben = (
        seen_on(page(each, "review_judge", pack.public_id)) for each in (cast.ada, cast.ben)
    )
    post(cast.ada, "review_judge", pack.public_id, saved="1", reasons="Ada's", seen=ada)

    refused = post(cast.ben, "review_judge", pack.public_id, saved="1", reasons="Ben's", seen=ben)

    assert refused.status_code == 422
    assert f"{cast.ada.person.name} has written on it after you opened" in text_of(refused)
    assert "Ben&#x27;s" in text_of(refused)
    assert ReviewDraft.objects.get(pack=pack).reasons == "Ada's"

    seen = seen_on(refused)
    post(cast.ben, "review_judge", pack.public_id, saved="1", reasons="Ben's", seen=seen)

    assert ReviewDraft.objects.get(pack=pack).reasons == "Ben's"


@pytest.mark.parametrize("seen", ["0", "-1", "\0", "x" * 5_000, "9" * 400])
def test_whatever_else_was_seen_is_refused(seen: str, cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    answer = post(cast.ada, "lesson_revise", lesson.public_id, **WRITTEN | {"seen": seen})

    assert answer.status_code == 422


def test_a_form_that_is_asked_for_more_has_seen_no_change(cast: Cast, home: Path) -> None:
    lesson, pack = a_lesson(cast.ada), a_pack(cast, home)
    empty = WRITTEN | {"title": "", "seen": "77"}

    one = post(cast.ben, "lesson_revise", lesson.public_id, **empty)
    two = post(cast.ben, "review_judge", pack.public_id, saved="1", title_0="Half", seen="77")

    assert (seen_on(one), seen_on(two)) == ("77", "77")


def test_words_that_were_begun_under_older_evidence_are_kept(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    seen = seen_on(page(cast.ben, "review_judge", pack.public_id))
    newest = open_review(
        engagement=pack.engagement, kind=ReviewKind.MID_TERM, by=cast.ada, as_of=TODAY
    )

    answer = post(cast.ben, "review_judge", pack.public_id, saved="1", reasons="So.", seen=seen)

    assert answer.url == reverse("evidence_pack", args=[newest.public_id])
    assert ReviewDraft.objects.get(pack=newest).reasons == "So."


def test_an_objective_that_was_amended_meanwhile_is_not_written_over_unseen(cast: Cast) -> None:
    objective = an_objective()
    ada, ben = (
        seen_on(page(each, "objective_edit", objective.public_id)) for each in (cast.ada, cast.ben)
    )
    post(
        cast.ada, "objective_edit", objective.public_id, **fields_of(objective, target="12"),
        seen=ada,
    )  # fmt: skip

    ours = fields_of(objective, target="9")
    refused = post(cast.ben, "objective_edit", objective.public_id, **ours, seen=ben)

    objective.refresh_from_db()
    assert refused.status_code == 422
    assert "Somebody amended this objective after you opened it." in text_of(refused)
    assert 'value="9"' in text_of(refused)
    assert (objective.version, objective.target) == (2, "12")

    again = post(cast.ben, "objective_edit", objective.public_id, **ours, seen=seen_on(refused))

    objective.refresh_from_db()
    assert (again.status_code, objective.version, objective.target) == (302, 3, "9")


def test_what_is_wrong_for_another_reason_tells_of_no_change(cast: Cast) -> None:
    objective = an_objective(version=2)
    wrong = fields_of(objective, target="20", baseline_value="20", direction="lower")

    answer = post(cast.ben, "objective_edit", objective.public_id, **wrong, seen="1")

    assert answer.status_code == 422
    assert seen_on(answer) == "1"
