"""What a competition refuses by the interface: a code, a place, a remedy, and nothing is kept."""

from typing import Any

import pytest

from tallystick.records.bids import Bid
from tallystick.records.roles import Role
from tallystick.records.selections import Criterion
from tests.api.test_selections import Competition, done, program, refused, score
from tests.cast import Cast, a_viewer

pytestmark = pytest.mark.django_db

MEASURED: dict[str, Any] = {"kind": "measured", "anchors": {}, "worst": 1, "target": 9}


@pytest.mark.parametrize("figure", [1e30, "1e400", "0.00001", "1e999999"])
def test_a_figure_that_no_database_keeps_is_refused(figure: Any, cast: Cast) -> None:
    held = Competition(cast)
    seats = done(held.states("Seats", **MEASURED), 201)

    anchor = held.states("More", **MEASURED | {"worst": figure})
    offered = held.records(values={seats["id"]: figure})

    assert (refused(anchor), refused(offered)) == ("criterion.anchor-refused", "bid.figure-refused")
    assert (Criterion.objects.count(), Bid.objects.count()) == (1, 0)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_no_calendar_keeps_is_refused(moment: str, cast: Cast) -> None:
    held = Competition(cast)
    path = f"/engagements/{held.values['engagement']}/selections/plan"

    bid = held.records(received_at=moment)
    terms = held.ada.posts(path, currency="EUR", bids_until=moment, amends=True)

    assert [refused(each) for each in (bid, terms)] == ["selection.moment-refused"] * 2
    assert not Bid.objects.exists()


@pytest.mark.parametrize("ratio", [1e-300, 0.1, 9.1, 1000])
def test_a_comparison_off_the_scale_is_refused(ratio: float, cast: Cast) -> None:
    held = Competition(cast)
    one, two = (done(held.states(name), 201)["id"] for name in ("Team", "Plan"))

    answer = held.ada.posts(
        f"{held.path}/weigh", judged=[{"first": one, "second": two, "ratio": ratio}]
    )

    assert refused(answer) == "comparisons.refused"
    assert set(Criterion.objects.values_list("weight", flat=True)) == {50}


def test_a_bid_that_lacks_a_figure_keeps_all_shut(cast: Cast) -> None:
    held = Competition(cast)
    done(held.records(), 201)
    done(held.states("Seats", weight=100, **MEASURED), 201)

    assert refused(held.opens()) == "selection.figures-missing"


def test_a_contact_is_known_by_the_words_of_the_name(cast: Cast) -> None:
    held = Competition(cast)
    team = done(held.states("Team", weight=100), 201)
    bid = done(held.records(contacts=[f"{cast.ben.person.name}, procurement"]), 201)
    done(held.opens())

    answer = score(cast.ben, held.names(cast.ben), bid, team, 4)

    assert refused(answer) == "score.evaluator-is-contact"


def test_a_proposal_whose_bid_was_withdrawn_is_not_approved(cast: Cast) -> None:
    held = Competition(cast)
    team = done(held.states("Team", weight=100), 201)
    bids = [done(held.records(each), 201) for each in ("Baltic Desk", "Alder Works")]
    done(held.opens())
    path = held.names(cast.ben)
    for bid in bids:
        done(score(cast.ben, path, bid, team, 4), 201)
    done(program(cast.ben).posts(f"{path}/hand-in"))
    done(held.ada.posts(f"{held.path}/close"))
    done(held.ada.posts(f"{held.path}/rank"), 201)
    award = done(
        held.ada.posts(f"{held.path}/award/propose", bid=bids[0]["id"], rationale="Best."), 201
    )
    done(held.ada.posts(f"/bids/{bids[0]['id']}/withdraw", reason="Gone."))

    board = program(a_viewer(Role.EXECUTIVE))
    answer = board.posts(f"/awards/{award['id']}/decide", approved=True)

    assert refused(answer) == "award.ranking-stale"
