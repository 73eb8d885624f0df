"""What becomes of a proposal whose figures change before other eyes decide on it."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tallystick.actions.award_selection import RankingStale, decide_award, propose_award
from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.close_scoring import moderate_score
from tallystick.actions.rank_bids import rank_bids
from tallystick.actions.score_bid import ScoreGiven
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.records.awards import Award
from tallystick.records.bids import Bid
from tallystick.records.roles import Role
from tallystick.records.selections import Criterion, Phase, Selection
from tallystick.records.viewer import Viewer
from tests.actions.selecting import CLOSED, a_scored_selection
from tests.cast import Cast, a_viewer

pytestmark = pytest.mark.django_db

Change = Callable[[Bid, dict[str, Criterion], Viewer], object]


def withdrawn(bid: Bid, criteria: dict[str, Criterion], lead: Viewer) -> None:
    withdraw_bid(bid=bid, reason="Its supplier went elsewhere.", by=lead, as_of=CLOSED)


def out(bid: Bid, criteria: dict[str, Criterion], lead: Viewer) -> None:
    check_knock_outs(bid=bid, met={criteria["iso"]: False}, by=lead, as_of=CLOSED)


def moderated(bid: Bid, criteria: dict[str, Criterion], lead: Viewer) -> None:
    agreed = ScoreGiven(Decimal(0), "It says nothing of it.")
    moderate_score(bid=bid, criterion=criteria["team"], agreed=agreed, by=lead, as_of=CLOSED)


def proposed(cast: Cast, change: Change) -> tuple[Selection, Award]:
    """Propose an award, and let something change after."""
    selection, criteria, bids = a_scored_selection(cast)
    rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )
    change(bids[1], criteria, cast.ada)
    return selection, award


@pytest.mark.parametrize("change", [withdrawn, out, moderated])
def test_what_changed_after_the_proposal_is_not_approved(change: Change, cast: Cast) -> None:
    selection, award = proposed(cast, change)
    board = a_viewer(Role.EXECUTIVE)

    with pytest.raises(RankingStale) as refused:
        decide_award(award=award, approved=True, reason="", by=board, as_of=CLOSED)

    selection.refresh_from_db()
    award.refresh_from_db()
    assert "Send it back" in refused.value.remedy
    assert (selection.phase, award.approved) == (Phase.MODERATING, None)


def test_what_changed_after_the_proposal_is_sent_back(cast: Cast) -> None:
    _, award = proposed(cast, withdrawn)

    decided = decide_award(
        award=award, approved=False, reason="It is out.", by=a_viewer(Role.EXECUTIVE), as_of=CLOSED
    )

    assert decided.approved is False
