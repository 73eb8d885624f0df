"""The ranking's page, the award by four eyes, its record, and debriefs that tell of no other."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tallystick.actions.award_selection import debrief_bid, propose_award
from tallystick.actions.close_scoring import moderate_score
from tallystick.actions.score_bid import ScoreGiven
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.records.awards import Award, Debrief, Ranking
from tallystick.records.bids import Bid
from tallystick.records.roles import Role
from tallystick.records.selections import Criterion, Phase
from tests.actions.selecting import (
    CLOSED,
    a_ranked_selection,
    a_scored_selection,
    an_awarded_selection,
    an_evaluator,
    an_opened_selection,
    scored,
)
from tests.cast import Cast, a_viewer
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db


def test_before_the_scoring_is_closed_the_page_tells_no_figure(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    scored(
        an_evaluator(selection, cast.ada, cast.ben), bids[0], {criteria["team"]: "4.5"}, cast.ben
    )

    for who in (cast.ada, cast.ben, cast.eva):
        text = text_of(page(who, "ranking", selection.public_id))
        assert "Nothing to rank yet" in text
        assert "Order" not in text


def test_the_debrief_page_tells_no_score_before_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    scored(
        an_evaluator(selection, cast.ada, cast.ben), bids[0], {criteria["team"]: "4.5"}, cast.ben
    )

    assert "4.5 of 5" not in text_of(page(cast.ada, "bid_debrief", bids[0].public_id))


def test_bids_are_ranked_from_the_page(cast: Cast) -> None:
    selection, _, _ = a_scored_selection(cast)

    answer = post(cast.ada, "bids_rank", selection.public_id)

    assert answer.headers["Location"] == reverse("ranking", args=[selection.public_id])
    assert Ranking.objects.filter(selection=selection).count() == 1


def test_what_cannot_be_ranked_is_said_on_the_next_page(cast: Cast) -> None:
    selection, _, bids = a_scored_selection(cast)
    Bid.objects.filter(pk=bids[0].pk).update(knock_outs={})

    post(cast.ada, "bids_rank", selection.public_id)

    assert not Ranking.objects.exists()


def test_the_page_says_how_firm_the_winner_is(cast: Cast) -> None:
    selection, _, _ = a_ranked_selection(cast)

    text = text_of(page(cast.ann, "ranking", selection.public_id))

    assert "Kestrel Systems stays first in" in text
    assert "of plausible weightings" in text
    assert "Baltic Desk first" in text


def test_an_order_of_older_figures_says_so(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    moderate_score(
        bid=bids[0],
        criterion=Criterion.objects.get(selection=selection, name="Team"),
        agreed=ScoreGiven(Decimal("0.5"), "Left."),
        by=cast.ada,
        as_of=CLOSED,
    )

    text = text_of(page(cast.ada, "ranking", selection.public_id))

    assert "older figures" in text
    assert "Propose the award" not in text


def test_an_award_is_proposed_and_decided_by_other_eyes(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    board = a_viewer(Role.EXECUTIVE)

    post(
        cast.ada,
        "award_propose",
        selection.public_id,
        bid=bids[1].public_id,
        rationale="Worth most.",
    )
    award = Award.objects.get()
    own = text_of(page(cast.ada, "award_decide", award.public_id))
    post(board, "award_decide", award.public_id, approved="yes", reason="")

    selection.refresh_from_db()
    assert "Somebody else decides" in own
    assert selection.phase is Phase.AWARDED


def test_whoever_decides_reads_that_the_proposal_is_not_the_first(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    award = propose_award(
        selection=selection, bid=bids[0], rationale="Its people stay.", by=cast.ada, as_of=CLOSED
    )
    board = a_viewer(Role.EXECUTIVE)

    said = f"{bids[0].name} is number"
    assert said in text_of(page(board, "award_decide", award.public_id))
    assert said in text_of(page(cast.ada, "ranking", selection.public_id))
    assert said in words_of(page(board, "award_record", award.public_id))


def test_a_refusal_without_a_reason_stands_beside_its_field(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )

    answer = post(a_viewer(Role.EXECUTIVE), "award_decide", award.public_id, approved="no")

    assert answer.status_code == 422
    award.refresh_from_db()
    assert award.approved is None


def test_a_proposal_of_older_figures_is_only_sent_back(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )
    withdraw_bid(bid=bids[1], reason="Gone.", by=cast.ada, as_of=CLOSED)
    board = a_viewer(Role.EXECUTIVE)

    shown = text_of(page(board, "award_decide", award.public_id))
    answer = post(board, "award_decide", award.public_id, approved="yes", reason="")

    award.refresh_from_db()
    assert "This order is of older figures" in shown
    assert answer.status_code == 422
    assert "Send it back" in text_of(answer)
    assert award.approved is None


def test_a_bid_of_another_competition_is_no_choice(cast: Cast) -> None:
    selection, _, _ = a_ranked_selection(cast)
    _, others, _ = a_ranked_selection(cast, name="Another")

    answer = post(
        cast.ada,
        "award_propose",
        selection.public_id,
        bid=others[0].public_id,
        rationale="Worth most.",
    )

    assert answer.status_code == 422
    assert not Award.objects.exists()


def words_of(answer: Any) -> str:
    """Return the words of a PDF, its metadata too."""
    found = PdfReader(BytesIO(answer.content))
    pages = [each.extract_text() for each in found.pages]
    return " ".join(" ".join([*pages, str(found.metadata)]).split())


def test_the_record_holds_what_decided(cast: Cast) -> None:
    selection, _, board = an_awarded_selection(cast)

    answer = page(cast.ann, "award_record", Award.objects.get(selection=selection).public_id)

    words = words_of(answer)
    for each in (
        "Awarded", "Kestrel Systems", "Worth most.", board.person.name, "stays first in",
        cast.ben.person.name, "Kendall", "page 1 of", "figures sha256:", "Draws",
    ):  # fmt: skip
        assert each in words
    assert b"pdfuaid" in answer.content


def test_a_debrief_tells_of_no_other_bid(cast: Cast) -> None:
    _, bids, _ = an_awarded_selection(cast)
    post(cast.ada, "bid_debrief", bids[0].public_id, text="Your plan was thin.")

    told = words_of(page(cast.ada, "debrief_paper", bids[0].public_id))

    assert Debrief.objects.get().bid == bids[0]
    for own in ("Baltic Desk", "Your plan was thin.", "3.8 of 5", "3.0 of 5", "Says how."):
        assert own in told
    for hidden in (
        "Kestrel", "Alder", "760", "990", "Worth most", "rank", "place", "weigh", "66.67",
        cast.ben.person.name, cast.eva.person.name, "evaluator",
    ):  # fmt: skip
        assert hidden not in told


def test_the_winner_is_not_debriefed(cast: Cast) -> None:
    _, bids, _ = an_awarded_selection(cast)

    answer = post(cast.ada, "bid_debrief", bids[1].public_id, text="You won.")

    assert answer.status_code == 422
    assert page(cast.ada, "debrief_paper", bids[1].public_id).status_code == 404


def test_a_provider_knows_none_of_these_pages(cast: Cast) -> None:
    selection, bids, _ = an_awarded_selection(cast)
    debrief_bid(bid=bids[0], text="Thin.", by=cast.ada, as_of=CLOSED)

    # Dan's company won, Cleo's lost: neither knows that there was anything to win.
    award = Award.objects.get()
    addresses = (
        ("ranking", selection.public_id),
        ("award_record", award.public_id),
        ("debrief_paper", bids[0].public_id),
    )
    answers = [page(who, *each) for who in (cast.dan, cast.cleo) for each in addresses]

    assert {each.status_code for each in answers} == {404}
