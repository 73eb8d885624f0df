"""The lesson library in the browser: search, read, write, share."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.share_lesson import share_lesson
from tallystick.records.findings import proposed_findings
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.reviews import FindingDecision, Review, ReviewFinding
from tests.actions.test_measure_and_state import a_statement
from tests.cast import TODAY, Cast, an_engagement, an_organisation
from tests.web.pages import a_lesson, page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

WRITTEN = {
    "title": "Agree on holidays before anyone signs",
    "context": "A service desk.",
    "what_happened": "Easter counted as four working days.",
    "root_cause": "The calendar came from a template.",
    "effect": "Three disputed statements.",
    "preventive_action": "Write the holidays into the calendar.",
    "stages": ["agree"],
    "service_types": ["service-desk"],
    "practices": ["7"],
}


def a_review(
    cast: Cast, home: Path, decision: FindingDecision = FindingDecision.CONFIRMED
) -> Review:
    """Return the review of a March in which both levels were missed."""
    statement = a_statement(cast, home)
    verdict = Verdict(decision, "The calendar was wrong.")
    return hold_review(
        statement=statement,
        verdicts={each.key: verdict for each in proposed_findings(statement)},
        summary="",
        by=cast.ben,
        as_of=TODAY,
    )


def a_finding(
    cast: Cast, home: Path, decision: FindingDecision = FindingDecision.CONFIRMED
) -> ReviewFinding:
    """Return a finding of that review."""
    finding = a_review(cast, home, decision).findings.order_by("id").first()
    assert finding is not None
    return finding


# --- the library


def test_an_empty_library_says_what_to_do(cast: Cast) -> None:
    response = page(cast.ada, "lessons")

    assert "No lesson yet" in text_of(response)
    assert reverse("lesson_new") in text_of(response)


def test_a_search_says_why_it_found_a_lesson_and_marks_where(cast: Cast) -> None:
    a_lesson(cast.ada)
    a_lesson(cast.ada, title="Call a former client", what_happened="All praised.", root_cause="",
             preventive_action="", context="", effect="")  # fmt: skip

    text = text_of(page(cast.ada, "lessons", q="holiday calendars"))

    assert "Has holiday, calendars in its title and what happened and root cause." in text
    assert "Name the <mark>holidays</mark></a>" in text
    assert "Write the <mark>holidays</mark> into the <mark>calendar</mark>." in text
    assert "Call a former client" not in text


def test_a_search_without_a_hit_says_so(cast: Cast) -> None:
    a_lesson(cast.ada)

    text = text_of(page(cast.ada, "lessons", q="zebra"))

    assert "No lesson fits" in text


@pytest.mark.parametrize(
    "query", [{"stage": "select"}, {"service_type": "service-desk"}, {"practice": "5"}]
)
def test_a_filter_keeps_lessons_that_apply_there_or_everywhere(
    query: dict[str, str], cast: Cast
) -> None:
    elsewhere = {"stages": ["close"], "service_types": ["other"], "practices": [1]}
    a_lesson(cast.ada, title="Holds elsewhere", **elsewhere)
    a_lesson(cast.ada, title="Holds everywhere", stages=[], service_types=[], practices=[])

    text = text_of(page(cast.ada, "lessons", **query))

    assert "Holds everywhere" in text
    assert "Holds elsewhere" not in text


def test_a_filter_that_cannot_be_read_is_left_out(cast: Cast) -> None:
    a_lesson(cast.ada)

    response = page(cast.ada, "lessons", stage="nonsense", practice="99", q="\0", page="-1")

    assert response.status_code == 200
    assert "Name the holidays" in text_of(response)


def test_the_csv_file_holds_the_lessons_of_the_view(cast: Cast) -> None:
    a_lesson(cast.ada, title="=HYPERLINK(1)")
    a_lesson(cast.ada, title="Elsewhere", stages=["close"])

    rows = text_of(page(cast.ada, "lessons", stage="define", format="csv")).splitlines()

    assert len(rows) == 2
    assert rows[1].startswith("'=HYPERLINK")


def test_the_library_costs_the_same_queries_for_5_and_50_lessons(cast: Cast) -> None:
    client = signed_in(cast.ada)
    for number in range(5):
        a_lesson(cast.ada, title=f"Lesson {number}")
    few = queries_for(client, "/lessons/?q=holidays")
    for number in range(45):
        a_lesson(cast.ada, title=f"More {number}")

    assert queries_for(client, "/lessons/?q=holidays") == few


def test_links_narrow_and_tell_how_many_lessons_they_leave(cast: Cast) -> None:
    a_lesson(cast.ada, title="Everywhere", stages=[])
    a_lesson(cast.ada, title="Early", stages=["define"], state=LessonState.APPLIED)
    a_lesson(cast.ada, title="Late", stages=["close"])

    response = page(cast.ada, "lessons", q="holidays")
    narrowed = page(cast.ada, "lessons", q="holidays", stage="define")

    stages = next(facet for facet in response.context["facets"] if facet.label == "Stage")
    assert [(value.label, value.count, value.url) for value in stages.values] == [
        ("Define", 2, "?q=holidays&stage=define"),
        ("Close", 2, "?q=holidays&stage=close"),
    ]
    assert narrowed.context["count_words"] == "2 lessons"
    chosen = narrowed.context["facets"][0]
    assert (chosen.label, chosen.chosen, chosen.url) == ("Stage", "Define", "?q=holidays")


def test_a_provider_is_offered_no_states(cast: Cast) -> None:
    client = page(cast.ada, "lessons", state="retired")
    provider = page(cast.cleo, "lessons", state="retired")

    assert [facet.label for facet in client.context["facets"]] == ["State"]
    assert provider.context["facets"] == []
    assert "Look among the retired ones" not in text_of(provider)


@pytest.mark.parametrize("who", ["ben", "eva", "ann"])
def test_everyone_at_the_client_reads_every_lesson(who: str, cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    assert lesson.title in text_of(page(getattr(cast, who), "lessons"))
    assert page(getattr(cast, who), "lesson", lesson.public_id).status_code == 200


def test_a_provider_sees_only_what_was_shared_with_it(cast: Cast) -> None:
    a_lesson(cast.ada, title="Our own business")
    lesson = a_lesson(cast.ada, title="For you")
    share_lesson(
        lesson=lesson,
        provider=cast.cleo.organisation,
        wording=wording_of(lesson),
        by=cast.ada,
        as_of=TODAY,
    )

    text = text_of(page(cast.cleo, "lessons"))

    assert "For you" in text
    assert "Our own business" not in text
    assert "1 lesson<" in text


# --- one lesson


def test_a_lesson_leads_back_to_the_file_its_figures_came_from(cast: Cast, home: Path) -> None:
    finding = a_finding(cast, home)
    lesson = a_lesson(cast.ada, finding=finding)
    measurement = finding.review.statement.measurements.get(service_level="response")

    text = text_of(page(cast.ada, "lesson", lesson.public_id))

    assert reverse("review", args=[finding.review.public_id]) in text
    assert reverse("statement", args=[finding.review.statement.public_id]) in text
    assert reverse("measurement", args=[measurement.public_id]) in text
    for stored in measurement.imports.all():
        assert reverse("import", args=[stored.public_id]) in text


def test_a_shared_lesson_does_not_tell_of_another_providers_engagement(
    cast: Cast, home: Path
) -> None:
    finding = a_finding(cast, home)
    lesson = a_lesson(cast.ada, finding=finding)
    pages = []
    for reader in (cast.cleo, cast.dan):
        shared = share_lesson(
            lesson=lesson,
            provider=reader.organisation,
            wording=wording_of(lesson),
            by=cast.ada,
            as_of=TODAY,
        )
        pages.append(text_of(page(reader, "lesson", shared.public_id)))

    own, other = pages
    assert finding.review.public_id in own
    assert finding.review.public_id not in other
    assert "Baltic Desk" not in other


def test_an_observation_offers_no_guardrail(cast: Cast) -> None:
    lesson = a_lesson(cast.ada, state=LessonState.OBSERVATION, root_cause="")

    text = text_of(page(cast.ada, "lesson", lesson.public_id))

    assert "An observation so far" in text
    assert "Raise a guardrail" not in text


def test_only_leads_are_offered_to_raise_and_share(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    lead = text_of(page(cast.ada, "lesson", lesson.public_id))
    evaluator = text_of(page(cast.eva, "lesson", lesson.public_id))

    assert "Raise a guardrail" in lead
    assert reverse("lesson_share", args=[lesson.public_id]) in lead
    assert "Raise a guardrail" not in evaluator
    assert reverse("lesson_share", args=[lesson.public_id]) not in evaluator


# --- writing


def test_a_whole_lesson_is_published_and_identified(cast: Cast) -> None:
    response = post(cast.eva, "lesson_new", **WRITTEN)
    lesson = Lesson.objects.get()

    assert response.status_code == 302
    assert lesson.state == LessonState.IDENTIFIED
    assert (lesson.stages, lesson.service_types, lesson.practices) == (
        ["agree"],
        ["service-desk"],
        [7],
    )


def test_a_lesson_without_a_cause_stays_an_observation(cast: Cast) -> None:
    post(cast.eva, "lesson_new", **WRITTEN | {"root_cause": ""})

    assert Lesson.objects.get().state == LessonState.OBSERVATION


def test_an_incomplete_lesson_is_shown_again_with_what_was_typed(cast: Cast) -> None:
    response = post(cast.eva, "lesson_new", title="Half a lesson")

    assert response.status_code == 422
    assert "Half a lesson" in text_of(response)
    assert "Say what happened." in text_of(response)
    assert not Lesson.objects.exists()


def test_a_finding_fills_the_form_in_the_words_of_people(cast: Cast, home: Path) -> None:
    finding = a_finding(cast, home)

    text = text_of(page(cast.ben, "lesson_new", finding=finding.public_id))

    assert "“Response to incidents” was missed in March 2026" in text
    assert "Service desk (service desk), March 2026." in text


def test_a_lesson_from_a_finding_points_back_at_it(cast: Cast, home: Path) -> None:
    finding = a_finding(cast, home)
    url = f"{reverse('lesson_new')}?finding={finding.public_id}"

    signed_in(cast.ben).post(url, WRITTEN)

    assert Lesson.objects.get().finding == finding


def test_a_dismissed_finding_gives_no_lesson(cast: Cast, home: Path) -> None:
    finding = a_finding(cast, home, FindingDecision.DISMISSED)
    url = f"{reverse('lesson_new')}?finding={finding.public_id}"

    response = signed_in(cast.ben).post(url, WRITTEN)

    assert response.status_code == 422
    assert "dismissed in its review" in text_of(response)


@pytest.mark.parametrize("key", ["zzzzzzzzzzzz", "\0", "x" * 500])
def test_a_finding_that_does_not_exist_is_not_found(key: str, cast: Cast) -> None:
    assert page(cast.ben, "lesson_new", finding=key).status_code == 404


# --- sharing


def test_a_shared_lesson_is_read_by_the_provider(cast: Cast) -> None:
    an_engagement()
    lesson = a_lesson(cast.ada)
    provider = an_organisation("Baltic Desk")

    redacted = WRITTEN | {"context": "A desk.", "provider": provider.public_id}
    response = post(cast.ada, "lesson_share", lesson.public_id, **redacted)

    shared = SharedLesson.objects.get()
    text = text_of(page(cast.cleo, "lesson", shared.public_id))
    assert response.status_code == 302
    assert "A desk." in text
    assert "Every holiday was a breach." not in text
    assert page(cast.cleo, "lesson", lesson.public_id).status_code == 404
    assert page(cast.dan, "lesson", shared.public_id).status_code == 404


def test_sharing_with_nobody_is_an_error_beside_the_field(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    response = post(cast.ada, "lesson_share", lesson.public_id)

    assert response.status_code == 422
    assert "Choose the provider." in text_of(response)
