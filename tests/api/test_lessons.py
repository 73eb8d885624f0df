"""Lessons by program: how they spread, what they did, a register brought along, what is near."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.share_lesson import share_lesson
from tallystick.records.lessons import Lesson, LessonState
from tests.api.conftest import Program
from tests.cast import TODAY, Cast
from tests.web.pages import a_lesson, page, signed_in
from tests.web.test_lesson_registers import COLUMNS, REGISTER, place_of

pytestmark = pytest.mark.django_db


def imported(program: Program, **about: Any) -> Any:
    """Return the answer to a register of three rows, of which one tells nothing."""
    file = SimpleUploadedFile("register.csv", REGISTER)
    return program.client.post("/api/lessons/import", {"file": file} | about)


def test_the_library_tells_how_its_lessons_spread(cast: Cast, home: Path) -> None:
    a_lesson(cast.ada, stages=["agree"], cause="agreement-gap")
    a_lesson(cast.ada, stages=[], state=LessonState.RETIRED)

    answer = Program(signed_in(cast.ada)).get("/lessons")

    told = {(each["kind"], each["value"]): each["count"] for each in answer["spread"]}
    assert (answer["count"], answer["total"]) == (1, 1)
    assert told["stage", "agree"] == 1
    assert told["state", "validated"] == 1
    assert ("state", "retired") not in told


def test_a_dry_run_tells_what_would_become_of_each_row(cast: Cast, home: Path) -> None:
    answer = imported(Program(signed_in(cast.ada)), dry_run="true").json()

    assert (answer["new"], answer["held"], answer["kept_out"]) == (2, 0, 1)
    assert answer["rows_kept_out"] == [{"line": 3, "reasons": ["It does not say what happened."]}]
    assert answer["columns"]["what_happened"] == "event"
    assert answer["lessons"] == []
    assert not Lesson.objects.exists()


def test_a_register_is_imported_once(cast: Cast, home: Path) -> None:
    program = Program(signed_in(cast.ada))

    first = imported(program, columns=json.dumps(COLUMNS))
    again = imported(program)

    assert first.status_code == 200
    assert sorted(first.json()["lessons"]) == sorted(
        Lesson.objects.values_list("public_id", flat=True)
    )
    assert again.status_code == 422
    assert again.json()["code"] == "register.nothing-new"
    assert Lesson.objects.count() == 2


@pytest.mark.parametrize("about", [{"dry_run": "true"}, {"columns": '{"title": "title"}'}])
def test_a_program_leaves_no_file_behind(cast: Cast, home: Path, about: dict[str, str]) -> None:
    imported(Program(signed_in(cast.ada)), **about)

    assert not [path for path in home.glob("registers/*/*") if path.is_file()]


def test_a_dry_run_lets_the_file_wait_that_a_page_holds(cast: Cast, home: Path) -> None:
    place = place_of(cast.ben)

    imported(Program(signed_in(cast.ada)), dry_run="true")

    assert signed_in(cast.ben).get(place).status_code == 200


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"nonsense": "event"}, "register.unknown-part"),
        ({"title": 5}, "register.unknown-part"),
        ("title", "register.unknown-part"),
        ([1], "register.unknown-part"),
        ({"title": "title"}, "register.no-lesson-column"),
    ],
    ids=["unknown-part", "no-column", "text", "list", "nothing-happened"],
)
def test_columns_that_cannot_be_used_are_said_so(
    cast: Cast, home: Path, columns: object, code: str
) -> None:
    answer = imported(Program(signed_in(cast.ada)), columns=json.dumps(columns))

    assert answer.status_code == 422
    assert answer.json()["code"] == code


def test_what_lessons_did_is_what_the_page_shows(cast: Cast, home: Path) -> None:
    before = TODAY.replace(year=TODAY.year - 1)
    told = a_lesson(cast.ada, cause="agreement-gap", published_at=before)
    again = a_lesson(cast.ada, cause="agreement-gap", effect_amount=4_200, effect_currency="EUR")

    answer = Program(signed_in(cast.ada)).get("/lessons/effect")

    shown = page(cast.ada, "lessons_effect").context
    assert answer["causes"] == [
        {
            "cause": "agreement-gap",
            "mistakes": 2,
            "repeats": 1,
            "repeats_cost": [{"amount": "4200.00", "currency": "EUR"}],
        }
    ]
    assert [(each["quarter"], each["repeats"]) for each in answer["quarters"] if each["repeats"]]
    assert shown["causes"] == [("Gap in the agreement", 2, 1, "4,200 EUR")]
    assert len(answer["quarters"]) == len(shown["quarters"])
    assert [(each["lesson"], each["repeats_before"]) for each in answer["fates"]["items"]] == [
        (told.public_id, 1),
        (again.public_id, 0),
    ]


def test_a_word_on_a_later_mistake_counts(cast: Cast, home: Path) -> None:
    program = Program(signed_in(cast.ada))
    told = a_lesson(cast.ada, published_at=TODAY.replace(year=TODAY.year - 1))
    later = a_lesson(cast.ada, title="Again")

    word = program.posts(f"/lessons/{told.public_id}/judge", mistake=later.public_id, repeats=True)
    earlier = program.posts(
        f"/lessons/{later.public_id}/judge", mistake=told.public_id, repeats=True
    )

    assert (word.status_code, word.json()["repeats"]) == (200, True)
    assert earlier.json()["code"] == "recurrence.none"
    assert sum(each["repeats"] for each in program.get("/lessons/effect")["quarters"]) == 1


def test_related_lessons_are_told_with_their_reason(cast: Cast, home: Path) -> None:
    lesson, near = a_lesson(cast.ada), a_lesson(cast.ada, title="Name the holidays again")
    share_lesson(
        lesson=near,
        provider=cast.cleo.organisation,
        wording=wording_of(near),
        by=cast.ada,
        as_of=TODAY,
    )

    (found,) = Program(signed_in(cast.ada)).get(f"/lessons/{lesson.public_id}/related")

    assert (found["id"], found["title"]) == (near.public_id, near.title)
    assert found["reasons"][0].startswith("Both speak of ")
