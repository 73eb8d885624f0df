"""Bad input to the loop that learns, in the browser: said beside the field, nothing lost."""

import re
from datetime import timedelta

import pytest

from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.share_lesson import share_lesson
from tallystick.actions.waive_finding import waive_finding
from tallystick.records.guardrails import Guardrail
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import a_lesson, an_objective, page, post, text_of
from tests.web.test_guardrails import RAISED
from tests.web.test_lessons import WRITTEN

pytestmark = pytest.mark.django_db

ODD_SEARCHES = [
    '"', '""', '"holiday', "*", "holi*", "NEAR(", "NEAR(a b, 5)", "a AND", "OR", "NOT", "(", "-",
    "^title", "title:holiday", "x" * 10_000, "word " * 2_000, "😀", "👩‍👩‍👧 holiday",
    "\u202eyadiloh", "مرحبا بالعالم", "שלום", "\u200f\u200e", "%", "_", "\\", "'; DROP TABLE", "\0",
    "\ufeff",
]  # fmt: skip
ENDLESS = [
    "objectives.all(a, objectives.all(b, objectives.all(c, objectives.all(d, a.unit == d.unit))))",
    "size(objectives.map(a, objectives.map(b, objectives.map(c, objectives.map(d, d))))) > 0",
    "(" * 500 + "true" + ")" * 500,
]
UNKNOWN = ["objectivs.all(o, true)", "objectives.all(o, o.basline != null)", "secrets == null"]
NINE_DAYS = timedelta(days=9)
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
TEXTS = (
    "title", "context", "what_happened", "root_cause", "effect", "preventive_action",
    "warning_signs",
)  # fmt: skip


def test_a_lesson_without_a_cause_is_kept_and_not_validated(cast: Cast) -> None:
    post(cast.ben, "lesson_new", **WRITTEN | {"root_cause": ""})
    lesson = Lesson.objects.get()

    answer = post(cast.ada, "lesson_move", lesson.public_id, to="validated", note="So.")

    assert answer.status_code == 422
    lesson.refresh_from_db()
    assert lesson.state == LessonState.OBSERVATION


def test_a_description_of_a_megabyte_is_refused_beside_its_field(cast: Cast) -> None:
    answer = post(cast.ben, "lesson_new", **WRITTEN | {"what_happened": "x" * 1_000_000})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["what_happened"]
    assert not Lesson.objects.exists()


def test_what_people_write_is_never_markup(cast: Cast) -> None:
    engagement = an_engagement(stage="define", name=SCRIPT)
    an_objective(engagement=engagement, statement=SCRIPT, provider_owner="")
    post(cast.ben, "lesson_new", **WRITTEN | dict.fromkeys(TEXTS, SCRIPT) | {"stages": ["define"]})
    lesson = Lesson.objects.get()
    texts = dict.fromkeys(("title", "rationale", "remedy"), SCRIPT)
    post(cast.ada, "guardrail_new", lesson.public_id, **RAISED | texts | {"stage": "define"})
    waive_finding(
        engagement=engagement, code="LSN001", reason=SCRIPT, expires_on=TODAY.date() + NINE_DAYS,
        by=cast.ada, as_of=TODAY,
    )  # fmt: skip
    share_lesson(
        lesson=lesson, provider=cast.cleo.organisation, wording=wording_of(lesson), by=cast.ada,
        as_of=TODAY,
    )  # fmt: skip
    shared = SharedLesson.objects.get()

    pages = [
        page(cast.ada, "lesson", lesson.public_id),
        page(cast.ada, "lessons", q="script alert"),
        page(cast.ada, "lesson_revise", lesson.public_id),
        page(cast.ada, "lesson_share", lesson.public_id),
        page(cast.ada, "lessons_effect"),
        page(cast.ada, "guardrails"),
        page(cast.ada, "guardrail", "LSN001"),
        page(cast.ada, "guardrail_retire", "LSN001"),
        page(cast.ada, "gate", engagement.public_id),
        page(cast.ada, "findings", engagement.public_id),
        page(cast.ada, "waivers", engagement.public_id),
        page(cast.ada, "organisation_history"),
        page(cast.ada, "home"),
        page(cast.cleo, "lessons", q="script alert"),
        page(cast.cleo, "lesson", shared.public_id),
    ]

    for answer in pages:
        html = text_of(answer)
        assert answer.status_code == 200
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("condition", ENDLESS)
def test_a_condition_that_never_ends_is_answered_at_once(condition: str, cast: Cast) -> None:
    engagement, lesson = an_engagement(), a_lesson(cast.ada)
    for number in range(60):
        an_objective(engagement=engagement, statement=f"Objective {number}")

    answer = post(cast.ada, "guardrail_new", lesson.public_id, **RAISED | {"condition": condition})

    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert KeptFinding.objects.filter(engagement=engagement, code="LSN001").exists()


@pytest.mark.parametrize("condition", UNKNOWN)
def test_a_condition_that_names_an_unknown_field_is_refused_at_its_place(
    condition: str, cast: Cast
) -> None:
    answer = post(
        cast.ada,
        "guardrail_new",
        a_lesson(cast.ada).public_id,
        **RAISED | {"condition": condition},
    )

    assert answer.status_code == 422
    assert re.search(r"Line \d+, column \d+", text_of(answer))
    assert not Guardrail.objects.exists()


def test_a_lesson_that_is_adopted_is_not_retired(cast: Cast) -> None:
    engagement, lesson = an_engagement(stage="define"), a_lesson(cast.ada)
    objective = an_objective(engagement=engagement)
    post(
        cast.ada, "lesson_answer", engagement.public_id, lesson.public_id, answer="adopted",
        note="So.", embodied=f"objective:{objective.public_id}",
    )  # fmt: skip

    answer = post(cast.ada, "lesson_move", lesson.public_id, to="retired", note="Old.")

    assert answer.status_code == 422
    assert f"It is still followed: {engagement.name}." in text_of(answer)
    lesson.refresh_from_db()
    assert lesson.state == LessonState.APPLIED


@pytest.mark.parametrize("text", ODD_SEARCHES)
def test_any_text_can_be_searched_for(text: str, cast: Cast) -> None:
    a_lesson(cast.ada)

    answer = page(cast.ada, "lessons", q=text)

    assert answer.status_code == 200
    assert "<input" in text_of(answer)
