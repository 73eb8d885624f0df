"""Surveys on pages: links for one's own people, an answer without an account, results."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.answer_survey import answer_survey
from tallystick.actions.close_survey import close_survey
from tallystick.actions.link_survey import NewLink, link_survey
from tallystick.actions.open_survey import open_survey
from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.records.surveys import Survey, SurveyAnswer, SurveyLink
from tallystick.records.viewer import Viewer
from tests.cast import Cast, an_engagement
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db

MARKS = dict.fromkeys(QUESTIONS, "4")


def a_survey(cast: Cast) -> Survey:
    """Return a survey that is open now; pages read the clock."""
    return open_survey(engagement=an_engagement(), days=14, by=cast.ada, as_of=datetime.now(UTC))


def a_link(survey: Survey, by: Viewer) -> NewLink:
    """Return a link."""
    return link_survey(survey=survey, label="Lead", by=by, as_of=datetime.now(UTC))


def address(link: NewLink) -> str:
    """Return the address of a link's page."""
    return reverse("survey_answer", args=[link.token])


def test_a_client_opens_a_survey_and_each_party_links_its_own_people(cast: Cast) -> None:
    engagement = an_engagement()

    post(cast.ada, "survey_open", engagement.public_id, days="14")
    survey = Survey.objects.get()
    shown = text_of(post(cast.cleo, "survey_link", survey.public_id, label="Night shift"))

    link = SurveyLink.objects.get()
    assert link.organisation == cast.cleo.organisation
    assert "http://testserver/answer/" in shown
    assert "Night shift" not in text_of(page(cast.ada, "survey", survey.public_id))


def test_the_link_is_shown_once(cast: Cast) -> None:
    survey = a_survey(cast)

    again = text_of(page(cast.ada, "survey", a_link(survey, cast.ada).link.survey.public_id))

    assert "/answer/" not in again


def test_whoever_holds_the_link_answers_without_an_account(cast: Cast) -> None:
    link = a_link(a_survey(cast), cast.cleo)
    browser = Client()

    asked = browser.get(address(link))
    empty = browser.post(address(link))
    given = browser.post(address(link), MARKS)
    after = browser.get(address(link))

    statuses = [each.status_code for each in (asked, empty, given, after)]
    assert statuses == [200, 422, 302, 410]
    assert SurveyAnswer.objects.get().marks == dict.fromkeys(QUESTIONS, 4)
    assert "Thank you" in text_of(after)


def test_the_page_of_a_link_is_kept_out_of_caches_and_other_sites(cast: Cast) -> None:
    answer = Client().get(address(a_link(a_survey(cast), cast.ada)))

    headers = {name: answer.headers[name] for name in ("Cache-Control", "X-Robots-Tag")}
    assert headers == {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    # A stricter policy than this one would make browsers hide the form's own origin.
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_an_unknown_link_is_not_found(cast: Cast) -> None:
    assert Client().get(reverse("survey_answer", args=["guess"])).status_code == 404


def test_a_revoked_link_says_so(cast: Cast) -> None:
    link = a_link(a_survey(cast), cast.ada)

    other = post(cast.cleo, "survey_link_revoke", link.link.public_id)
    own = post(cast.ada, "survey_link_revoke", link.link.public_id)
    answer = Client().get(address(link))

    assert (other.status_code, own.status_code, answer.status_code) == (404, 302, 410)
    assert "took it back" in text_of(answer)


def test_results_are_told_once_it_is_over_and_of_three_answers(cast: Cast) -> None:
    survey, now = a_survey(cast), datetime.now(UTC)
    for by, marks in ((cast.ada, (5, 4, 2)), (cast.cleo, (5, 5))):
        for mark in marks:
            token = a_link(survey, by).token
            answer_survey(token=token, marks=dict.fromkeys(QUESTIONS, mark), as_of=now)

    before = text_of(page(cast.cleo, "survey", survey.public_id))
    close_survey(survey=survey, by=cast.ada, as_of=now + timedelta(microseconds=1))
    after = text_of(page(cast.cleo, "survey", survey.public_id))

    assert "3 answers" not in before
    assert "3 answers. 66% content." in after
    assert "2 answers. Too few to tell." in after
    assert ">3.6<" in after
    assert ">5.0<" not in after


def test_a_number_of_days_that_nobody_bears_is_refused(cast: Cast) -> None:
    answer = post(cast.ada, "survey_open", an_engagement().public_id, days="90")

    assert answer.status_code == 422
    assert not Survey.objects.exists()
