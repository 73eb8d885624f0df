"""Bringing a register of lessons along in the browser: tried out first, imported once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from tallystick.actions.import_lessons import import_lessons
from tallystick.engine.refusals import Refusal
from tallystick.records.ledger import LedgerEntry
from tallystick.records.lessons import Lesson
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, Cast
from tests.racing import at_once, elsewhere
from tests.web.pages import page, signed_in, text_of

pytestmark = pytest.mark.django_db

REGISTER = b"""title,event,cause,recommendation
Name the holidays,Easter was a breach.,No holidays.,Write them down.
,,nothing,
Call the references,Nobody called.,,
"""
COLUMNS = {
    "title": "title",
    "what_happened": "event",
    "root_cause": "cause",
    "preventive_action": "recommendation",
}


def received(by: Viewer, content: bytes, name: str = "register.csv") -> HttpResponse:
    """Return what the browser gets for a file."""
    file = SimpleUploadedFile(name, content)
    answer: HttpResponse = signed_in(by).post(reverse("lessons_register_new"), {"file": file})
    return answer


def place_of(by: Viewer, content: bytes = REGISTER) -> str:
    """Return the address at which a register is tried out."""
    return str(received(by, content).headers["Location"])


def test_a_register_is_tried_out_before_anything_is_stored(cast: Cast, home: object) -> None:
    html = text_of(signed_in(cast.ben).get(place_of(cast.ben)))

    assert "Import 2 lessons" in html
    assert "Line 3: It does not say what happened." in html
    assert not Lesson.objects.exists()


def test_an_import_stores_the_rows_and_one_entry_and_nothing_twice(
    cast: Cast, home: object
) -> None:
    browser, place = signed_in(cast.ben), place_of(cast.ben)

    first = browser.post(place, COLUMNS | {"commit": "1"})
    again = browser.post(place_of(cast.ben), COLUMNS | {"commit": "1"})

    states = dict(Lesson.objects.values_list("title", "state"))
    assert first.status_code == 302
    assert states == {"Name the holidays": "identified", "Call the references": "observation"}
    assert again.status_code == 422
    assert "No row of the file is a lesson that you do not hold already." in text_of(again)
    assert LedgerEntry.objects.filter(action="import_lessons").count() == 1


def test_other_columns_may_be_tried(cast: Cast, home: object) -> None:
    columns = {"title": "event", "what_happened": "title"}

    html = text_of(signed_in(cast.ben).post(place_of(cast.ben), columns | {"try": "1"}))

    assert "Easter was a breach." in html
    assert "Line 3: It does not say what happened." in html
    assert not Lesson.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty."), (b"title,event\n\xff,b\n", "encoding"), (b"PK\x03\x04xx", "")],
    ids=["empty", "no-text", "broken-workbook"],
)
def test_a_file_that_cannot_be_read_is_said_so(
    cast: Cast, home: object, content: bytes, said: str
) -> None:
    answer = received(cast.ben, content)

    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_register_waits_for_its_own_organisation_alone(cast: Cast, home: object) -> None:
    place = place_of(cast.ben)

    assert signed_in(cast.cleo).get(place).status_code == 404
    assert signed_in(cast.ben).get(reverse("lessons_register", args=["0" * 64])).status_code == 404
    assert page(cast.ben, "lessons_register_new").status_code == 200


def test_a_file_may_have_any_name(cast: Cast, home: object) -> None:
    place = received(cast.ben, REGISTER, "ours & theirs=1.csv").headers["Location"]

    assert "ours &amp; theirs=1.csv" in signed_in(cast.ben).get(place).content.decode()


def test_two_who_import_the_same_file_at_once_import_it_once(
    cast: Cast, home: object, race: Callable[[], AbstractContextManager[None]]
) -> None:
    digest = place_of(cast.ben).split("/")[3]

    def act(who: Viewer) -> list[Lesson]:
        return import_lessons(
            digest=f"sha256:{digest}", columns=None, name="r.csv", by=who, as_of=TODAY
        )

    with race():
        given = at_once(partial(act, cast.ben), partial(act, cast.ada))
        stored = elsewhere(Lesson.objects.count)

    [refused] = [each for each in given if isinstance(each, Refusal)]
    assert refused.code in {"register.gone", "register.nothing-new"}
    assert stored == 2
