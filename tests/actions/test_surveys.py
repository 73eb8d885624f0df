"""Surveys: links without an account, one answer each, no names, and results of three or more."""

import json
from datetime import timedelta
from fractions import Fraction

import pytest

from tallystick.actions.answer_survey import AnswerIncomplete, LinkClosed, answer_survey
from tallystick.actions.close_survey import SurveyOver, close_survey
from tallystick.actions.link_survey import NewLink, link_survey
from tallystick.actions.open_review import open_review
from tallystick.actions.open_survey import NobodyToAsk, SurveyOpen, SurveyTooLong, open_survey
from tallystick.actions.revoke_link import LinkSpent, revoke_link
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.records.ledger import LedgerEntry
from tallystick.records.surveys import Survey, SurveyAnswer, SurveyLink, results_of
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=1)
OVER = TODAY + timedelta(days=14)
FIVES = dict.fromkeys(QUESTIONS, 5)


def a_survey(cast: Cast) -> Survey:
    """Return a survey that is open for two weeks."""
    return open_survey(engagement=an_engagement(), days=14, by=cast.ada, as_of=TODAY)


def a_link(survey: Survey, by: Viewer) -> NewLink:
    """Return a link for somebody of one's own team."""
    return link_survey(survey=survey, label="Team lead", by=by, as_of=TODAY)


def answered(survey: Survey, by: Viewer, mark: int) -> None:
    """Answer by a link of one side."""
    link = a_link(survey, by)
    answer_survey(token=link.token, marks=dict.fromkeys(QUESTIONS, mark), as_of=SOON)


def test_a_link_takes_one_answer(cast: Cast) -> None:
    link = a_link(a_survey(cast), cast.cleo)

    answer_survey(token=link.token, marks=FIVES, as_of=SOON)

    assert SurveyAnswer.objects.get().side == "provider"
    with pytest.raises(LinkClosed):
        answer_survey(token=link.token, marks=FIVES, as_of=SOON)


def test_the_token_is_nowhere_stored(cast: Cast) -> None:
    link = a_link(a_survey(cast), cast.ada)

    row = SurveyLink.objects.filter(pk=link.link.pk).values().get()
    entries = " ".join(bytes(each.content.told).decode() for each in LedgerEntry.objects.all())

    assert link.token not in str(row) + entries
    assert len(link.token) >= 43


def test_no_row_tells_who_answered_what(cast: Cast) -> None:
    link = a_link(a_survey(cast), cast.cleo)

    answer_survey(token=link.token, marks=FIVES, as_of=SOON)

    assert {field.name for field in SurveyAnswer._meta.fields} == {
        "id", "public_id", "survey", "side", "marks",
    }  # fmt: skip
    assert list(SurveyAnswer.objects.visible_to(cast.ada)) == []
    entry = LedgerEntry.objects.order_by("-id").first()
    assert entry is not None
    told = json.loads(bytes(entry.content.told))
    assert (told["sentence"], told["by"], told["payload"]) == (
        "An answer to the survey came in.", "", {},
    )  # fmt: skip


@pytest.mark.parametrize("closed_by", ["revoking", "closing", "time"])
def test_a_closed_link_takes_no_answer(closed_by: str, cast: Cast) -> None:
    survey = a_survey(cast)
    link = a_link(survey, cast.ada)
    as_of = OVER if closed_by == "time" else SOON
    if closed_by == "revoking":
        revoke_link(link=link.link, by=cast.ada, as_of=TODAY)
    if closed_by == "closing":
        close_survey(survey=survey, by=cast.ada, as_of=TODAY)

    with pytest.raises(LinkClosed):
        answer_survey(token=link.token, marks=FIVES, as_of=as_of)

    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("mark", [0, 6, None])
def test_every_question_needs_a_mark(mark: int | None, cast: Cast) -> None:
    link = a_link(a_survey(cast), cast.ada)
    marks = {name: mark for name in QUESTIONS if mark is not None}

    with pytest.raises(AnswerIncomplete):
        answer_survey(token=link.token, marks=marks, as_of=SOON)

    assert not SurveyLink.objects.get().is_used


def test_nothing_is_told_before_the_end_or_of_two_answers(cast: Cast) -> None:
    survey = a_survey(cast)
    for mark in (5, 4, 2):
        answered(survey, cast.ada, mark)
    for mark in (5, 5):
        answered(survey, cast.cleo, mark)

    before, after = results_of(survey, SOON), results_of(survey, OVER)

    assert before == []
    assert [(each.side, each.answers, each.favourable) for each in after] == [
        ("client", 3, Fraction(2, 3)),
        ("provider", 2, None),
    ]


def test_a_pack_holds_what_people_perceive(cast: Cast) -> None:
    survey = a_survey(cast)
    for _ in range(3):
        answered(survey, cast.ada, 2)

    pack = open_review(
        engagement=survey.engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=OVER
    )

    perceived = pack.document["perception"]
    assert perceived["survey"] == survey.public_id
    assert [(each["answers"], each["favourable"]) for each in perceived["sides"]] == [
        (3, "0"),
        (0, None),
    ]


def test_a_survey_is_opened_once_at_a_time_for_some_days(cast: Cast) -> None:
    survey = a_survey(cast)
    engagement = survey.engagement

    with pytest.raises(SurveyOpen):
        open_survey(engagement=engagement, days=14, by=cast.ada, as_of=SOON)
    with pytest.raises(SurveyTooLong):
        open_survey(engagement=engagement, days=61, by=cast.ada, as_of=OVER)
    with pytest.raises(SurveyOver):
        close_survey(survey=survey, by=cast.ada, as_of=OVER)
    with pytest.raises(SurveyOver):
        link_survey(survey=survey, label="", by=cast.ada, as_of=OVER)


def test_without_a_provider_there_is_nobody_to_ask(cast: Cast) -> None:
    engagement = an_engagement(provider=None, stage=Stage.SELECT)

    with pytest.raises(NobodyToAsk):
        open_survey(engagement=engagement, days=14, by=cast.ada, as_of=TODAY)


def test_each_party_sees_and_revokes_its_own_links(cast: Cast) -> None:
    survey = a_survey(cast)
    own, theirs = a_link(survey, cast.ada).link, a_link(survey, cast.cleo).link

    assert list(SurveyLink.objects.visible_to(cast.ben)) == [own]
    assert list(SurveyLink.objects.visible_to(cast.cleo)) == [theirs]
    revoke_link(link=own, by=cast.ada, as_of=SOON)
    with pytest.raises(LinkSpent):
        revoke_link(link=own, by=cast.ada, as_of=SOON)
