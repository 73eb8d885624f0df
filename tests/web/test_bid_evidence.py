"""Evidence about a bidder on pages: shown whole, refused where it is wrong, hidden from others."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.link_norms import link_norms
from tallystick.actions.open_norms import close_norms, open_norms
from tallystick.actions.record_case import CaseTold, record_case
from tallystick.actions.state_standing import Standing, record_certificate, state_standing
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Bid
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.norms import NormsAnswer, NormsLink, NormsSurvey
from tallystick.records.pilots import Pilot
from tallystick.records.references import Reference
from tallystick.records.roles import Role
from tests.bidding import FOURS, a_bid, a_reference, a_selection, answered, called
from tests.cast import TODAY, Cast, a_viewer
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db

TAG = "<script>alert(1)</script>"
REFEREE = {
    "organisation": "Alder Bank",
    "source": "found",
    "relationship": "ended",
    "ended_on": "2025-06-30",
    "similarity": "75",
}
CALL = {"called_on": "2026-07-01", "again": "yes", **{name: "4" for name in FOURS}}
CASE = {
    "customer": "Alder Bank", "scope": "Service desk", "scale": "60", "similarity": "75",
    "from_on": "2021-01-01", "role": "prime", "outcome": "kept",
}  # fmt: skip
TEAM = {"zone": "Europe/Madrid", "begins": "09:00", "ends": "17:00", "holidays": "2027-01-06"}
MARKS = {name: "4" for name in ITEMS}


def the_bid(cast: Cast) -> Bid:
    """Return a bid of a new selection."""
    return a_bid(a_selection(cast.ada), cast.ada)


def test_a_reference_is_planned_and_its_call_recorded(cast: Cast) -> None:
    bid = the_bid(cast)

    post(cast.ada, "reference_new", bid.public_id, **REFEREE)
    reference = Reference.objects.get()
    answer = post(cast.ada, "reference_call", reference.public_id, **CALL, said="They kept it.")
    shown = text_of(page(cast.ada, "bid_evidence", bid.public_id))

    assert answer.status_code == 302
    assert "They kept it." in shown
    assert "Not enough were asked" in shown
    assert "At least 3 calls: 1 so far" in shown


def test_three_calls_of_the_right_kind_are_enough(cast: Cast) -> None:
    bid = the_bid(cast)
    for name, said in (
        ("Alder Bank", {"source": "found"}),
        ("Birch Rail", {"relationship": "ended"}),
        ("Cedar Foods", {}),
    ):
        called(a_reference(bid, cast.ada, name, **said), cast.ada)

    assert "Enough were asked" in text_of(page(cast.ada, "bid_evidence", bid.public_id))


@pytest.mark.parametrize("mark", ["0", "6", "3.5", "five", "-1"])
def test_a_mark_outside_the_scale_is_refused(mark: str, cast: Cast) -> None:
    reference = a_reference(the_bid(cast), cast.ada)

    answer = post(cast.ada, "reference_call", reference.public_id, **CALL | {"dates": mark})

    assert answer.status_code == 422
    assert Reference.objects.get().called_on is None


def test_two_references_by_one_organisation_are_refused(cast: Cast) -> None:
    bid = the_bid(cast)
    a_reference(bid, cast.ada, "Alder Bank")

    answer = post(
        cast.ada, "reference_new", bid.public_id, **REFEREE | {"organisation": "ALDER BANK."}
    )

    assert answer.status_code == 422
    assert "two of its people are one voice" in text_of(answer)


def test_a_reference_of_another_client_s_selection_does_not_exist(cast: Cast) -> None:
    other = a_viewer(Role.SOURCING_LEAD, "Southwind Water")
    theirs = a_reference(a_bid(a_selection(other), other), other)

    for name in ("reference_edit", "reference_call"):
        assert page(cast.ada, name, theirs.public_id).status_code == 404
    assert post(cast.ada, "reference_remove", theirs.public_id).status_code == 404
    assert Reference.objects.exists()


def test_a_call_that_was_held_cannot_be_removed(cast: Cast) -> None:
    reference = called(a_reference(the_bid(cast), cast.ada), cast.ada)

    post(cast.ada, "reference_remove", reference.public_id)
    shown = text_of(page(cast.ada, "bid_evidence", reference.bid.public_id))

    assert Reference.objects.exists()
    assert reverse("reference_remove", args=[reference.public_id]) not in shown


def test_whoever_scores_records_a_call_and_plans_none(cast: Cast) -> None:
    eva, auditor = a_viewer(Role.EVALUATOR), a_viewer(Role.AUDITOR)
    reference = a_reference(the_bid(cast), cast.ada)

    refused = post(eva, "reference_new", reference.bid.public_id, **REFEREE)
    unheard = post(auditor, "reference_call", reference.public_id, **CALL)
    recorded = post(eva, "reference_call", reference.public_id, **CALL)

    assert (refused.status_code, unheard.status_code, recorded.status_code) == (403, 403, 302)
    assert Reference.objects.get().interviewer == eva.person
    own = reverse("reference_call", args=[reference.public_id])
    assert own in text_of(page(eva, "bid_evidence", reference.bid.public_id))
    assert own not in text_of(page(cast.ada, "bid_evidence", reference.bid.public_id))


def test_cases_people_and_skills_are_recorded(cast: Cast) -> None:
    bid = the_bid(cast)
    selection = bid.selection.public_id

    post(cast.ada, "bid_case_new", bid.public_id, **CASE)
    post(cast.ada, "bid_skill_new", selection, skill="German", level="5", people="1")
    post(cast.ada, "bid_member_new", bid.public_id, name="Lena Brandt", level_0="6")
    shown = text_of(page(cast.ada, "bid_evidence", bid.public_id))

    assert BidMember.objects.get().levels == {"German": 6}
    assert "Lena Brandt" in shown
    assert "German, level 5" in shown
    assert "Not covered" not in shown
    case, member, skill = PastCase.objects.get(), BidMember.objects.get(), NeededSkill.objects.get()
    for name, row in (("case", case), ("member", member), ("skill", skill)):
        assert post(cast.ada, f"bid_{name}_remove", row.public_id).status_code == 302
    assert not PastCase.objects.exists()
    assert not NeededSkill.objects.exists()


def test_a_case_that_ends_before_it_begins_is_refused_beside_its_field(cast: Cast) -> None:
    answer = post(
        cast.ada, "bid_case_new", the_bid(cast).public_id, **CASE | {"until_on": "2020-01-01"}
    )

    assert answer.status_code == 422
    assert 'id="id_until_on_error"' in text_of(answer)


def test_what_has_expired_or_is_malformed_is_said(cast: Cast) -> None:
    bid = the_bid(cast)
    standing = Standing(lei="5493001KJTIIGC8Y1R13", lei_valid_until=date(2020, 1, 1))
    state_standing(bid=bid, standing=standing, by=cast.ada, as_of=TODAY)
    until = date(2020, 1, 1)
    record_certificate(bid=bid, name="ISO 27001", valid_until=until, by=cast.ada, as_of=TODAY)

    shown = text_of(page(cast.ada, "bid_evidence", bid.public_id))

    assert all(word in shown for word in ("Malformed identifier", "Lapsed", "Run out"))


def test_the_share_of_revenue_is_kept_as_it_was_said(cast: Cast) -> None:
    bid = the_bid(cast)

    answer = post(cast.ada, "bid_standing", bid.public_id, share_percent="31", z_score="1.9")
    again = text_of(page(cast.ada, "bid_standing", bid.public_id))

    assert answer.status_code == 302
    assert 'value="31"' in again
    assert "31%" in text_of(page(cast.ada, "bid_evidence", bid.public_id))


def test_a_pilot_shows_what_was_seen(cast: Cast) -> None:
    bid = the_bid(cast)
    told = {"held_on": "2026-07-01", "task": "Backlog", "bad-news": "2"}

    lacking = post(cast.ada, "bid_pilot", bid.public_id, **told)
    given = post(cast.ada, "bid_pilot", bid.public_id, **told, **{"bad-news_seen": "Told us late."})
    shown = text_of(page(cast.ada, "bid_evidence", bid.public_id))

    assert (lacking.status_code, given.status_code) == (422, 302)
    assert Pilot.objects.get().seen == {"bad-news": {"mark": 2, "seen": "Told us late."}}
    assert "Told us late." in shown


def test_both_teams_hours_are_compared(cast: Cast) -> None:
    bid = the_bid(cast)

    post(cast.ada, "norms_team", bid.selection.public_id, **TEAM)
    post(cast.ada, "bid_team", bid.public_id, **TEAM | {"zone": "Asia/Kolkata", "holidays": ""})
    shown = text_of(page(cast.ada, "bid_evidence", bid.public_id))

    assert DeliveryTeam.objects.count() == 2
    assert "4.5 hours a day (3.5 to 4.5 over the year)" in shown


@pytest.mark.parametrize(
    "wrong",
    [{"zone": "Mars/Base"}, {"begins": "25:00"}, {"ends": "09:00"}, {"holidays": "yesterday"},
     {"holidays": "0001-01-01"}, {"level": "D1"}],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused(wrong: dict[str, str], cast: Cast) -> None:
    answer = post(cast.ada, "bid_team", the_bid(cast).public_id, **TEAM | wrong)

    assert answer.status_code == 422
    assert not DeliveryTeam.objects.exists()


def test_huge_texts_are_refused_and_nothing_is_kept(cast: Cast) -> None:
    bid, huge = the_bid(cast), "x" * 30_000

    answers = [
        post(cast.ada, "reference_new", bid.public_id, **REFEREE | {"organisation": huge}),
        post(cast.ada, "bid_case_new", bid.public_id, **CASE | {"scope": huge}),
        post(cast.ada, "bid_member_new", bid.public_id, name=huge),
        post(cast.ada, "bid_certificate", bid.public_id, name=huge),
        post(cast.ada, "bid_standing", bid.public_id, standing=huge),
        post(cast.ada, "bid_pilot", bid.public_id, held_on="2026-07-01", task=huge),
        post(cast.ada, "norms_measure", bid.public_id, item="bad-news", text=huge),
    ]

    assert {each.status_code for each in answers} == {422}


def test_html_in_every_field_is_text(cast: Cast) -> None:
    bid = the_bid(cast)
    selection = bid.selection.public_id
    day = "2026-07-01"
    post(
        cast.ada, "reference_new", bid.public_id, **REFEREE | {"organisation": TAG, "contact": TAG}
    )
    reference = Reference.objects.get()
    post(cast.ada, "reference_call", reference.public_id, **CALL, said=TAG)
    post(cast.ada, "reference_new", bid.public_id, **REFEREE | {"organisation": f"{TAG} 2"})
    texts = dict.fromkeys(("customer", "domain", "scope", "evidence", "staff"), TAG)
    post(cast.ada, "bid_case_new", bid.public_id, **CASE | texts)
    post(cast.ada, "bid_skill_new", selection, skill=TAG, level="5", people="1")
    post(cast.ada, "bid_member_new", bid.public_id, name=TAG, role=TAG, level_0="6")
    post(cast.ada, "bid_standing", bid.public_id, lei="<b>", standing=TAG)
    post(cast.ada, "bid_certificate", bid.public_id, name=TAG)
    seen = {"bad-news": "2", "bad-news_seen": TAG}
    post(cast.ada, "bid_pilot", bid.public_id, held_on=day, task=TAG, words=TAG, **seen)
    post(cast.ada, "bid_team", bid.public_id, **TEAM | {"language": TAG})
    post(cast.ada, "norms_measure", bid.public_id, item="bad-news", text=TAG)

    pages = [
        page(cast.ada, "bid_evidence", bid.public_id),
        page(cast.ada, "bid_skills", selection),
        page(cast.ada, "norms", selection),
        page(cast.ada, "reference_call", reference.public_id),
        page(cast.ada, "bid_member_new", bid.public_id),
    ]

    assert [each.status_code for each in pages] == [200] * 5
    assert not any(TAG in text_of(each) for each in pages)
    assert text_of(pages[0]).count("&lt;script&gt;") > 12


def test_a_provider_never_sees_that_there_is_a_competition(cast: Cast) -> None:
    bid = the_bid(cast)
    reference = a_reference(bid, cast.ada)

    answers = [
        page(cast.cleo, "bid_evidence", bid.public_id),
        page(cast.cleo, "reference_call", reference.public_id),
        page(cast.cleo, "norms", bid.selection.public_id),
        post(cast.cleo, "reference_call", reference.public_id, **CALL),
    ]

    assert [each.status_code for each in answers] == [404] * 4


def test_the_tables_are_files_too(cast: Cast) -> None:
    bid = the_bid(cast)
    told = CaseTold("Alder Bank", "Service desk", date(2021, 1, 1))
    record_case(bid=bid, case=told, by=cast.ada, as_of=TODAY)

    answer = page(cast.ada, "bid_evidence", bid.public_id, **{"cases-format": "csv"})

    assert "Alder Bank" in text_of(answer)
    assert answer.headers["Content-Type"].startswith("text/csv")


# --- working norms


def a_round(cast: Cast) -> NormsSurvey:
    """Return a round that is open now; pages read the clock."""
    now = datetime.now(UTC)
    return open_norms(selection=a_selection(cast.ada), days=14, by=cast.ada, as_of=now)


def a_token(survey: NormsSurvey, bid: Bid | None, cast: Cast) -> str:
    """Return the token of a link."""
    now = datetime.now(UTC)
    return link_norms(survey=survey, bid=bid, label="Night shift", by=cast.ada, as_of=now).token


def asked(token: str, **marks: Any) -> Any:
    """Return the answer to somebody who holds a link and has no account."""
    path = reverse("norms_answer", args=[token])
    return Client().post(path, marks) if marks else Client().get(path)


def test_a_link_is_shown_once_and_answered_once(cast: Cast) -> None:
    selection = a_selection(cast.ada)
    bid = a_bid(selection, cast.ada)
    post(cast.ada, "norms_open", selection.public_id, days="14")
    survey = NormsSurvey.objects.get()

    made = text_of(
        post(cast.ada, "norms_link", survey.public_id, team=bid.public_id, label="Night shift")
    )
    token = made.split("/how-we-work/")[1].split("/")[0]

    assert "/how-we-work/" not in text_of(page(cast.ada, "norms", selection.public_id))
    statuses = [
        asked(token).status_code,
        asked(token, **MARKS | {"dates": "1"}).status_code,
        asked(token, **MARKS).status_code,
        asked(token).status_code,
    ]
    assert statuses == [200, 302, 410, 410]
    assert NormsAnswer.objects.get().bid == bid


def test_an_answer_that_is_not_whole_is_refused(cast: Cast) -> None:
    token = a_token(a_round(cast), None, cast)

    for wrong in ({"quality": ""}, {"quality": "8"}, {"quality": "0"}, {"quality": TAG}):
        assert asked(token, **MARKS | wrong).status_code == 422
    assert not NormsAnswer.objects.exists()


@pytest.mark.parametrize("closed_by", ["using", "revoking", "closing"])
def test_a_closed_link_takes_no_answer(closed_by: str, cast: Cast) -> None:
    survey = a_round(cast)
    token = a_token(survey, None, cast)
    if closed_by == "using":
        asked(token, **MARKS)
    if closed_by == "revoking":
        post(cast.ada, "norms_link_revoke", NormsLink.objects.get().public_id)
    if closed_by == "closing":
        post(cast.ada, "norms_close", survey.public_id)
    before = NormsAnswer.objects.count()

    answer = asked(token, **MARKS)

    assert answer.status_code == 410
    assert NormsAnswer.objects.count() == before


def test_the_public_page_is_the_same_for_every_team(cast: Cast) -> None:
    survey = a_round(cast)
    engagement = survey.selection.engagement
    bids = [a_bid_of(survey, cast, name) for name in ("Orion Services", "Far Desk")]
    pages = []
    for bid in (None, *bids):
        token = a_token(survey, bid, cast)
        pages.append(text_of(asked(token)).replace(token, "TOKEN"))

    assert len({_masked(each) for each in pages}) == 1
    told = pages[0]
    words = ("Orion", "Far Desk", engagement.name, "bid", "selection", "criteri", "Night shift")
    assert [word for word in words if word in told.casefold() or word in told] == []
    assert survey.client.name in told


def a_bid_of(survey: NormsSurvey, cast: Cast, name: str) -> Bid:
    """Return a bid of the round's selection."""
    return a_bid(survey.selection, cast.ada, name)


