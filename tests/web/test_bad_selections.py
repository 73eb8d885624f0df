"""What a competition refuses on its pages: in words, beside the field, and nothing is kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tallystick.actions.close_scoring import close_scoring
from tallystick.actions.open_bids import open_bids
from tallystick.actions.rank_bids import rank_bids
from tallystick.actions.score_bid import hand_in_scores
from tallystick.records.bids import Bid
from tallystick.records.scores import Score
from tallystick.records.selections import Criterion, Selection
from tests.actions.selecting import (
    OPENED,
    WORDS,
    a_bid,
    a_selection,
    an_evaluator,
    an_opened_selection,
    scored,
    stated,
)
from tests.cast import TODAY, Cast
from tests.web.pages import page, post, signed_in, text_of

pytestmark = pytest.mark.django_db


def bid_fields(**changes: Any) -> dict[str, Any]:
    """Return the form of a bid as a browser sends it."""
    usual = {"supplier": "Baltic Desk", "price": "820000", "received_at": "2026-07-06T09:00"}
    return usual | changes


def test_a_bid_after_the_deadline_is_refused_beside_its_field(cast: Cast) -> None:
    selection = a_selection(cast)

    answer = post(
        cast.ada, "bid_new", selection.public_id, **bid_fields(received_at="2026-07-17T09:00")
    )

    assert answer.status_code == 422
    assert "The bid came after the deadline." in text_of(answer)
    assert not Bid.objects.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_no_calendar_keeps_is_refused_beside_its_field(
    moment: str, cast: Cast
) -> None:
    selection = a_selection(cast)

    bid = post(cast.ada, "bid_new", selection.public_id, **bid_fields(received_at=moment))
    terms = post(
        cast.ada, "selection_terms", selection.engagement.public_id, currency="EUR",
        bids_until=moment,
    )  # fmt: skip

    assert [each.status_code for each in (bid, terms)] == [422, 422]
    assert not Bid.objects.exists()


def test_a_criterion_without_anchors_opens_no_bid_and_the_next_page_says_so(cast: Cast) -> None:
    selection = a_selection(cast)
    stated(selection, cast.ada, "Team", anchors={"0": "Nothing."})
    a_bid(selection, cast.ada)
    Selection.objects.update(bids_until=TODAY)
    address = reverse("selection_open", args=[selection.public_id])

    answer = signed_in(cast.ada).post(address, follow=True)

    selection.refresh_from_db()
    assert "“Team” does not say what earns 3 and 5" in text_of(answer)
    assert selection.opened_at is None


def test_anchors_that_are_taken_away_later_are_refused_beside_their_field(cast: Cast) -> None:
    _, criteria, _ = an_opened_selection(cast)
    fields = {
        "name": "Team", "kind": "judged", "parent": criteria["group"].public_id,
        "weight": "66.67", "anchor_0": "Nothing.", "anchor_3": "", "anchor_5": "All.",
        "reason": "A slip.",
    }  # fmt: skip

    answer = post(cast.ada, "criterion_edit", criteria["team"].public_id, **fields)

    criteria["team"].refresh_from_db()
    assert answer.status_code == 422
    assert "does not say what earns 3" in text_of(answer)
    assert criteria["team"].anchors == WORDS


def test_a_bidders_contact_is_told_why_they_do_not_judge(cast: Cast) -> None:
    selection = a_selection(cast)
    team = stated(selection, cast.ada, "Team")
    bid = a_bid(selection, cast.ada, contacts=[f"{cast.ben.person.name}, sales"])
    an_evaluator(selection, cast.ada, cast.ben)
    open_bids(selection=selection, by=cast.ada, as_of=OPENED)
    key = team.public_id

    answer = post(
        cast.ben, "score_sheet", bid.public_id,
        **{f"score_{key}": "4", f"evidence_{key}": "Page 3."},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Baltic Desk names you as its contact." in text_of(answer)
    assert not Score.objects.exists()


def test_weights_that_do_not_sum_close_no_scoring_and_name_their_group(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    for bid in bids:
        scored(evaluator, bid, {criteria["team"]: "3", criteria["plan"]: "3"}, cast.ben)
    hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)
    Criterion.objects.filter(pk=criteria["plan"].pk).update(weight=Decimal(10))
    address = reverse("scoring_close", args=[selection.public_id])

    text = text_of(signed_in(cast.ada).post(address, follow=True))

    assert "The weights under “Delivery” add up to 76.67" in text
    assert criteria["group"].public_id not in text.split("Selection", 1)[0]


def test_an_award_with_one_bid_is_made_and_is_a_finding(cast: Cast) -> None:
    selection = a_selection(cast)
    team = stated(selection, cast.ada, "Team")
    bid = a_bid(selection, cast.ada)
    open_bids(selection=selection, by=cast.ada, as_of=OPENED)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    scored(evaluator, bid, {team: "4"}, cast.ben)
    hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)
    close_scoring(selection=selection, by=cast.ada, as_of=OPENED)
    rank_bids(selection=selection, by=cast.ada, as_of=OPENED)

    answer = post(
        cast.ada, "award_propose", selection.public_id, bid=bid.public_id, rationale="The only one."
    )

    assert answer.status_code == 302
    assert "SEL001" in text_of(page(cast.ada, "findings", selection.engagement.public_id))
