"""Working norms: links without an account, one answer each, no names, sums of three or more."""

import json
from datetime import timedelta
from fractions import Fraction

import pytest

from tallystick.actions.agree_on_norm import agree_on_norm
from tallystick.actions.answer_links import LinkClosed, LinkSpent
from tallystick.actions.answer_norms import answer_norms
from tallystick.actions.bid_evidence import ChoiceUnknown
from tallystick.actions.link_norms import TeamOfAnotherSelection, link_norms, revoke_norms_link
from tallystick.actions.open_norms import (
    SurveyOpen,
    SurveyOver,
    SurveyTooLong,
    close_norms,
    open_norms,
)
from tallystick.engine.scoring.norms import ITEMS, AnswerOutsideScale
from tallystick.records.ledger import LedgerEntry
from tallystick.records.norms import NormsAnswer, NormsLink, NormsMeasure, NormsSurvey, norms_of
from tests.bidding import MIDDLE, a_bid, a_selection, answered
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=1)
OVER = TODAY + timedelta(days=14)


def a_round(cast: Cast) -> NormsSurvey:
    """Return a round that is open for two weeks."""
    return open_norms(selection=a_selection(cast.ada), days=14, by=cast.ada, as_of=TODAY)


def a_token(survey: NormsSurvey, cast: Cast) -> str:
    """Return the token of a link for our own team."""
    return link_norms(survey=survey, bid=None, label="Ben", by=cast.ada, as_of=TODAY).token


def test_a_link_takes_one_answer(cast: Cast) -> None:
    token = a_token(a_round(cast), cast)

    answer_norms(token=token, marks=MIDDLE, as_of=SOON)

    with pytest.raises(LinkClosed):
        answer_norms(token=token, marks=MIDDLE, as_of=SOON)
    assert NormsAnswer.objects.count() == 1


@pytest.mark.parametrize("closed_by", ["revoking", "closing", "time"])
def test_a_closed_link_takes_no_answer(closed_by: str, cast: Cast) -> None:
    survey = a_round(cast)
    made = link_norms(survey=survey, bid=None, label="Ben", by=cast.ada, as_of=TODAY)
    if closed_by == "revoking":
        revoke_norms_link(link=made.link, by=cast.ada, as_of=TODAY)
    if closed_by == "closing":
        close_norms(survey=survey, by=cast.ada, as_of=TODAY)

    with pytest.raises(LinkClosed):
        answer_norms(token=made.token, marks=MIDDLE, as_of=OVER if closed_by == "time" else SOON)

    assert not NormsAnswer.objects.exists()


@pytest.mark.parametrize("mark", [0, 8, None])
def test_every_pair_needs_an_answer_from_1_to_7(mark: int | None, cast: Cast) -> None:
    token = a_token(a_round(cast), cast)
    marks = {name: mark for name in ITEMS if mark is not None}

    with pytest.raises(AnswerOutsideScale):
        answer_norms(token=token, marks=marks, as_of=SOON)

    assert not NormsLink.objects.get().is_used


def test_no_row_and_no_entry_tells_who_answered(cast: Cast) -> None:
    survey = a_round(cast)
    bid = a_bid(survey.selection, cast.ada)
    made = link_norms(survey=survey, bid=bid, label="Night shift", by=cast.ada, as_of=TODAY)
    answer_norms(token=made.token, marks=MIDDLE, as_of=SOON)

    assert {field.name for field in NormsAnswer._meta.fields} == {
        "id", "public_id", "survey", "bid", "marks",
    }  # fmt: skip
    assert list(NormsAnswer.objects.visible_to(cast.ada)) == []
    entry = LedgerEntry.objects.order_by("-id").first()
    assert entry is not None
    told = json.loads(bytes(entry.content.told))
    assert (told["sentence"], told["by"], told["payload"]) == (
        "An answer about working norms came in.", "", {},
    )  # fmt: skip
    row = NormsLink.objects.filter(pk=made.link.pk).values().get()
    entries = " ".join(bytes(each.content.told).decode() for each in LedgerEntry.objects.all())
    assert made.token not in str(row) + entries


def test_nothing_is_told_before_the_end_or_of_two_answers(cast: Cast) -> None:
    survey = a_round(cast)
    bid, few = (a_bid(survey.selection, cast.ada, name) for name in ("Orion", "Far Desk"))
    answered(survey, None, cast.ada, 2, 2, 5)
    answered(survey, bid, cast.ada, 5, 5, 6)
    answered(survey, few, cast.ada, 1, 1)

    before, after = norms_of(survey, [bid, few], SOON), norms_of(survey, [bid, few], OVER)

    assert before == {}
    assert (after[few.pk].comparable, after[few.pk].theirs, after[few.pk].gaps) == (False, 2, ())
    gap = after[bid.pk].gaps[0]
    assert (gap.ours, gap.theirs, gap.points) == (2, 5, 50)
    assert gap.our_spread == Fraction(100, 6)


def test_a_bid_of_another_selection_has_no_team_here(cast: Cast) -> None:
    survey = a_round(cast)
    elsewhere = a_bid(a_selection(cast.ada), cast.ada)

    with pytest.raises(TeamOfAnotherSelection):
        link_norms(survey=survey, bid=elsewhere, label="", by=cast.ada, as_of=TODAY)


def test_a_round_is_open_once_at_a_time_for_some_days(cast: Cast) -> None:
    survey = a_round(cast)
    selection = survey.selection

    with pytest.raises(SurveyOpen):
        open_norms(selection=selection, days=14, by=cast.ada, as_of=SOON)
    with pytest.raises(SurveyTooLong):
        open_norms(selection=selection, days=0, by=cast.ada, as_of=OVER)
    with pytest.raises(SurveyOver):
        close_norms(survey=survey, by=cast.ada, as_of=OVER)
    with pytest.raises(SurveyOver):
        link_norms(survey=survey, bid=None, label="", by=cast.ada, as_of=OVER)


def test_a_link_that_was_used_cannot_be_revoked(cast: Cast) -> None:
    survey = a_round(cast)
    answered(survey, None, cast.ada, 4)

    with pytest.raises(LinkSpent):
        revoke_norms_link(link=NormsLink.objects.get(), by=cast.ada, as_of=SOON)


def test_what_was_agreed_on_a_point_is_said_once(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    for text in ("We say it at once.", "We write it into the log."):
        agree_on_norm(bid=bid, item="bad-news", text=text, by=cast.ada, as_of=TODAY)

    assert NormsMeasure.objects.get().text == "We write it into the log."
    with pytest.raises(ChoiceUnknown):
        agree_on_norm(bid=bid, item="nationality", text="No.", by=cast.ada, as_of=TODAY)