def _masked(text: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+', "CSRF", text)


def test_an_unknown_link_is_not_found_and_a_known_one_kept_out_of_caches(cast: Cast) -> None:
    answer = asked(a_token(a_round(cast), None, cast))

    assert asked("guess").status_code == 404
    headers = {name: answer.headers[name] for name in ("Cache-Control", "X-Robots-Tag")}
    assert headers == {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def test_teams_are_told_once_the_round_is_over_and_of_three_answers(cast: Cast) -> None:
    survey = a_round(cast)
    bid, few = a_bid_of(survey, cast, "Orion"), a_bid_of(survey, cast, "Far Desk")
    answered(survey, None, cast.ada, 2, 2, 3)
    answered(survey, bid, cast.ada, 5, 6, 6)
    answered(survey, few, cast.ada, 7, 7)

    before = text_of(page(cast.ada, "bid_evidence", bid.public_id))
    close_norms(survey=survey, by=cast.ada, as_of=datetime.now(UTC))
    after = text_of(page(cast.ada, "bid_evidence", bid.public_id))
    untold = text_of(page(cast.ada, "bid_evidence", few.public_id))

    assert "The teams were not asked yet." in before
    assert "More than 10 of 100 apart on 10 of 10 points" in after
    assert "Too few answers to tell: 3 of ours, 2 of theirs" in untold
    assert "Spread within each" not in untold


def test_what_was_agreed_stands_beside_the_gap(cast: Cast) -> None:
    survey = a_round(cast)
    bid = a_bid_of(survey, cast, "Orion")
    answered(survey, None, cast.ada, 2, 2, 3)
    answered(survey, bid, cast.ada, 5, 6, 6)
    close_norms(survey=survey, by=cast.ada, as_of=datetime.now(UTC))

    post(cast.ada, "norms_measure", bid.public_id, item="bad-news", text="Into the log, at once.")

    assert "Into the log, at once." in text_of(page(cast.ada, "bid_evidence", bid.public_id))


def test_a_round_for_days_that_nobody_bears_is_refused(cast: Cast) -> None:
    selection = a_selection(cast.ada)

    assert post(cast.ada, "norms_open", selection.public_id, days="90").status_code == 422
    assert not NormsSurvey.objects.exists()
